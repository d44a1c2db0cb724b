"""Text to words in plain form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatbot.language.words import find_words, plain_form, words_as_written

TEXTS = st.text(st.characters(codec="utf-8"))
NEAR_WORDS = st.text(st.sampled_from("aZé1.,'’-‐+#ßﬁ \u00ad\u0301\u200d"))


def words(text: str) -> list[str]:
    return list(find_words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("– … ?!", []),
        ("The Quick fox.", ["the", "quick", "fox"]),
        ("The CPO’s role", ["the", "cpo", "role"]),
        ("we'll, you’re, I'm", ["we", "you", "i"]),
        ("Don’t", ["dont"]),
        ("O'Brien", ["o", "brien"]),
        ("U.S. law", ["us", "law"]),
        ("C++ and C#", ["c++", "and", "c#"]),
        ("215,647 people", ["215647", "people"]),
        ("Python 3.11.7", ["python", "3.11.7"]),
        ("1,5 or 1.5", ["1,5", "or", "1.5"]),
        ("snake_case", ["snake", "case"]),
        ("R&D and Q&A, AT&T", ["r&d", "and", "q&a", "at&t"]),
        ("this&that", ["this", "that"]),
    ],
)
def test_text_becomes_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("start-up", ["start", "up", "startup"]),
        ("start‐up now", ["start", "up", "startup", "now"]),
        ("state-of-the-art", ["state", "of", "the", "art"]),
        ("one - two", ["one", "two"]),
        ("one-", ["one"]),
    ],
)
def test_two_words_with_a_hyphen_are_followed_by_both_as_one(
    text: str, expected: list[str]
) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Straße", "strasse"),
        ("ﬁnance", "finance"),
        ("ＡＢＣ", "abc"),
        ("naïve", "naive"),
        ("cafe\u0301", "cafe"),
        ("zalgo" + 9 * "\u0301", "zalgo"),
        ("Άλφα", "αλφα"),
        ("за\u0301мок", "замок"),
        ("ёлка", "елка"),
        ("co\u00adoperate", "cooperate"),
        ("can’t", "cant"),
        ("U.S", "us"),
        ("r&d", "r&d"),
    ],
)
def test_a_word_is_compared_in_its_plain_form(written: str, plain: str) -> None:
    assert plain_form(written) == plain
    assert words(f"({written})") == [plain]


@pytest.mark.parametrize("word", ["हिन्दी", "ที่นี่", "йод", "가방", "العربية"])
def test_marks_that_are_part_of_a_letter_stay(word: str) -> None:
    assert words(f"{word} {word}") == [word, word]


def test_words_are_shown_as_they_are_first_written() -> None:
    text = "The Café’s café, THE"

    assert words_as_written(text) == {"the": "The", "cafe": "Café’s"}


@given(TEXTS | NEAR_WORDS)
def test_no_word_is_empty_and_each_is_in_plain_form(text: str) -> None:
    for word in words(text):
        assert word
        assert plain_form(word) == word


@given(TEXTS | NEAR_WORDS)
@example("Ù# or É.A or A–Ö-Ü")
def test_composed_and_decomposed_letters_give_the_same_words(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    assert words(unicodedata.normalize("NFD", composed)) == words(composed)


@given(NEAR_WORDS)
def test_curly_apostrophes_give_the_same_words_as_straight_ones(text: str) -> None:
    assert words(text.replace("'", "’")) == words(text.replace("’", "'"))


@given(st.lists(st.from_regex(r"[A-Za-zéÉ]{1,9}", fullmatch=True)))
def test_case_makes_no_difference(typed: list[str]) -> None:
    text = " ".join(typed)

    assert words(text.upper()) == words(text.lower()) == words(text)


@pytest.mark.parametrize(
    "part", ["1", "1.", "a.", "a-", "a'", "é\u0301", "+#", "a\u00ad"]
)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    assert len(words(part * 100_000)) <= 100_000
