"""Misspelt words to words of a vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from chatbot.language.spelling import correct

WORDS = st.text("abcde", min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fomr", "form"),
        ("refnd", "refund"),
        ("reffund", "refund"),
        ("refumd", "refund"),
        ("erfund", "refund"),
        ("manegment", "management"),
    ],
)
def test_a_misspelt_word_becomes_the_word_meant(typed: str, meant: str) -> None:
    vocabulary = ["delivery", "form", "management", "refund"]

    assert correct(typed, vocabulary, [1, 1, 1, 1]) == meant


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("fo", "of"),
        ("fir", "fair"),
        ("farm", "form"),
        ("form", "forms"),
        ("bread", "break"),
        ("nation", "station"),
        ("mnegament", "magnet"),
    ],
)
def test_a_word_that_may_well_be_another_one_is_left_alone(
    typed: str, word: str
) -> None:
    assert correct(typed, [word], [1]) is None


def test_words_with_digits_are_neither_corrected_nor_suggested() -> None:
    assert correct("mp3player", ["mp4player"], [1]) is None
    assert correct("covidl9", ["covid19"], [1]) is None
    assert correct("covidx", ["covid1"], [1]) is None


def test_the_nearest_word_wins_then_the_more_frequent_then_the_alphabet() -> None:
    assert correct("deliverry", ["deliver", "delivery"], [9, 1]) == "delivery"
    assert correct("oficer", ["office", "officer"], [9, 1]) == "officer"
    assert correct("planer", ["planet", "planes"], [2, 1]) == "planet"
    assert correct("planer", ["planet", "planes"], [1, 1]) == "planes"


def test_an_empty_vocabulary_corrects_nothing() -> None:
    assert correct("refund", [], []) is None


@given(WORDS, st.lists(WORDS, unique=True), st.data())
def test_a_correction_is_a_near_word_of_the_vocabulary(
    word: str, vocabulary: list[str], data: st.DataObject
) -> None:
    counts = st.integers(1, 5)
    size = len(vocabulary)
    frequencies = data.draw(st.lists(counts, min_size=size, max_size=size))
    found = correct(word, vocabulary, frequencies)

    if found is not None:
        assert found in vocabulary
        assert OSA.distance(word, found) <= (2 if len(word) >= 8 else 1)


@given(st.text("abcde", min_size=4, max_size=10), st.lists(WORDS, unique=True))
def test_a_word_of_the_vocabulary_is_right(word: str, others: list[str]) -> None:
    vocabulary = sorted({word, *others})

    assert correct(word, vocabulary, range(1, len(vocabulary) + 1)) == word
