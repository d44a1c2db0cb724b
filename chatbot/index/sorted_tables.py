"""Sorted tables of strings, joined with a few more strings.

What the table holds is moved in one piece: only the others are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.index.string_table import StringTable, concatenated

_BYTES_AT_ONCE = np.dtype(np.uint64).itemsize


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
    places, is_new = _places(table, added)
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
    table: StringTable, added: StringTable
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """How many rows come before each that is added, and whether the next is another.

    As strings ascend, those that begin like one that is added stand side by side: they
    are bounded by eight bytes more each time, as far as it has any.
    """
    low = np.zeros(len(added), dtype=np.intp)
    high = np.full(len(added), len(table), dtype=np.intp)
    lengths, held_lengths = np.diff(added.offsets), np.diff(table.offsets)
    depth = 0
    while (open_ := np.flatnonzero((low < high) & (lengths > depth))).size:
        wanted = _bytes_from(added, open_, depth)

        def bytes_of(rows: NDArray[np.intp], depth: int = depth) -> NDArray[np.uint64]:
            return _bytes_from(table, rows, depth)

        low[open_] = _search(low[open_], high[open_], bytes_of, wanted, np.less)
        high[open_] = _search(low[open_], high[open_], bytes_of, wanted, np.less_equal)
        depth += _BYTES_AT_ONCE
    # Of those that are alike up to its end, what is shorter comes before.
    low = _search(low, high, held_lengths.__getitem__, lengths, np.less)
    is_new = low == high
    rest = np.flatnonzero(~is_new)
    is_new[rest] = held_lengths[low[rest]] != lengths[rest]
    return low, is_new


def _search(
    low: NDArray[np.intp],
    high: NDArray[np.intp],
    key_of: Callable[[NDArray[np.intp]], NDArray[Any]],
    wanted: NDArray[Any],
    is_before: np.ufunc,
) -> NDArray[np.intp]:
    """Where the rows low:high stop having a key before the one wanted.

    A binary search for all at once.
    """
    low, high = low.copy(), high.copy()
    while (unsure := np.flatnonzero(low < high)).size:
        middle = (low[unsure] + high[unsure]) // 2
        is_low = is_before(key_of(middle), wanted[unsure])
        low[unsure[is_low]] = middle[is_low] + 1
        high[unsure[~is_low]] = middle[~is_low]
    return low


def _bytes_from(
    table: StringTable, rows: NDArray[np.intp], depth: int
) -> NDArray[np.uint64]:
    """A number for each row, from eight bytes of it, that ascends as they do."""
    keys = np.zeros(len(rows), dtype=np.uint64)
    starts, ends = table.offsets[rows] + depth, table.offsets[rows + 1]
    for place in range(_BYTES_AT_ONCE):
        keys <<= np.uint64(8)
        longer = np.flatnonzero(starts + place < ends)
        keys[longer] |= table.content[starts[longer] + place]
    return keys
