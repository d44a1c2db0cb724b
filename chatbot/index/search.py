"""Weighted terms to the best passages: a sparse dot product over the terms' columns.

`Columns.scores` is the whole product, `exhaustive_search` the readable reference for
`pruned_search`, which finds the same passages with the same scores, to the last bit,
without reading most of the columns.

What a term adds to a score is the product of two multiples of `WEIGHT_UNIT`, and so
are sums of such products exact: in whichever order they are added up, the bits are the
same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WEIGHT_UNIT = 2.0**-18
"""Products are multiples of 2 to the -36th, and sums exact up to 2 to the 17th."""

NONE = -1
"""In the place of a column's number: there is none."""


@dataclass(frozen=True, slots=True)
class WeightedTerms:
    """The terms of a question in the order in which they are added up, T of them.

    `columns`: int32 (T,), theirs; `weights`: float64 (T,), above 0; `most`: float64
    (T,), the most that each can add to a passage's score. The common terms come last;
    among the others, and among those, the order is that of `most`, largest first.
    `levels`: intp (common terms,), the rows of `Columns.levels` of the last.
    """

    columns: NDArray[np.int32]
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

    `numbers`: int32 (V,), the column of each term, -1 for none. `largest`: float32, the
    largest weight in each column. `levels`: uint8 (D, P), the weights of the D common
    columns in 255 levels, as `levels.pack_levels` rounds them up, and `rows` the row of
    each of these columns. `gone`: int32, passages that are never found.
    """

    numbers: NDArray[np.int32]
    offsets: NDArray[np.int64]
    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    largest: NDArray[np.float32]
    levels: NDArray[np.uint8]
    rows: Mapping[int, int]
    size: int
    gone: NDArray[np.int32]

    def passages_with(self, term: int) -> NDArray[np.int32]:
        """The passages that hold a term, ascending, gone ones among them."""
        column = self.numbers.item(term)
        if column == NONE:
            return self.passages[:0]
        return self.passages[self.offsets[column] : self.offsets[column + 1]]

    def weighted(self, terms: Mapping[int, float]) -> WeightedTerms:
        """The terms that can add to a score.

        `terms` gives the weight in the question of each term, a multiple of
        `WEIGHT_UNIT`.
        """
        rows, added = self.rows, []
        for term, weight in terms.items():
            column = self.numbers.item(term)
            most = weight * self.largest.item(column) if column != NONE else 0.0
            if most > 0:
                added.append((column in rows, -most, column, weight))
        added.sort()
        columns = [column for _, _, column, _ in added]
        return WeightedTerms(
            np.array(columns, dtype=np.int32),
            np.array([weight for _, _, _, weight in added], dtype=np.float64),
            np.array([-most for _, most, _, _ in added], dtype=np.float64),
            np.array([rows[c] for c in columns if c in rows], dtype=np.intp),
        )

    def scores(self, question: WeightedTerms) -> NDArray[np.float64]:
        """The score of every passage, float64 of shape (P,), 0 for those that are gone.

        A passage's score is the sum of each term's weight in the question times its
        weight in the passage.
        """
        scores = np.zeros(self.size, dtype=np.float64)
        for number, weight in zip(question.columns, question.weights, strict=True):
            column = slice(self.offsets[number], self.offsets[number + 1])
            scores[self.passages[column]] += weight * self.weights[column]
        scores[self.gone] = 0.0
        return scores


Search = Callable[[WeightedTerms, int], Found]
"""Finds so many passages in some columns."""


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
