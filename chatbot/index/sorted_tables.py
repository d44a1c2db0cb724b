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
    found = [table.place_of(string, range(rows)) for string in others]
    places = np.array([place for place, _ in found], dtype=np.intp)
    is_new = np.array([not is_there for _, is_there in found], dtype=bool)
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
    new = StringTable.of(others[place] for place in np.flatnonzero(is_new).tolist())
    strings = concatenated([table, new]).take(order)
    return Joined(strings, of_table, of_others, is_new)
