"""Around what was shown: the passages left to show, and the text around a quote."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from chatbot.answering.quoting import Quote, quote_of
from chatbot.answering.ranking import Ranking
from chatbot.conversation.conversation import Place
from chatbot.documents.document import Passage, is_of_records
from chatbot.index.corpus_index import CorpusIndex

LONGEST_CONTEXT = 3000
"""Characters; where the passages around make it longer, the passage stands alone."""


def without_shown(
    ranking: Ranking, shown: Collection[Place], index: CorpusIndex
) -> Ranking:
    """A ranking without the passages that were shown."""
    left = [
        place
        for place in ranking.order.tolist()
        if _place(int(ranking.evidence.passages[place]), index) not in shown
    ]
    return replace(ranking, order=np.array(left, dtype=np.intp))


def quote_in_context(
    ranking: Ranking, place: Place, index: CorpusIndex
) -> Quote | None:
    """The passage at a place and those next to it, as one quote.

    None when the passage is not among the candidates: the documents have changed.
    """
    numbers = ranking.evidence.passages.tolist()
    number = next((n for n in numbers if _place(n, index) == place), None)
    if number is None:
        return None
    passage = _with_neighbours(number, index)
    return quote_of(passage, passage.start, passage.end)


def _with_neighbours(number: int, index: CorpusIndex) -> Passage:
    """A passage that reaches from the one before to the one after.

    A record of a JSON Lines file stands by itself.
    """
    store = index.store
    passage = store.passage(number)
    if is_of_records(passage.source):
        return passage
    own = store.passages_of(store.document_of(number))
    around = [near for near in (number - 1, number, number + 1) if near in own]
    first, last = store.passage(around[0]), store.passage(around[-1])
    if last.end - first.start > LONGEST_CONTEXT:
        return passage
    sentences = (span for near in around for span in store.passage(near).sentences)
    return replace(
        passage,
        text=store.text_of(around[0], around[-1]),
        start=first.start,
        end=last.end,
        line=first.line,
        sentences=tuple(sentences),
    )


def _place(number: int, index: CorpusIndex) -> Place:
    passage = index.store.passage(number)
    return Place(passage.source, passage.start)
