"""The best passages without most of the columns: MaxScore, compiled by numba.

The columns of rare terms are added up in the order of what they can add, until what is
left cannot bring a passage that has none of them among the best (Turtle and Flood,
“Query Evaluation: Strategies and Optimizations”, 1995). The candidates so found are
completed by looking them up in the remaining columns. Passages that hold common terms
alone are judged by the sum of their levels, and only those that may be among the best
are looked up.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.index.compiling import compiled
from chatbot.index.levels import LEVELS
from chatbot.index.search import Columns, Found, WeightedTerms

ROUNDING = 1 + 1e-9
"""What sums of what can be added are raised by, so that rounding prunes nothing."""

LARGEST_SUM = 2**16 - 1
"""What sums of levels stay within."""

RANGE_PASSAGES = 4096
STRIDE_PASSAGES = 64
LOOKUP_COST = 16
"""A column so many times as long as there are candidates is not read but looked up."""

FIRST_STEP = 16
"""Passages in a cache line of a column: it costs little to look that far."""


@dataclass(frozen=True, slots=True)
class _Scratch:
    """What a search works with, P passages.

    All of `sums` is 0 before and after, but for passages that are gone: what is added
    to their minus infinity is lost.

    `sums`: float64 (P,); `opened`: int32 (P,); `level_sums`: uint16 (RANGE_PASSAGES,).
    """

    sums: NDArray[np.float64]
    opened: NDArray[np.int32]
    level_sums: NDArray[np.uint16]


class PrunedSearch:
    """Searches the columns of one index; safe to share between threads.

    It keeps as much scratch memory as searches were ever under way at the same time.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._free: deque[_Scratch] = deque()

    def __call__(self, question: WeightedTerms, limit: int) -> Found:
        """The same as `exhaustive_search`."""
        columns = self._columns
        limit = min(limit, columns.size)
        passages = np.zeros(limit, dtype=np.int32)
        scores = np.zeros(limit, dtype=np.float64)
        if not limit or not len(question.columns):
            return Found(passages[:0], scores[:0])
        scratch = self._take()
        found = _search(
            columns.passages,
            columns.weights,
            columns.offsets[question.columns],
            columns.offsets[question.columns + 1],
            question.weights,
            question.most,
            columns.levels,
            question.levels,
            scratch.sums,
            scratch.opened,
            scratch.level_sums,
            np.zeros(limit, dtype=np.float64),
            passages,
            scores,
        )
        self._free.append(scratch)
        return Found(passages[:found], scores[:found])

    def _take(self) -> _Scratch:
        try:
            return self._free.pop()
        except IndexError:
            sums = np.zeros(self._columns.size, dtype=np.float64)
            sums[self._columns.gone] = -np.inf
            return _Scratch(
                sums,
                np.zeros(self._columns.size, dtype=np.int32),
                np.zeros(RANGE_PASSAGES, dtype=np.uint16),
            )


class _Terms(NamedTuple):
    """The T terms of a question, their columns being start:end of passages and weights.

    `rest` (T + 1,) is the most that each and those after it can add together. The first
    `rare` have no levels; those of the others are rows of `levels`.
    """

    passages: Any
    weights: Any
    starts: Any
    ends: Any
    factors: Any
    rest: Any
    rare: int
    levels: Any
    rows: Any


class _Best(NamedTuple):
    """The best passages so far, best first, with room for as many as are wanted."""

    passages: Any
    scores: Any
    heap: Any


@compiled
def _search(
    passages: Any,
    weights: Any,
    starts: Any,
    ends: Any,
    factors: Any,
    most: Any,
    levels: Any,
    rows: Any,
    sums: Any,
    opened: Any,
    level_sums: Any,
    heap: Any,
    best_passages: Any,
    best_scores: Any,
) -> int:
    """Fill `best_passages` and `best_scores`, both (limit,); returns how many."""
    rest = np.zeros(len(most) + 1)
    for term in range(len(most) - 1, -1, -1):
        rest[term] = (rest[term + 1] + most[term]) * ROUNDING
    rare = len(most) - len(rows)
    terms = _Terms(passages, weights, starts, ends, factors, rest, rare, levels, rows)
    best = _Best(best_passages, best_scores, heap)
    count, added, floor = _open_rare(terms, sums, opened, heap)
    candidates = count
    if added < rare:
        candidates = _candidates_first(opened[:count], sums, floor - rest[added])
    for term in range(added, rare):
        _add_to(opened[:candidates], sums, terms, term)
    # The score that a sum of levels stands for is at most that many units.
    unit = rest[rare] / (LARGEST_SUM - LEVELS * len(rows))
    level_factors = np.zeros(len(rows), dtype=np.uint16)
    level_worths = np.zeros(len(rows))
    for row in range(len(rows)):
        level_factors[row] = np.uint16(np.ceil(most[rare + row] / (unit * LEVELS)))
        level_worths[row] = most[rare + row] / LEVELS * ROUNDING
    found = 0
    for passage in opened[:candidates]:
        score = sums[passage]
        if score + rest[rare] < floor:
            continue
        bound = score
        for row in range(len(rows)):
            bound += level_worths[row] * levels[rows[row], passage]
        if bound >= floor:
            found, floor = _judge(passage, score, terms, best, found, floor)
    if len(rows) and (found < len(heap) or rest[rare] >= floor):
        found = _sweep_common(
            terms, sums, level_sums, level_factors, unit, best, found, floor
        )
    for passage in opened[:count]:
        sums[passage] = 0.0
    return found


@compiled
def _open_rare(terms: Any, sums: Any, opened: Any, heap: Any) -> tuple[int, int, float]:
    """Add rare terms up while passages without those before can be among the best.

    Returns how many passages were `opened`, how many terms were added, and a score that
    the last of the best passages has at least.
    """
    count, term, floor = 0, 0, 0.0
    while term < terms.rare:
        # No sum so far is more than those terms can add together.
        if count >= len(heap) and terms.rest[term] < terms.rest[0] - terms.rest[term]:
            floor = _limit_th(sums, opened[:count], heap, floor)
            if terms.rest[term] < floor:
                return count, term, floor
        factor = terms.factors[term]
        for place in range(terms.starts[term], terms.ends[term]):
            passage = terms.passages[place]
            score = sums[passage]
            if score == 0.0:
                opened[count] = passage
                count += 1
            sums[passage] = score + factor * terms.weights[place]
        term += 1
    return count, term, _limit_th(sums, opened[:count], heap, floor)


@compiled
def _limit_th(sums: Any, passages: Any, heap: Any, floor: float) -> float:
    """The limit-th largest of the sums of these passages, 0 if they are fewer.

    As many are at least `floor` if that is above 0.
    """
    size = 0
    for passage in passages:
        score = sums[passage]
        if score >= floor and (size < len(heap) or score > heap[0]):
            size = _keep_largest(score, heap, size)
    return float(heap[0]) if size == len(heap) else 0.0


@compiled
def _candidates_first(opened: Any, sums: Any, least: float) -> int:
    """Move the passages with at least that sum to the front; returns how many."""
    candidates = 0
    for place in range(len(opened)):
        passage = opened[place]
        if sums[passage] >= least:
            opened[place] = opened[candidates]
            opened[candidates] = passage
            candidates += 1
    return candidates


@compiled
def _add_to(candidates: Any, sums: Any, terms: Any, term: int) -> None:
    """Add one term to the sums of the candidates; those of others do not matter."""
    factor, start, end = terms.factors[term], terms.starts[term], terms.ends[term]
    if len(candidates) * LOOKUP_COST < end - start:
        for passage in candidates:
            place = _place_of(passage, terms.passages, start, end, len(sums))
            if place >= 0:
                sums[passage] += factor * terms.weights[place]
    else:
        for place in range(start, end):
            passage = terms.passages[place]
            if sums[passage] > 0.0:
                sums[passage] += factor * terms.weights[place]


@compiled
def _sweep_common(
    terms: Any,
    sums: Any,
    level_sums: Any,
    level_factors: Any,
    unit: float,
    best: Any,
    found: int,
    floor: float,
) -> int:
    """Judge the passages that hold common terms alone; returns how many are found."""
    for first in range(0, len(sums), RANGE_PASSAGES):
        opened = sums[first : first + RANGE_PASSAGES]
        range_sums = level_sums[: len(opened)]
        range_sums[:] = 0
        for row in range(len(terms.rows)):
            levels = terms.levels[terms.rows[row], first : first + len(opened)]
            _add_levels(levels, level_factors[row], range_sums)
        if found < len(best.heap):
            error = terms.rest[terms.rare] / LEVELS + LEVELS * len(level_factors) * unit
            certain = _limit_th_of(range_sums, opened, best.heap) * unit / ROUNDING
            floor = max(floor, certain - error)
        for start in range(0, len(opened), STRIDE_PASSAGES):
            stride = range_sums[start : start + STRIDE_PASSAGES]
            if _largest(stride) * unit * ROUNDING < floor:
                continue
            for place in range(start, start + len(stride)):
                level_sum = range_sums[place]
                if (
                    level_sum > 0
                    and level_sum * unit * ROUNDING >= floor
                    and opened[place] == 0.0
                ):
                    found, floor = _judge(first + place, 0.0, terms, best, found, floor)
    return found


@compiled
def _judge(
    passage: int, score: float, terms: Any, best: Any, found: int, floor: float
) -> tuple[int, float]:
    """Complete a passage's score by its common terms; keep it if it is among the best.

    Returns how many are found, and a score that the last of the best has at least.
    """
    for term in range(terms.rare, len(terms.factors)):
        if score + terms.rest[term] < floor:
            return found, floor
        # A level is 0 where the column has no such passage.
        if terms.levels[terms.rows[term - terms.rare], passage] > 0:
            place = _place_of(
                passage,
                terms.passages,
                terms.starts[term],
                terms.ends[term],
                terms.levels.shape[1],
            )
            score += terms.factors[term] * terms.weights[place]
    if score < floor:
        return found, floor
    scores, limit = best.scores, len(best.scores)
    place = found
    while place > 0 and (
        scores[place - 1] < score
        or (scores[place - 1] == score and best.passages[place - 1] > passage)
    ):
        place -= 1
        if place + 1 < limit:
            scores[place + 1] = scores[place]
            best.passages[place + 1] = best.passages[place]
    if place < limit:
        scores[place], best.passages[place] = score, passage
        found = min(found + 1, limit)
    if found == limit:
        floor = max(floor, scores[limit - 1])
    return found, floor


@compiled
def _place_of(passage: int, passages: Any, start: int, end: int, size: int) -> int:
    """Where a passage, one of `size`, stands in the column start:end, or -1.

    It is looked for where it would stand if the column were spread evenly, in steps
    that double, and by halves between the last two.
    """
    last, step = end - 1, FIRST_STEP
    high = low = start + int(passage * ((end - start) / size))
    while passages[low] > passage and low > start:
        high = low
        low = max(start, low - step)
        step *= 2
    while passages[high] < passage and high < last:
        low = high
        high = min(last, high + step)
        step *= 2
    while low < high:
        middle = (low + high) >> 1
        if passages[middle] < passage:
            low = middle + 1
        else:
            high = middle
    return low if passages[low] == passage else -1


@compiled
def _keep_largest(value: float, heap: Any, size: int) -> int:
    """Put a value into the heap of the largest, the least of them at its root.

    `size` are in it so far; returns how many are in it now.
    """
    if size < len(heap):
        place = size
        while place > 0 and heap[(place - 1) >> 1] > value:
            heap[place] = heap[(place - 1) >> 1]
            place = (place - 1) >> 1
        heap[place] = value
        return size + 1
    if value > heap[0]:
        place = 0
        while 2 * place + 1 < size:
            child = 2 * place + 1
            if child + 1 < size and heap[child + 1] < heap[child]:
                child += 1
            if heap[child] >= value:
                break
            heap[place] = heap[child]
            place = child
        heap[place] = value
    return size


@compiled
def _limit_th_of(level_sums: Any, opened: Any, heap: Any) -> float:
    """The limit-th largest sum of passages that are not opened, 0 if they are fewer."""
    size = 0
    for place in range(len(level_sums)):
        if opened[place] == 0.0:
            size = _keep_largest(float(level_sums[place]), heap, size)
    return float(heap[0]) if size == len(heap) else 0.0


@compiled
def _add_levels(levels: Any, factor: Any, level_sums: Any) -> None:
    for place in range(len(level_sums)):
        level_sums[place] = np.uint16(level_sums[place] + factor * levels[place])


@compiled
def _largest(level_sums: Any) -> int:
    largest = np.uint16(0)
    for place in range(len(level_sums)):
        largest = max(largest, level_sums[place])
    return int(largest)
