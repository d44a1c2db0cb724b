"""Sorted tables of strings, joined with a few more strings.

What the table holds is moved in one piece: only the others are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.index.string_table import StringTable, concatenated


class Joined(NamedTuple):
    """A sorted table, and where its strings come from.

    `of_table`: int32 (rows,), the number that each row of the table came to have, -1
    for those that were left out; `of_others`: int32 (others,), those of the others;
    `is_new`: bool (others,), which of these the table did not hold.
    """

    strings: StringTable
    of_table: NDArray[np.int32]
    of_others: NDArray[np.int32]
    is_new: NDArray[np.bool_]


def joined(
    table: StringTable, is_kept: NDArray[np.bool_], others: Sequence[str]
) -> Joined:
    """Join the kept rows of a table, bool (rows,), with others.

    Both are sorted by code point, without repetitions. What is among the others is kept
    in any case.
    """
    rows = len(table)
    added = StringTable.of(others)
    places, is_new = _places(table, added, others)
    is_kept = is_kept.copy()
    is_kept[places[~is_new]] = True
    new_places = places[is_new]
    kept_before = np.zeros(rows + 1, dtype=np.int32)
    np.cumsum(is_kept, out=kept_before[1:])
    new_before = np.cumsum(np.bincount(new_places, minlength=rows + 1))
    of_table = np.where(is_kept, kept_before[:-1] + new_before[:-1], -1)
    of_table = of_table.astype(np.int32)
    of_others = np.empty(len(others), dtype=np.int32)
    of_others[~is_new] = of_table[places[~is_new]]
    of_others[is_new] = kept_before[new_places] + np.arange(len(new_places))
    order = np.empty(int(kept_before[-1]) + len(new_places), dtype=np.intp)
    order[of_table[is_kept]] = np.flatnonzero(is_kept)
    order[of_others[is_new]] = rows + np.arange(len(new_places))
    strings = concatenated([table, added.take(np.flatnonzero(is_new))]).take(order)
    return Joined(strings, of_table, of_others, is_new)


def _places(
    table: StringTable, added: StringTable, others: Sequence[str]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """How many rows come before each of the others, and whether the next is another.

    `added` is the table of the others.
    """
    wanted = _first_bytes(added, np.arange(len(added)))
    places = _count_before(table, wanted, np.less)
    ends = _count_before(table, wanted, np.less_equal)
    is_new = np.ones(len(others), dtype=bool)
    for row in np.flatnonzero(places < ends).tolist():
        alike = range(places.item(row), ends.item(row))
        before, is_there = table.place_of(others[row], alike)
        places[row] += before
        is_new[row] = not is_there
    return places, is_new


def _count_before(
    table: StringTable, wanted: NDArray[np.uint64], is_before: np.ufunc
) -> NDArray[np.intp]:
    """How many rows come before each of the keys wanted: a binary search for all."""
    low = np.zeros(len(wanted), dtype=np.intp)
    high = np.full(len(wanted), len(table), dtype=np.intp)
    while (unsure := np.flatnonzero(low < high)).size:
        middle = (low[unsure] + high[unsure]) // 2
        is_low = is_before(_first_bytes(table, middle), wanted[unsure])
        low[unsure[is_low]] = middle[is_low] + 1
        high[unsure[~is_low]] = middle[~is_low]
    return low


def _first_bytes(table: StringTable, rows: NDArray[np.intp]) -> NDArray[np.uint64]:
    """A number for each row, from its first bytes, that ascends as strings do."""
    keys = np.zeros(len(rows), dtype=np.uint64)
    starts, ends = table.offsets[rows], table.offsets[rows + 1]
    for place in range(keys.itemsize):
        keys <<= np.uint64(8)
        longer = np.flatnonzero(starts + place < ends)
        keys[longer] |= table.content[starts[longer] + place]
    return keys
