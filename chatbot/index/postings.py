"""All columns of an index: those of its last whole build, and those of what came since.

A passage that came since the columns were written stands in columns of their own, the
recent ones; one that went is passed over in those where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.corpus_order import CorpusOrder
from chatbot.index.search import WEIGHT_UNIT, Columns, Found, Search
from chatbot.index.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Postings:
    """The columns of V terms; the recent ones number their passages from 0.

    `recent_passages`: int32 (recent passages,), the numbers that these have in the
    index; `idf`: float64 (V,).
    """

    whole: Columns
    recent: Columns
    recent_passages: NDArray[np.int32]
    idf: NDArray[np.float64]
    order: CorpusOrder

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], order: CorpusOrder) -> Postings:
        """The columns among the arrays of a generation."""
        size = Statistics.of(arrays).whole_passages
        common = arrays["common_terms"].tolist()
        whole = Columns(
            arrays["column_numbers"],
            arrays["column_offsets"],
            arrays["column_passages"],
            arrays["column_weights"],
            arrays["column_largest"],
            arrays["common_levels"],
            {column: row for row, column in enumerate(common)},
            size,
            order.gone[: np.searchsorted(order.gone, size)],
        )
        recent_passages = arrays["recent_passages"]
        recent = Columns(
            arrays["recent_numbers"],
            arrays["recent_offsets"],
            arrays["recent_column_passages"],
            arrays["recent_weights"],
            arrays["recent_largest"],
            np.zeros((0, len(recent_passages)), dtype=np.uint8),
            {},
            len(recent_passages),
            np.zeros(0, dtype=np.int32),
        )
        return cls(whole, recent, recent_passages, arrays["term_idf"], order)

    def passages_with(self, term: int) -> NDArray[np.int32]:
        """The passages that hold a term, ascending."""
        found = self.whole.passages_with(term)
        if len(self.whole.gone):
            found = found[~np.isin(found, self.whole.gone, assume_unique=True)]
        if not len(self.recent_passages):
            return found
        recent = self.recent_passages[self.recent.passages_with(term)]
        return np.concatenate([found, np.sort(recent)])

    def search(
        self,
        terms: Mapping[int, float],
        limit: int,
        in_whole: Search,
        in_recent: Search,
    ) -> Found:
        """The passages that hold most of some terms, at most `limit`, the best first.

        `terms` gives the weight of each in the question; the searches are those of
        either columns.
        """
        weights = {
            term: round(weight * self.idf.item(term) / WEIGHT_UNIT) * WEIGHT_UNIT
            for term, weight in terms.items()
        }
        found = in_whole(self.whole.weighted(weights), limit)
        if not len(self.recent_passages):
            return found
        others = in_recent(self.recent.weighted(weights), limit)
        passages = np.concatenate(
            [found.passages, self.recent_passages[others.passages]]
        )
        scores = np.concatenate([found.scores, others.scores])
        best = np.lexsort((self.order.places(passages), -scores))[:limit]
        return Found(passages[best], scores[best])
