"""Many ranges of an array at once, runs of equal values in one, and of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray


def spread(
    starts: NDArray[Any], ends: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The numbers of all ranges start:end on end, and where each range begins.

    For R ranges: int64 (sum of the lengths,) and intp (R + 1,).
    """
    lengths = ends - starts
    firsts = np.zeros(len(lengths) + 1, dtype=np.intp)
    lengths.cumsum(out=firsts[1:])
    numbers = np.arange(firsts.item(-1)) + (starts - firsts[:-1]).repeat(lengths)
    return numbers, firsts


def run_bounds(values: NDArray[Any]) -> NDArray[np.intp]:
    """Where each run of equal values begins in an array (N,), and N: (runs + 1,)."""
    is_bound = np.ones(len(values) + 1, dtype=bool)
    np.not_equal(values[1:], values[:-1], out=is_bound[1:-1])
    return is_bound.nonzero()[0]


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """The distinct values, ascending.

    As `numpy.unique` gives them, which imports masked arrays the first time.
    """
    ordered = np.sort(values)
    return ordered[run_bounds(ordered)[:-1]]


def runs(numbers: Iterable[int]) -> Iterator[range]:
    """The longest stretches of numbers that follow each other."""
    placed = ((number - place, number) for place, number in enumerate(numbers))
    for _, stretch in groupby(placed, key=lambda entry: entry[0]):
        own = [number for _, number in stretch]
        yield range(own[0], own[-1] + 1)
