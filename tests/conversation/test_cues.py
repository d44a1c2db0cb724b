"""Messages that are no questions are told from questions, and only as a whole."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.conversation.cues import FROM_VAGUE_TO_SPECIFIC, heard_cue
from chatbot.wording.table import LANGUAGES, Cue, wording


@pytest.mark.parametrize(
    ("message", "cue"),
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
        ("who are you?", "who"),
        ("What can you answer?", "overview"),
        ("More!", "more"),
        ("anything else?", "more"),
        ("why?", "why"),
        ("where does it say that?", "where"),
        ("What’s your source?", "where"),
        ("that’s not what I meant", "wrong"),
        ("start over", "start_over"),
    ],
)
def test_a_message_is_told_by_what_it_wants(message, cue):
    assert heard_cue(message) == (cue, "english")


@pytest.mark.parametrize(
    ("message", "cue"),
    [
        ("helo there", "greeting"),
        ("good mornning", "greeting"),
        ("thnak you", "thanks"),
        ("goodby", "goodbye"),
        ("what can yuo do", "overview"),
        ("were does it say thta", "where"),
        ("strat over", "start_over"),
    ],
)
def test_a_misspelling_is_forgiven(message, cue):
    assert heard_cue(message).cue == cue


@pytest.mark.parametrize(
    ("message", "cue"),
    [
        ("hi, how are you?", "greeting"),
        ("I see, thanks", "thanks"),
        ("great, thank you!", "thanks"),
        ("ok bye", "goodbye"),
        ("thanks for the help, bye", "goodbye"),
        ("good morning, who are you?", "who"),
        ("yes please, tell me more", "more"),
        ("ok, but why?", "why"),
        ("no, start over", "start_over"),
    ],
)
def test_of_several_phrases_the_most_specific_counts(message, cue):
    assert heard_cue(message) == (cue, "english")


def test_phrases_and_what_stands_between_them_are_of_one_language():
    assert heard_cue("ok, danke, tschüss") == ("goodbye", "german")
    assert heard_cue("hello, tschüss") is None


@pytest.mark.parametrize(
    ("message", "cue"),
    [
        ("no thanks", "thanks"),
        ("that was helpful", "thanks"),
        ("you too", "goodbye"),
        ("so what", "help"),
        ("more details", "more"),
        ("next", "more"),
        ("repeat", "where"),
        ("not really", "wrong"),
    ],
)
def test_what_is_said_to_a_reply_is_no_question(message, cue):
    assert heard_cue(message) == (cue, "english")


def test_every_cue_is_as_specific_as_its_place():
    assert set(FROM_VAGUE_TO_SPECIFIC) == set(get_args(Cue))


def test_a_message_of_known_words_misspells_nothing():
    assert heard_cue("thank yoo") is not None
    assert heard_cue("thank yoo", is_word={"thank", "yoo"}.__contains__) is None


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
        "why does the sail tear?",
        "where does it say that boats are free?",
        "more than nine metres",
        "great circle distance",
        "hip",
        "",
        "?!",
        "🙂",
    ],
)
def test_a_question_is_none_whatever_else_it_says(message):
    assert heard_cue(message) is None


def test_a_long_message_is_none():
    assert heard_cue("hi " * 10_000) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_every_language_is_heard(language):
    for cue, phrases in wording(language).hears.cues.items():
        for phrase in phrases:
            assert heard_cue(f"{phrase}!", language) == (cue, language)


@given(st.text())
def test_any_text_is_read(message):
    heard = heard_cue(message)
    assert heard is None or heard.cue in get_args(Cue)
