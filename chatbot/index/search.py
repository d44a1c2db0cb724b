"""Weighted terms to the best passages: a sparse dot product over the terms' columns.

`Columns.scores` is the whole product, `exhaustive_search` the readable reference for
`pruned_search`, which finds the same passages with the same scores, to the last bit,
without reading most of the columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class WeightedTerms:
    """The terms of a question in the order in which they are added up, T of them.

    `terms`: int32 (T,); `weights`: float64 (T,), above 0; `most`: float64 (T,), the
    most that each can add to a passage's score. The common terms come last; among the
    others, and among those, the order is that of `most`, largest first. `levels`:
    intp (common terms,), the rows of `Columns.levels` of the last.
    """

    terms: NDArray[np.int32]
    weights: NDArray[np.float64]
    most: NDArray[np.float64]
    levels: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Found:
    """Passages, best first, ties in corpus order; int32 (N,) and float64 (N,)."""

    passages: NDArray[np.int32]
    scores: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Columns:
    """The weight matrix of P passages by column, as `matrix.Matrix` describes it.

    `largest`: float32 (V,), the largest weight in each column. `levels`: uint8 (D, P),
    the weights of the D common terms in 255 levels, as `levels.pack_levels` rounds them
    up, and `rows` the row of each of these terms.
    """

    offsets: NDArray[np.int64]
    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    largest: NDArray[np.float32]
    levels: NDArray[np.uint8]
    rows: Mapping[int, int]
    size: int

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], size: int) -> Columns:
        """The columns among the arrays of a generation with `size` passages."""
        return cls(
            arrays["column_offsets"],
            arrays["column_passages"],
            arrays["column_weights"],
            arrays["column_largest"],
            arrays["common_levels"],
            {term: row for row, term in enumerate(arrays["common_terms"].tolist())},
            size,
        )

    def passages_with(self, term: int) -> NDArray[np.int32]:
        """The passages that hold a term, ascending, int32 (document frequency,)."""
        return self.passages[self.offsets[term] : self.offsets[term + 1]]

    def weighted(self, terms: Mapping[int, float]) -> WeightedTerms:
        """The terms that can add to a score, in the order that gives always its bits.

        `terms` gives the weight in the question of each term.
        """
        rows = self.rows
        most = {t: weight * self.largest.item(t) for t, weight in terms.items()}
        added = sorted((t in rows, -m, t) for t, m in most.items() if m > 0)
        numbers = [term for _, _, term in added]
        return WeightedTerms(
            np.array(numbers, dtype=np.int32),
            np.array([terms[term] for term in numbers], dtype=np.float64),
            np.array([most[term] for term in numbers], dtype=np.float64),
            np.array([rows[term] for term in numbers if term in rows], dtype=np.intp),
        )

    def scores(self, question: WeightedTerms) -> NDArray[np.float64]:
        """The score of every passage, float64 of shape (P,).

        A passage's score is the sum of each term's weight in the question times its
        weight in the passage.
        """
        scores = np.zeros(self.size, dtype=np.float64)
        for term, weight in zip(question.terms, question.weights, strict=True):
            column = slice(self.offsets[term], self.offsets[term + 1])
            scores[self.passages[column]] += weight * self.weights[column]
        return scores


def exhaustive_search(columns: Columns, question: WeightedTerms, limit: int) -> Found:
    """The `limit` passages with the largest scores above 0."""
    scores = columns.scores(question)
    passages = best(scores, limit)
    return Found(passages.astype(np.int32), scores[passages])


def best(scores: NDArray[np.float64], limit: int) -> NDArray[np.intp]:
    """The places of the `limit` largest positive scores, best first, ties in order."""
    found = np.flatnonzero(scores > 0)
    if len(found) > limit:
        least = np.partition(scores[found], -limit)[-limit]
        above = found[scores[found] > least]
        tied = found[scores[found] == least][: limit - len(above)]
        found = np.sort(np.concatenate([above, tied]))
    return found[np.argsort(-scores[found], kind="stable")]
