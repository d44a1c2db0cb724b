"""Misspelt words to words of a vocabulary."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from chatbot.language.spelling import SpellingVocabulary

WORDS = st.text("abcde", min_size=1, max_size=10)


def near(word: str, vocabulary: Sequence[str], counts: Sequence[int] = ()) -> list[str]:
    numbers = np.array(counts or [1] * len(vocabulary), dtype=np.int64)
    return [found.word for found in SpellingVocabulary(vocabulary, numbers).near(word)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fomr", "form"),
        ("frm", None),
        ("farm", "form"),
        ("refnd", "refund"),
        ("reffund", "refund"),
        ("refumd", "refund"),
        ("erfund", "refund"),
        ("manegment", "management"),
        ("зарплтаа", "зарплата"),
        ("μισθςό", "μισθός"),
        ("वतेन", "वेतन"),
    ],
)
def test_a_misspelt_word_becomes_the_word_meant(typed: str, meant: str | None) -> None:
    vocabulary = ["delivery", "form", "management", "refund"]
    vocabulary += ["зарплата", "μισθός", "वेतन"]

    assert near(typed, vocabulary) == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("fo", "of"),
        ("fir", "fair"),
        ("nation", "station"),
        ("bank", "tank"),
        ("mnegament", "magnet"),
        ("manegent", "management"),
    ],
)
def test_a_word_that_may_well_be_another_one_is_left_alone(
    typed: str, word: str
) -> None:
    assert near(typed, [word]) == []


def test_words_with_digits_are_neither_corrected_nor_suggested() -> None:
    assert near("mp3player", ["mp4player"]) == []
    assert near("covidl9", ["covid19"]) == []
    assert near("covidx", ["covid1"]) == []


def test_words_without_spaces_between_them_are_not_corrected() -> None:
    assert near("首席产品官员", ["首席产品官"]) == []
    assert near("ผู้จัดการ", ["ผู้จัดกาน"]) == []


def test_the_nearest_word_comes_first_then_the_more_frequent_then_the_alphabet() -> (
    None
):
    assert near("deliverry", ["deliver", "delivery"], [1, 1])[0] == "delivery"
    assert near("oficer", ["office", "officer"], [9, 1])[0] == "officer"
    assert near("planer", ["planet", "planes"], [2, 1]) == ["planet", "planes"]
    assert near("planer", ["planet", "planes"], [1, 1]) == ["planes", "planet"]


def test_a_slip_of_the_finger_is_likelier_than_another_letter() -> None:
    assert near("trial", ["trail", "trill"], [1, 1]) == ["trail", "trill"]
    assert near("pooler", ["poler", "cooler", "pooled"]) == ["poler", "pooled"]


def test_a_far_more_frequent_word_is_likelier_than_a_slightly_nearer_one() -> None:
    assert near("comon", ["common", "comos"], [1, 1]) == ["common", "comos"]
    assert near("comon", ["common", "comos"], [1, 10_000]) == ["comos", "common"]


def test_an_empty_vocabulary_corrects_nothing() -> None:
    assert near("refund", []) == []


@given(WORDS, st.lists(WORDS, unique=True))
def test_corrections_are_near_words_of_the_vocabulary(
    word: str, vocabulary: list[str]
) -> None:
    for found in near(word, vocabulary):
        assert found in vocabulary
        assert OSA.distance(word, found) <= (2 if len(word) >= 9 else 1)


@given(st.text("abcdefghij", min_size=4, max_size=12), st.lists(WORDS), st.data())
def test_no_word_with_one_mistake_after_the_first_letter_is_passed_over(
    word: str, others: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijxyz"))
    mistakes = [
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1 :],
    ]
    typed = data.draw(st.sampled_from(mistakes))

    assert len(typed) < 4 or word in near(typed, sorted({word, *others}))


@given(st.text("abcde", min_size=4, max_size=10), st.lists(WORDS))
def test_a_word_of_the_vocabulary_is_right(word: str, others: list[str]) -> None:
    assert near(word, sorted({word, *others}))[0] == word
