"""Which of the headings on offer a message chooses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.conversation.choices import chosen_heading

HEADINGS = ("Opening hours", "How much is a ticket?", "Café “Nørd”")


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("1", 1),
        ("2.", 2),
        ("(3)", 3),
        ("#2", 2),
        ("٢", 2),
        ("number 3", 3),
        ("No. 1", 1),
        ("the second", 2),
        ("Second one", 2),
        ("the 2nd one, please", 2),
        ("I mean the first one", 1),
        ("one", 1),
        ("the last one", 3),
        ("option three!", 3),
        ("opening HOURS", 1),
        ("how much is a ticket", 2),
        ("Cafe Nørd", 3),
        ("das zweite bitte", 2),
        ("Nr. 3", 3),
        ("la première", 1),
        ("el último", 3),
        ("вторую, пожалуйста", 2),
        ("第二个", 2),
        ("الثالث", 3),
    ],
)
def test_a_heading_is_chosen_by_its_number_or_its_words(message, number):
    assert chosen_heading(message, HEADINGS) == HEADINGS[number - 1]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "?",
        "0",
        "4",
        "99",
        "the fourth",
        "2 tickets",
        "hours",
        "Which one?",
        "no one",
        "1 or 2",
        "first of all, what is this?",
        "1" * 10_000,
    ],
)
def test_any_other_message_chooses_none(message):
    assert chosen_heading(message, HEADINGS) is None


def test_a_heading_word_for_word_goes_before_a_number():
    assert chosen_heading("2", ("3", "4", "2")) == "2"


@given(st.lists(st.text(min_size=1), min_size=2, max_size=4, unique=True))
def test_every_heading_sent_as_it_stands_chooses_itself(headings):
    assert [chosen_heading(text, headings) for text in headings] == headings
