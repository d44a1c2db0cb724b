"""Short forms and what they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.acronyms import (
    Acronym,
    acronyms_of_headings,
    find_acronyms,
    find_capitals,
)
from chatbot.language.words import find_words

NEAR_ACRONYMS = st.text(st.sampled_from("ABab ()s-É1") | st.characters(codec="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "The Chief Product Officer (CPO) leads.",
        "Chief product officers and chief product officer (CPOs)",
        "CPO (chief product officer) is a role.",
        "Most CPOs (Chief Product Officer) agree.",
    ],
)
def test_a_long_form_beside_the_short_one_in_brackets_is_found(text: str) -> None:
    assert find_acronyms(text) == {Acronym("cpo", ("chief", "product", "officer"))}


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("the Department of Motor Vehicles (DMV)", "department of motor vehicles"),
        ("Return on Investment (ROI)", "return on investment"),
        ("the Bank of the North (BN)", "bank of the north"),
        ("UX (user experience) matters", "user experience"),
        ("the user experience (UX)", "user experience"),
        ("Hypertext markup language (HTML)", "hypertext markup language"),
        ("Software as a service (SaaS)", "software as a service"),
        ("research and development (R&D)", "research and development"),
        ("R&D (research and development)", "research and development"),
        ("B2B (business to business)", "business to business"),
        ("KPIs (key performance indicators)", "key performance indicators"),
    ],
)
def test_a_long_form_may_have_small_words_between(text: str, long: str) -> None:
    (acronym,) = find_acronyms(text)

    assert " ".join(acronym.long) == long


@pytest.mark.parametrize(
    "text",
    [
        "Nothing stands for it (CPO).",
        "The officer of the chief product (CPO)",
        "CPO (see the glossary below)",
        "(CPO)",
        "the chief of a very large product officer (CPO)",
        "A (single letter) and an (A)",
        "a television (TV)",
        "the market was held (HTML)",
    ],
)
def test_words_that_do_not_spell_the_short_form_are_no_long_form(text: str) -> None:
    assert find_acronyms(text) == set()


def test_a_long_word_far_before_the_brackets_is_not_taken_in_part() -> None:
    for length in range(40, 50):
        text = f"macro {'p' * length} {'o' * length} (CPO)"
        assert find_acronyms(text) == set()


def test_capitals_are_words_of_two_to_eight_capital_letters() -> None:
    text = "NASA, a CPO, two VPs, A, USAs’ and ÖBB; not ABCDEFGHI, Word, AB12 or mRNA."

    assert find_capitals(text) == {"nasa", "cpo", "vp", "usa", "obb"}


def test_a_heading_is_the_long_form_of_capitals_that_its_words_begin_with() -> None:
    phrases = [("head", "of", "product"), ("hiring",), ("the", "company")]

    assert acronyms_of_headings({"hop", "h"}, phrases) == {
        Acronym("hop", ("head", "of", "product"))
    }


def test_a_short_form_of_two_different_phrases_stands_for_neither() -> None:
    phrases = [("paid", "time", "off"), ("part", "time", "offer")]

    assert acronyms_of_headings({"pto"}, phrases) == set()
    assert acronyms_of_headings({"pto"}, [phrases[0]] * 2) != set()


def test_a_phrase_that_is_part_of_several_headings_is_a_long_form() -> None:
    phrase = ("principal", "product", "manager")
    headings = [("what", "a", *phrase, "earns"), ("hiring", "a", *phrase)]

    assert acronyms_of_headings({"ppm"}, headings) == {Acronym("ppm", phrase)}
    assert acronyms_of_headings({"ppm"}, headings[:1]) == set()


def test_two_words_of_a_heading_are_too_few_to_be_a_long_form() -> None:
    headings = [("the", "product", "manager", word) for word in "abc"]

    assert acronyms_of_headings({"pm"}, headings) == set()


def test_a_part_of_a_heading_does_not_begin_or_end_with_a_stop_word() -> None:
    headings = [("work", "in", "the", "office", word) for word in "abc"]

    assert acronyms_of_headings({"itt", "ito", "wit"}, headings, {"in", "the"}) == set()


@given(NEAR_ACRONYMS)
def test_a_long_form_is_made_of_words_of_the_text(text: str) -> None:
    words = set(find_words(text))

    for acronym in find_acronyms(text):
        assert set(acronym.long) <= words
        assert acronym.short[0] in (acronym.long[0][0], "x")
        assert len(acronym.long) > 1


@pytest.mark.parametrize("part", ["(", "AB (", "AB (a ", "(AB) ", "A", "AB (a)"])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    text = part * 10_000

    assert len(find_acronyms(text)) + len(find_capitals(text)) <= 10_000
