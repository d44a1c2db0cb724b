"""Strings as two arrays."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chatbot.index.string_table import (
    StringTable,
    concatenated,
    opened_table,
    packed_table,
)

TEXTS = st.text(st.characters(codec="utf-8"))
STRINGS = st.lists(TEXTS)


@given(STRINGS)
def test_a_table_gives_its_strings_back(strings: list[str]) -> None:
    table = StringTable.of(strings)

    assert list(table) == strings
    assert [table[number] for number in range(len(table))] == strings


@given(STRINGS)
def test_a_packed_table_is_opened_by_its_name(strings: list[str]) -> None:
    arrays = packed_table("names", strings) | packed_table("others", ["x"])

    assert list(opened_table(arrays, "names")) == strings
    assert {array.dtype.name for array in arrays.values()} == {"uint8", "int64"}


@given(STRINGS, TEXTS)
def test_find_gives_the_number_of_a_string_in_a_sorted_table(
    strings: list[str], other: str
) -> None:
    ordered = sorted(set(strings))
    table = StringTable.of(ordered)

    assert [table.find(string) for string in ordered] == list(range(len(ordered)))
    place = bisect_left(ordered, other)
    is_held = other in ordered[place : place + 1]
    assert table.find(other) == (place if is_held else None)


@given(STRINGS, st.data())
def test_rows_may_be_taken_in_any_order(
    strings: list[str], data: st.DataObject
) -> None:
    rows = data.draw(
        st.lists(st.integers(0, len(strings) - 1)) if strings else st.just([])
    )
    taken = StringTable.of(strings).take(np.array(rows, dtype=np.intp))

    assert list(taken) == [strings[row] for row in rows]


@given(st.lists(STRINGS))
def test_tables_on_end_are_one(several: list[list[str]]) -> None:
    whole = [string for strings in several for string in strings]

    assert list(concatenated([StringTable.of(own) for own in several])) == whole


def test_half_a_surrogate_pair_is_in_no_table() -> None:
    assert StringTable.of(["a", "b"]).find("\ud800") is None
