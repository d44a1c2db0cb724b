"""Typos: where they fall, and that they change a word by one slip."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from chatbot.evaluation.typos import with_typo, with_typos

SEEDS = st.integers(0, 10_000)
WORDS = st.text("abcdeé", min_size=4, max_size=12)


@given(WORDS, SEEDS)
def test_a_typo_is_one_slip_after_the_first_letter(word, seed):
    typo = with_typo(word, Random(seed))
    assert OSA.distance(word, typo) == 1
    assert typo[0] == word[0]


def test_all_kinds_of_slips_come():
    random = Random(1)
    typos = {with_typo("cabin", random) for _ in range(500)}
    assert {"cbain", "cabni", "cain", "cabi"} <= typos
    assert any(len(typo) == 6 for typo in typos)
    assert any(len(typo) == 5 and sorted(typo) != sorted("cabin") for typo in typos)


@given(SEEDS)
def test_every_second_content_word_has_one_typo(seed):
    question = "Where does the ferry from Alborg reach harbour 4x4s at night?"
    changed = [
        word
        for word, typed in zip(
            question.split(), with_typos(question, Random(seed)).split(), strict=True
        )
        if word != typed
    ]
    assert changed == ["ferry", "reach", "night?"]


@given(SEEDS)
def test_short_words_stop_words_and_contractions_have_none(seed):
    question = "Which of these doesn't the cat's owner1 eat, and why?"
    assert with_typos(question, Random(seed)) == question


def test_the_same_seed_makes_the_same_typos():
    question = "How many passengers does the ferry carry?"
    typed = with_typos(question, Random(3))
    assert typed != question
    assert with_typos(question, Random(3)) == typed
