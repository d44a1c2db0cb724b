"""Small talk is told from questions, and only when it is the whole message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.conversation.small_talk import small_talk


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("hi", "greeting"),
        ("Hello!", "greeting"),
        ("  hey there 👋 ", "greeting"),
        ("GOOD MORNING", "greeting"),
        ("thanks", "thanks"),
        ("Thank you very much!!", "thanks"),
        ("ok, thanks.", "thanks"),
        ("bye", "goodbye"),
        ("See you later…", "goodbye"),
        ("help", "help"),
        ("What can you do?", "help"),
        ("who are you?", "help"),
    ],
)
def test_small_talk_is_told_by_its_kind(message, kind):
    assert small_talk(message) == kind


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("helo there", "greeting"),
        ("good mornning", "greeting"),
        ("thnak you", "thanks"),
        ("goodby", "goodbye"),
        ("what can yuo do", "help"),
    ],
)
def test_a_misspelling_is_forgiven(message, kind):
    assert small_talk(message) == kind


@pytest.mark.parametrize(
    "message",
    [
        "hi, what does it cost?",
        "hello world program",
        "thanks, and how long is the warranty?",
        "who are the owners?",
        "help with the battery",
        "how do I say goodbye to a subscription?",
        "what do you know about batteries?",
        "who are you allowed to ask?",
        "great circle distance",
        "hip",
        "why",
        "",
        "?!",
        "🙂",
    ],
)
def test_a_question_is_not_small_talk_whatever_else_it_says(message):
    assert small_talk(message) is None


def test_a_long_message_is_not_small_talk():
    assert small_talk("hi " * 10_000) is None


@given(st.text())
def test_any_text_is_read(message):
    assert small_talk(message) in {None, "greeting", "thanks", "goodbye", "help"}
