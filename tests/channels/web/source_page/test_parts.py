"""How long documents are cut, and how deep their headings stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatbot.channels.web.source_page.parts import cut, depths, part_at
from chatbot.documents.document import Heading

texts = st.text(st.sampled_from("ab \n"), max_size=60)


@given(text=texts, data=st.data(), most=st.integers(2, 20))
def test_the_parts_make_up_the_text(text: str, data: st.DataObject, most: int) -> None:
    starts = sorted(data.draw(st.sets(st.integers(0, len(text)))))
    parts = cut(text, starts, most)
    assert "".join(text[slice(*part)] for part in parts) == text
    assert all(0 < end - start <= most for start, end in parts) or not text
    for offset in range(len(text)):
        start, end = parts[part_at(parts, offset)]
        assert start <= offset < end


def test_a_part_begins_where_a_block_does_if_it_can() -> None:
    assert cut("0123456789", [0, 3, 6, 9], 7) == [(0, 6), (6, 10)]
    assert cut("01\n\n4567", [], 5) == [(0, 4), (4, 8)]
    assert cut("012\n4567", [], 5) == [(0, 4), (4, 8)]
    assert cut("01234567", [], 5) == [(0, 5), (5, 8)]
    assert cut("", [], 5) == [(0, 0)]


def test_no_heading_is_more_than_one_level_below_the_one_above_it() -> None:
    levels = [3, 1, 2, 6, 6, 2, 1, 4]
    headings = [Heading("h", level, 1, 0, 1) for level in levels]
    assert depths(headings) == [2, 2, 3, 4, 4, 3, 2, 3]
    deep = [Heading("h", level, 1, 0, 1) for level in range(1, 10)]
    assert depths(deep) == [2, 3, 4, 5, 6, 6, 6, 6, 6]
