"""Weighted terms to the best passages: a sparse dot product over the terms' columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Columns:
    """The weight matrix of P passages by column, as `matrix.Matrix` describes it."""

    offsets: NDArray[np.int64]
    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    size: int

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], size: int) -> Columns:
        """The columns among the arrays of a generation with `size` passages."""
        return cls(
            arrays["column_offsets"],
            arrays["column_passages"],
            arrays["column_weights"],
            size,
        )

    def passages_with(self, term: int) -> NDArray[np.int32]:
        """The passages that hold a term, ascending, int32 (document frequency,)."""
        return self.passages[self.offsets[term] : self.offsets[term + 1]]

    def weights_in(self, passage: int, terms: NDArray[np.int32]) -> NDArray[np.float64]:
        """The weight that each of the terms has in one passage, float64 (terms,)."""
        weights = np.zeros(len(terms))
        for place, term in enumerate(terms.tolist()):
            start, end = self.offsets[term : term + 2].tolist()
            found = start + int(np.searchsorted(self.passages[start:end], passage))
            if found < end and self.passages[found] == passage:
                weights[place] = self.weights[found]
        return weights

    def scores(self, terms: Mapping[int, float]) -> NDArray[np.float64]:
        """The score of every passage, float64 of shape (P,).

        A passage's score is the sum over `terms` of the term's weight in the question
        times its weight in the passage. Terms are added in ascending order, so that the
        same terms give the same bits.
        """
        scores = np.zeros(self.size, dtype=np.float64)
        for term in sorted(terms):
            column = slice(self.offsets[term], self.offsets[term + 1])
            scores[self.passages[column]] += terms[term] * self.weights[column]
        return scores


def best(scores: NDArray[np.float64], limit: int) -> NDArray[np.intp]:
    """The places of the `limit` largest positive scores, best first, ties in order."""
    found = np.flatnonzero(scores > 0)
    if len(found) > limit:
        least = np.partition(scores[found], -limit)[-limit]
        above = found[scores[found] > least]
        tied = found[scores[found] == least][: limit - len(above)]
        found = np.sort(np.concatenate([above, tied]))
    return found[np.argsort(-scores[found], kind="stable")]
