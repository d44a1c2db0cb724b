"""What the opened index of a corpus knows."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chatbot.index.corpus_index import BACKGROUND_PASSAGES, CorpusIndex
from chatbot.index.opening import open_index
from chatbot.language.acronyms import Acronym
from chatbot.settings import Settings

GUIDE = """\
# Guide

<!-- Written by the Harbour Office Team (HOT). -->

## Paid Time Off

Everyone has 20 days of PTO a year. The PTO is paid like other days.

## Salaries

Salaries are paid monthly. The Harbour Master (HM) signs for the salary of pilots.

Organising is half of the work; organised people organise.
"""


@pytest.fixture(scope="module")
def index(new_corpus) -> CorpusIndex:
    corpus = new_corpus({"guide.md": GUIDE, "other.txt": "Ships pay harbour dues."})
    return open_index(Settings(corpus=str(corpus)))[0]


def number_of(index: CorpusIndex, word: str) -> int:
    number = index.term_number(word)
    assert number is not None
    return number


def terms_of(index: CorpusIndex, words: str) -> tuple[int, ...]:
    return tuple(number_of(index, word) for word in words.split())


def test_its_length_is_the_number_of_passages(index: CorpusIndex) -> None:
    assert len(index) == len(index.store) == 4


def test_forms_of_a_word_have_one_number_whether_or_not_the_corpus_has_them(
    index: CorpusIndex,
) -> None:
    forms = ["organise", "organised", "organising", "organises"]

    assert len({number_of(index, form) for form in forms}) == 1
    assert index.term_number("zeppelin") is None


def test_a_term_is_shown_by_its_most_frequent_word(index: CorpusIndex) -> None:
    assert index.word_of(number_of(index, "salary")) == "salaries"
    assert index.word_of(number_of(index, "pilot")) == "pilots"


def test_everyday_words_are_known_but_not_held(index: CorpusIndex) -> None:
    assert index.is_everyday("because")
    assert not index.is_held(number_of(index, "because"))
    assert not index.is_everyday("zeppelin")


def test_terms_of_passages_and_of_the_headings_above_them_are_held(
    index: CorpusIndex,
) -> None:
    assert index.is_held(number_of(index, "pilots"))
    assert index.is_held(number_of(index, "guide"))
    held = [number for number in range(len(index.terms)) if index.is_held(number)]
    assert index.held_terms == len(held) < len(index.terms)


def test_rarity_is_the_idf_with_a_background_of_other_passages(
    index: CorpusIndex,
) -> None:
    passages = len(index) + BACKGROUND_PASSAGES
    rarity = index.rarity(np.array([[0, 1, 4]], dtype=np.int32))

    assert rarity.shape == (1, 3)
    assert rarity[0, 1] == pytest.approx(math.log(1 + (passages - 0.5) / 1.5))
    assert rarity[0, 0] > rarity[0, 1] > rarity[0, 2] > 0


def test_the_rarities_are_those_of_all_terms(index: CorpusIndex) -> None:
    terms = range(len(index.terms))
    assert index.rarities.tolist() == [index.rarity_of(term) for term in terms]


def test_stop_terms_are_those_of_the_stop_words(index: CorpusIndex) -> None:
    assert index.stop_terms.issuperset(terms_of(index, "the is of"))
    assert number_of(index, "harbour") not in index.stop_terms


def test_synonyms_are_terms_that_the_corpus_holds(index: CorpusIndex) -> None:
    found = index.synonyms(number_of(index, "wage"))

    assert number_of(index, "salary") in found
    assert all(index.is_held(term) for term in found)
    assert index.synonyms(number_of(index, "guide")) == []


def test_misspelt_words_become_words_of_the_corpus(index: CorpusIndex) -> None:
    def corrected(word: str) -> list[str]:
        return [found.word for found in index.corrections(word)]

    assert corrected("salareis")[0] == "salaries"
    assert "harbour" in corrected("harbuor")
    assert corrected("becuase") == ["because"]
    assert corrected("xylophone") == []


def test_each_correction_of_a_word_has_another_term(index: CorpusIndex) -> None:
    for typed in ("organsie", "organiesd", "salareis"):
        terms = [index.term_number(found.word) for found in index.corrections(typed)]
        assert len(terms) == len(set(terms)) > 0


def test_acronyms_are_mined_from_brackets_and_from_headings(index: CorpusIndex) -> None:
    assert index.acronyms == (
        Acronym("hm", ("harbour", "master")),
        Acronym("pto", ("paid", "time", "off")),
    )


def test_short_and_long_forms_lead_to_each_other_by_their_terms(
    index: CorpusIndex,
) -> None:
    short = number_of(index, "pto")
    long = terms_of(index, "paid time off")

    assert index.long_forms[short] == [long]
    assert index.short_forms[long] == [short]
    assert len(index.long_forms) == len(index.short_forms) == 2


def test_a_corpus_without_headings_or_acronyms_has_none(new_corpus) -> None:
    corpus = new_corpus({"a.txt": "Ships pay harbour dues to the town."})
    index, _ = open_index(Settings(corpus=str(corpus)))

    assert index.acronyms == ()
    assert index.long_forms == index.short_forms == {}
    assert index.store.first_headings == []


def test_warming_up_loads_what_unknown_words_need(index: CorpusIndex) -> None:
    index.warm_up()

    assert index.term_number("zeppelins") is None
