"""What is worth asking: headings that ask, then others, never one already answered."""

from __future__ import annotations

import pytest

from chatbot.conversation.suggestions import (
    near_suggestions,
    starters,
    suggested_heading,
)
from chatbot.conversation.understanding import understand
from chatbot.wording.table import LANGUAGES, wording

SAYS = wording("english").says


def test_headings_that_ask_go_before_the_others(index):
    assert starters(index, SAYS) == (
        "Who repairs the sails?",
        "What about “Moorings”?",
        "What about “The general harbour master”?",
    )


def test_what_was_answered_is_left_out(index):
    answered = {"Who repairs the sails?", "Moorings"}
    assert starters(index, SAYS, answered) == (
        "What about “The general harbour master”?",
        "What about “Winter”?",
    )


def test_headings_near_the_quote_are_suggested(index):
    reading = understand("Where does the GHM live?", (), index, 0.4)
    suggestions = near_suggestions(reading, {"The general harbour master"}, SAYS)
    assert suggestions[0] == "Who repairs the sails?"
    assert "What about “Moorings”?" in suggestions


def test_a_question_is_not_suggested_to_who_asks_it(index):
    reading = understand("who repairs the SAILS", (), index, 0.4)
    assert "Who repairs the sails?" not in near_suggestions(reading, (), SAYS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_suggestion_is_known_by_its_form(language):
    says = wording(language).says
    assert suggested_heading(says.what_about.format(heading="R&D {1} “x”")) == (
        "R&D {1} “x”"
    )


@pytest.mark.parametrize("message", ["", "What about boats?", "“Winter”"])
def test_other_messages_are_no_suggestions(message):
    assert suggested_heading(message) == ""
