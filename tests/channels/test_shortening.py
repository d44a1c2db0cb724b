"""Texts cut where a sentence ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatbot.channels.shortening import shortened, shortened_to, utf16_length


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert shortened_to("One sentence. Another.", 22) == "One sentence. Another."


def test_a_long_text_ends_with_its_last_whole_sentence() -> None:
    assert shortened_to("One sentence. Another one.", 20) == "One sentence. …"


def test_a_sentence_in_quotes_or_in_chinese_ends_too() -> None:
    assert shortened_to("“Is it?” he asked and asked.", 20) == "“Is it?” …"
    assert shortened_to("这是一句。这是另外一句", 9) == "这是一句。 …"


def test_a_long_sentence_is_cut_between_words() -> None:
    assert shortened_to("word " * 10, 14) == "word word…"


def test_a_long_word_is_cut_anywhere() -> None:
    assert shortened_to("x" * 10, 6) == "xxxx…"


def test_characters_outside_of_the_basic_plane_count_twice() -> None:
    assert utf16_length("a😀") == 3
    assert utf16_length(shortened_to("😀" * 10, 9)) <= 9


@given(st.text(), st.integers(3, 50))
def test_what_is_left_fits_and_is_how_the_text_begins(text: str, most: int) -> None:
    left = shortened(text, lambda part: len(part) <= most)
    assert len(left) <= most
    assert left == text or text.startswith(left.removesuffix("…").rstrip(" "))
