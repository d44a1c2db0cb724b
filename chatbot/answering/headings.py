"""Questions that are a heading: what stands under it is the answer.

People write headings as the questions they answer, so a question that says the same as
a heading is answered by the passage that follows, whatever words that passage uses.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.question import STOP_WORD_WEIGHT
from chatbot.answering.quoting import ScoredQuote, quote_of
from chatbot.answering.ranking import Ranking, importance
from chatbot.index.corpus_index import CorpusIndex

HEADING_SHARE = 0.8
"""Question and heading must each hold this share of the other."""


def quote_under_heading(ranking: Ranking, index: CorpusIndex) -> ScoredQuote | None:
    """The passage under the heading that says what the question says, or None.

    Of several such headings it is the one that shares most with the question, then the
    one ranked first.
    """
    evidence = ranking.evidence
    innermost = index.store.passage_headings[evidence.passages]
    shares = evidence.heading_credit @ importance(ranking.question)
    searched = np.array(sorted(ranking.question.weights), dtype=np.int32)
    likeness: dict[int, tuple[float, int]] = {}
    for place in ranking.order.tolist():
        heading = int(innermost[place])
        if heading in likeness or shares[place] < HEADING_SHARE:
            continue
        back = _share_in_question(heading, searched, index)
        likeness[heading] = (min(float(shares[place]), back), place)
    if not likeness:
        return None
    heading = max(likeness, key=lambda heading: likeness[heading][0])
    alike, place = likeness[heading]
    if alike < HEADING_SHARE:
        return None
    passage = index.store.passage(index.store.passages_under(heading)[0])
    quote = quote_of(passage, passage.start, passage.end)
    return ScoredQuote(quote, alike, float(shares[place]), place)


def _share_in_question(
    heading: int, searched: NDArray[np.int32], index: CorpusIndex
) -> float:
    """The idf-weighted share of a heading's own terms that are searched for."""
    store = index.store
    start, end = store.heading_word_offsets[heading : heading + 2]
    terms = np.unique(index.word_terms[store.heading_words[start:end]])
    weights = index.idf[terms] * np.where(
        np.isin(terms, index.stop_terms), STOP_WORD_WEIGHT, 1.0
    )
    total = float(weights.sum())
    return float(weights[np.isin(terms, searched)].sum()) / total if total else 0.0
