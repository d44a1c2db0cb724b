"""The last question asked of something else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.conversation.substitution import (
    MOST_REPLACED,
    correction,
    is_part,
    reworded,
    substitute,
)
from chatbot.language.terms import Analyzer
from chatbot.wording.phrases import anywhere
from chatbot.wording.table import LANGUAGES, wording

HEARS = wording("english").hears
STOP_WORDS = Analyzer("english").stop_words


def likeliest(part: str, question: str) -> str:
    return reworded(part, question, HEARS, STOP_WORDS).replaced[0]


@pytest.mark.parametrize(
    ("message", "part"),
    [
        ("what about a junior one?", "a junior one"),
        ("And the director?", "the director"),
        ("and in Scrum?", "in Scrum"),
        ("same for the northern harbour", "the northern harbour"),
    ],
)
def test_a_message_names_what_else_is_asked_about(message, part):
    assert substitute(message, HEARS, STOP_WORDS) == part


@pytest.mark.parametrize(
    "message",
    [
        "What does a director earn?",
        "and how do I pay?",
        "and can I pay later?",
        "what about it?",
        "and?",
        "what about boats longer than nine metres in the northern harbour?",
        "",
    ],
)
def test_other_messages_name_none(message):
    assert substitute(message, HEARS, STOP_WORDS) == ""


@pytest.mark.parametrize(
    ("message", "rest"),
    [
        ("no, I meant the director", "the director"),
        ("Sorry, I meant: what does a berth cost?", "what does a berth cost"),
        ("I mean boats", "boats"),
        ("What do you mean?", ""),
        ("no", ""),
    ],
)
def test_a_correction_says_what_was_meant(message, rest):
    assert correction(message, HEARS) == rest


@pytest.mark.parametrize(
    ("part", "question", "expected"),
    [
        (
            "the director",
            "What does a product manager earn?",
            "What does the director earn?",
        ),
        (
            "the southern pier",
            "Who keeps the old lighthouse?",
            "Who keeps the southern pier?",
        ),
        ("the director", "What do they earn?", "What do the director earn?"),
        ("trains", "How much do ferries cost?", "How much do trains cost?"),
        (
            "in winter",
            "When does the ferry leave in summer?",
            "When does the ferry leave in winter?",
        ),
        ("wine", "Do you sell beer?", "Do you sell wine?"),
        ("cats", "Where can I bring dogs?", "Where can I bring cats?"),
        ("glass", "When do you collect paper?", "When do you collect glass?"),
        ("the oars", "Can I borrow a boat?", "Can I borrow the oars?"),
        ("rice", "Do you have fresh bread?", "Do you have rice?"),
        ("dive", "Can I swim?", "Can I dive?"),
    ],
)
def test_a_part_takes_the_place_of_its_like(part, question, expected):
    assert likeliest(part, question) == expected


def test_what_leads_in_to_a_question_is_not_asked_again():
    question = "Hello, and what does a berth cost?"
    assert likeliest("a kayak", question) == "what does a kayak cost?"


def test_a_part_in_another_respect_is_added():
    found = reworded("in winter", "When does the ferry leave?", HEARS, STOP_WORDS)
    assert found.replaced == ()
    assert found.extended == "When does the ferry leave in winter?"


@pytest.mark.parametrize(
    ("part", "question", "expected"),
    [
        ("in 4.1.0", "What's new in 4.2.0?", "What's new in 4.1.0?"),
        ("7.5 kg", "How much is a bag of 2.5 kg?", "How much is a bag of 7.5 kg?"),
        ("2", "Which model 15 lamps are sold?", "Which model 2 lamps are sold?"),
        ("the 9 ton boat", "Who has the 7 ton boat?", "Who has the 9 ton boat?"),
    ],
)
def test_a_number_takes_the_place_of_a_number(part, question, expected):
    assert likeliest(part, question) == expected


def test_every_noun_may_be_replaced_those_with_a_determiner_first():
    question = "When does the shop in Lund open?"
    assert reworded("Visby", question, HEARS, STOP_WORDS).replaced == (
        "When does Visby in Lund open?",
        "When does the shop in Visby open?",
    )


@pytest.mark.parametrize("part", ["Visby", "the bakery"])
def test_what_was_added_last_is_replaced_first(part):
    added = reworded(part, "When does the shop open?", HEARS, STOP_WORDS).extended
    assert added == f"When does the shop open, {part}?"
    assert likeliest("Lund", added) == "When does the shop open, Lund?"


def test_one_stands_for_the_noun_with_its_own_words_or_in_their_place():
    question = "What does a senior manager earn?"
    found = reworded("a junior one", question, HEARS, STOP_WORDS)
    assert found.replaced == (
        "What does a junior senior manager earn?",
        "What does a junior manager earn?",
    )


def test_a_part_that_says_what_it_asks_for_is_all_that_is_asked():
    question = "Who is a product manager a conduit between?"
    found = reworded("the salary of a junior one", question, HEARS, STOP_WORDS)
    assert found.replaced[0] == "the salary of a junior product manager?"


def test_a_question_of_which_nothing_is_left_is_not_reworded():
    found = reworded("bicycles", "Speed", HEARS, STOP_WORDS)
    assert found.replaced == ()


def test_a_part_of_a_question_does_not_ask():
    assert is_part("the northern harbour", HEARS, STOP_WORDS)
    assert not is_part("how much is a berth", HEARS, STOP_WORDS)
    assert not is_part("it", HEARS, STOP_WORDS)


def test_german_questions_are_asked_of_something_else():
    hears, stop_words = wording("german").hears, Analyzer("german").stop_words
    part = substitute("und der Direktor?", hears, stop_words)
    found = reworded(part, "Was verdient ein Leiter?", hears, stop_words)
    assert found.replaced[0] == "Was verdient der Direktor?"


@given(st.sampled_from(LANGUAGES), st.text(min_size=1), st.text(min_size=1))
def test_any_question_can_be_asked_of_anything(language, part, question):
    hears = wording(language).hears
    found = reworded(part, question, hears, Analyzer(language).stop_words)
    assert len(found.replaced) <= MOST_REPLACED
    if not anywhere(hears.stands_for_noun).search(part):
        assert all(part in text for text in (*found.replaced, found.extended) if text)


@pytest.mark.parametrize("part", [" ", "and ", "one ", "in the ", "ab-"])
def test_long_messages_take_no_longer_than_their_length(part):
    message = part * (100_000 // len(part))
    started = time.perf_counter()
    substitute(f"and {message}", HEARS, STOP_WORDS)
    reworded(message, message, HEARS, STOP_WORDS)
    assert time.perf_counter() - started < 2
