"""Questions that are a heading: what stands under it is the answer.

People write headings as the questions they answer, so a question that says the same as
a heading is answered by the passage that follows, whatever words that passage uses.
"""

from __future__ import annotations

from collections.abc import Set

from chatbot.answering.concepts import STOP_WORD_IMPORTANCE, STOP_WORD_WEIGHT
from chatbot.answering.quoting import ScoredQuote, quote_of
from chatbot.answering.ranking import Ranking
from chatbot.index.corpus_index import CorpusIndex

HEADING_SHARE = 0.8
"""Question and heading must each hold this share of the other."""


def quote_under_heading(ranking: Ranking, index: CorpusIndex) -> ScoredQuote | None:
    """The passage under the heading that says what the question says, or None.

    Of several such headings it is the one that shares most with the question, then the
    one ranked first; of the passages under it the first in the document.
    """
    shares = ranking.evidence.heading_credit @ ranking.question.importance
    if not (shares >= HEADING_SHARE).any():
        return None
    passages = ranking.evidence.passages
    innermost = ranking.evidence.sections
    searched = ranking.question.weights.keys()
    likeness: dict[int, float] = {}
    for place in ranking.order.tolist():
        heading = int(innermost[place])
        if heading not in likeness and shares[place] >= HEADING_SHARE:
            back = _share_in_question(heading, searched, index)
            likeness[heading] = min(float(shares[place]), back)
    heading = max(likeness, key=lambda heading: likeness[heading], default=-1)
    if heading < 0 or likeness[heading] < HEADING_SHARE:
        return None
    under = ranking.order[innermost[ranking.order] == heading]
    place = int(under[passages[under].argmin()])
    passage = index.store.passage(int(passages[place]))
    quote = quote_of(passage, passage.start, passage.end)
    return ScoredQuote(quote, likeness[heading], place)


def _share_in_question(heading: int, searched: Set[int], index: CorpusIndex) -> float:
    """The share of a heading's own terms that are searched for, weighed by rarity."""
    store = index.store
    terms = set(index.written_terms[store.heading_words(heading)].tolist())
    total = shared = 0.0
    for term in sorted(terms):
        weight = index.rarity_of(term)
        if term in index.stop_terms:
            weight *= STOP_WORD_WEIGHT * STOP_WORD_IMPORTANCE
        total += weight
        shared += weight if term in searched else 0.0
    return shared / total if total else 0.0
