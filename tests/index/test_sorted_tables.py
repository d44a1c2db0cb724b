"""Sorted tables joined with other strings."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chatbot.index.sorted_tables import joined
from chatbot.index.string_table import StringTable

BEGINNINGS = st.sampled_from(["", "seventy", "eight hundred", "a" * 16])
STRINGS = st.lists(
    st.builds(str.__add__, BEGINNINGS, st.text("aé𝄞\0", max_size=5)), unique=True
).map(sorted)


@given(st.data(), STRINGS, STRINGS)
def test_joining_is_sorting_what_is_kept_and_what_comes_anew(
    data: st.DataObject, strings: list[str], others: list[str]
) -> None:
    size = len(strings)
    kept = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    whole = joined(StringTable.of(strings), np.array(kept, dtype=bool), others)

    is_kept = dict(zip(strings, kept, strict=True))
    expected = sorted({*others, *(s for s in strings if is_kept[s])})
    assert list(whole.strings) == expected
    for string, number in zip(strings, whole.of_table.tolist(), strict=True):
        assert number == (expected.index(string) if string in expected else -1)
    assert [expected[number] for number in whole.of_others.tolist()] == others
    assert whole.is_new.tolist() == [other not in strings for other in others]
