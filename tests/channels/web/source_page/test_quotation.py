"""Which words a link means, and when they are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.channels.source_links import checksum
from chatbot.channels.web.source_page.quotation import (
    Quotation,
    marked,
    read_quotation,
)

TEXT = "It takes nine days. <b>"


def test_a_link_means_the_span_that_it_names() -> None:
    words = TEXT[3:18]
    for check in ("", checksum(words)):
        assert read_quotation("3-18", check, TEXT) == Quotation((3, 18))


@pytest.mark.parametrize(
    ("quote", "check"),
    [
        ("3-18", checksum("other words")),
        ("3-18", "nonsense"),
        ("3-99", ""),
        ("99-100", ""),
        ("18-3", ""),
        ("3-3", ""),
        ("8-9", ""),
    ],
)
def test_words_that_are_not_there_any_more_are_not_pointed_at(
    quote: str, check: str
) -> None:
    found = read_quotation(quote, check, TEXT)
    assert (found.found, found.moved) == (False, True)


@pytest.mark.parametrize("quote", ["", "3", "a-b", "3-18-20", "-3-18", "٣-١٨", " 3-18"])
def test_what_is_no_span_quotes_nothing(quote: str) -> None:
    assert read_quotation(quote, "", TEXT) == Quotation()


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 5))
def test_what_is_marked_of_a_stretch_is_what_is_quoted_of_it(
    start: int, end: int, offset: int
) -> None:
    html = marked(TEXT, offset, (start, end))
    quoted = TEXT[max(start - offset, 0) : max(end - offset, 0)]
    assert html.unescape().replace("<mark>", "").replace("</mark>", "") == TEXT
    assert ("<mark>" in html) == bool(quoted)
    if quoted:
        assert f"<mark>{quoted}</mark>" in html.unescape()
    assert "<b>" not in html
