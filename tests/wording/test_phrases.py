"""Phrases are found whatever the case, accents and marks, but only as whole words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.wording.phrases import anywhere, beginning, said


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("What’s the SOURCE?", "whats the source"),
        ("  ¿Qué más? ", "que mas"),
        ("出处在哪里？", "出处在哪里"),
        ("?!", ""),
    ],
)
def test_a_message_is_compared_by_its_words(message, words):
    assert said(message) == words


@pytest.mark.parametrize(
    ("phrases", "message", "rest"),
    [
        (["what about"], "What about Fridays?", " Fridays?"),
        (["what about"], "… what, about: Fridays?", ": Fridays?"),
        (["and", "and what about"], "and what about me", " me"),
        (["那么"], "那么总监呢", "总监呢"),
        (["а"], "а директор?", " директор?"),
    ],
)
def test_a_beginning_is_the_longest_phrase(phrases, message, rest):
    match = beginning(phrases).match(message)
    assert match
    assert message[match.end() :] == rest


@pytest.mark.parametrize("message", ["android", "Andes?", "whatabout", "", "x and"])
def test_a_word_that_only_begins_like_a_phrase_is_none(message):
    assert beginning(["and", "what about"]).match(message) is None


def test_a_phrase_is_found_anywhere_as_whole_words():
    assert anywhere(["it", "is there"]).search("Where is  there one?")
    assert anywhere(["it"]).search("visit items") is None
    assert anywhere(["它"]).search("请问它多少钱")


def test_without_phrases_nothing_is_found():
    assert anywhere([]).search("anything") is None
    assert beginning([]).match("anything") is None


@given(st.lists(st.text(), max_size=4), st.text())
def test_any_phrases_can_be_looked_for(phrases, message):
    listed = [phrase for phrase in phrases if said(phrase)]
    anywhere(listed).search(message)
    beginning(listed).match(message)


@pytest.mark.parametrize("part", [" ", "and ", "no, i ", "…", "不"])
def test_long_messages_take_no_longer_than_their_length(part):
    message = part * (100_000 // len(part))
    started = time.perf_counter()
    for phrases in (["no i meant", "and what about"], ["不，我是说"]):
        beginning(phrases).match(message)
        anywhere(phrases).search(message)
    assert time.perf_counter() - started < 2
