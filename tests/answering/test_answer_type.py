"""What kind of thing a question wants and whether a sentence holds one."""

from __future__ import annotations

import time

import pytest

from chatbot.answering.answer_type import ANSWER_KINDS, holds_kind, wanted_kinds


def names(question: str) -> set[str]:
    return {kind.name for kind in wanted_kinds(question)}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("How much does a berth cost?", "money"),
        ("What is the fee for guests?", "money"),
        ("how long is the ferry ride", "duration"),
        ("How often is the hull cleaned?", "duration"),
        ("HOW MANY boats are there?", "count"),
        ("When does the season start?", "time"),
        ("Since when has the club existed?", "time"),
        ("Who repairs the mast?", "person"),
        ("Whose boat is this?", "person"),
        ("Where is the slipway?", "place"),
        ("Why is the crane closed?", "reason"),
    ],
)
def test_a_question_asks_for_a_kind_of_answer(question, name):
    assert name in names(question)


@pytest.mark.parametrize(
    "question",
    ["", "Is the slipway open?", "What colour is the buoy?", "Tell me about whales."],
)
def test_other_questions_ask_for_no_kind(question):
    assert wanted_kinds(question) == ()


@pytest.mark.parametrize(
    ("question", "held", "other"),
    [
        ("How much?", "A berth costs €450.", "A berth costs a lot."),
        ("How much?", "It is 30 dollars.", "It is 30 metres."),
        ("How long?", "The ride takes twenty minutes.", "The ride is pleasant."),
        ("How often?", "The hull is cleaned monthly.", "The hull is cleaned well."),
        ("How many?", "There are 64 boats.", "There are boats."),
        ("How many?", "We own seven boats.", "We own boats."),
        ("When?", "The club was founded in 1921.", "The club was founded by sailors."),
        ("When?", "The gate opens at 7:30.", "The gate opens early."),
        ("Who?", "Ask Maria Jensen at the bar.", "Ask the man at the bar."),
        ("Where?", "The slipway is in Bergen.", "The slipway is steep."),
        ("Why?", "It is closed because of ice.", "It is closed."),
    ],
)
def test_a_sentence_holds_the_kind_that_is_asked_for(question, held, other):
    kinds = wanted_kinds(question)
    assert holds_kind(held, kinds)
    assert not holds_kind(other, kinds)


def test_a_sentence_holds_nothing_of_no_kind():
    assert not holds_kind("It costs €5 in Bergen since 1921.", ())


@pytest.mark.parametrize("part", ["1 ", "one ", "how much ", "Aa ", "in the ", "12:3"])
def test_long_texts_take_no_longer_than_their_length(part):
    text = part * (100_000 // len(part))
    started = time.perf_counter()
    wanted_kinds(text)
    holds_kind(text, ANSWER_KINDS)
    assert time.perf_counter() - started < 2
