"""Which words a link means, and when they are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.channels.source_links import checksum
from chatbot.channels.web.source_page.quotation import (
    LONGEST_SOUGHT,
    REACH,
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


SENTENCE = "It takes nine days."


@pytest.mark.parametrize("before", ["", "- ", "A line more.\n\n", "今日は。"])
@pytest.mark.parametrize("old", ["0-19", "30-49", "900-919"])
def test_words_that_have_moved_are_found_where_they_stand(
    before: str, old: str
) -> None:
    text = f"{before}{SENTENCE} Or ten.\n" if before else f"{SENTENCE}\n" + "x" * 20
    if old == "0-19" and not before:
        text = f"\n{text}"
    start = text.index(SENTENCE)
    found = read_quotation(old, checksum(SENTENCE), text)
    assert found == Quotation((start, start + len(SENTENCE)), moved=True)


def test_words_that_stand_in_two_places_are_not_pointed_at() -> None:
    text = f"Before. {SENTENCE} {SENTENCE}"
    found = read_quotation("0-19", checksum(SENTENCE), text)
    assert found == Quotation(moved=True)


def test_words_are_looked_for_whole_near_their_place_and_at_no_great_length() -> None:
    within = "nine"
    assert not read_quotation("0-4", checksum(within), "It is canine.").found
    assert not read_quotation("0-4", checksum(within), "a " * REACH + within).found
    long = "nine " * LONGEST_SOUGHT
    text = f"It is {long}"
    assert not read_quotation(f"0-{len(long)}", checksum(long), text).found


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
