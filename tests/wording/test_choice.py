"""The bot answers in the language that it is asked in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.wording.choice import language_of
from chatbot.wording.table import LANGUAGES


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("What does it cost?", "english"),
        ("Was kostet das?", "german"),
        ("¿Cuánto cuesta el billete?", "spanish"),
        ("Combien est-ce que cela coûte ?", "french"),
        ("Сколько это стоит?", "russian"),
        ("这个多少钱？", "chinese"),
        ("كم يكلف هذا؟", "arabic"),
    ],
)
@pytest.mark.parametrize("documents", ["english", "german", "turkish"])
def test_a_question_tells_its_language(message, language, documents):
    assert language_of(message, otherwise=documents) == language


@pytest.mark.parametrize("message", ["Preis?", "iPhone 15", "42", "🙂", ""])
def test_a_message_that_does_not_tell_has_that_of_the_documents(message):
    assert language_of(message, otherwise="german") == "german"
    assert language_of(message, otherwise="english") == "english"


@pytest.mark.parametrize(
    ("message", "known"),
    [("car 4m price", "car"), ("man hours", "man"), ("sin tax", "sin")],
)
def test_a_word_of_the_documents_does_not_tell_another_language(message, known):
    assert language_of(message, "english", {known}.__contains__) == "english"
    assert language_of(message, "english") != "english"


def test_several_words_tell_a_language_whoever_has_them_too():
    known = {"was", "das"}.__contains__
    assert language_of("Was kostet das?", "english", known) == "german"


@pytest.mark.parametrize(
    ("message", "documents"),
    [("Bilet ne kadar?", "turkish"), ("チケットはいくらですか", "japanese")],
)
def test_a_language_without_a_table_is_answered_in_english(message, documents):
    assert language_of(message, otherwise=documents) == "english"


@given(st.text(), st.sampled_from([*LANGUAGES, "turkish"]))
def test_any_message_has_a_language_with_a_table(message, documents):
    assert language_of(message, otherwise=documents) in LANGUAGES
