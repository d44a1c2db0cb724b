"""How far a message leans on earlier questions and what it takes over from them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.conversation.follow_ups import (
    CARRIED_WEIGHT,
    FADING,
    MOST_CARRIED_WORDS,
    Dependence,
    carried_words,
    dependence,
)
from chatbot.language.terms import Analyzer


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer("english")


@pytest.mark.parametrize(
    "message",
    [
        "What does it cost to repair a broken sail?",
        "where do THEY moor their boats in winter",
        "How high is the fee for the same berth next year?",
        "and the salary of a junior one?",
        "Who repairs these?",
    ],
)
def test_a_pronoun_points_at_something_named_before(message, analyzer):
    assert dependence(message, analyzer) is Dependence.CERTAIN


@pytest.mark.parametrize(
    "message",
    [
        "and in the northern harbour during winter storms?",
        "What about motor boats longer than nine metres?",
        "But visitors from abroad with large boats?",
        "in winter?",
        "why?",
        "",
    ],
)
def test_a_continuation_or_a_short_message_may_lean_on_what_was_asked(
    message, analyzer
):
    assert dependence(message, analyzer) is Dependence.POSSIBLE


@pytest.mark.parametrize(
    "message",
    [
        "Which berths in the northern harbour are free?",
        "android phones with broken screens",
        "item numbers of wooden oars",
    ],
)
def test_a_question_with_its_own_content_stands_on_its_own(message, analyzer):
    assert dependence(message, analyzer) is Dependence.NONE


def test_content_words_of_earlier_questions_are_carried(analyzer):
    carried = carried_words("what do they pay?", ["Who are the members?"], analyzer)
    assert carried == [("members", CARRIED_WEIGHT)]


def test_words_that_the_message_says_itself_are_not_carried(analyzer):
    earlier = ["When does the ferry leave the island?"]
    carried = carried_words("and the ferry back?", earlier, analyzer)
    assert [word for word, _ in carried] == ["leave", "island"]


def test_words_fade_with_every_later_question(analyzer):
    earlier = ["Where is the lighthouse?", "Who keeps the garden?", "Is coffee sold?"]
    weights = dict(carried_words("and tea?", earlier, analyzer))
    assert weights["coffee"] == CARRIED_WEIGHT
    assert weights["garden"] == pytest.approx(CARRIED_WEIGHT * FADING)
    assert weights["lighthouse"] == pytest.approx(CARRIED_WEIGHT * FADING**2)


def test_a_word_counts_once_as_in_the_latest_question_that_has_it(analyzer):
    earlier = ["Where is the lighthouse?", "Who keeps the lighthouse?"]
    carried = carried_words("when?", earlier, analyzer)
    assert carried == [("keeps", CARRIED_WEIGHT), ("lighthouse", CARRIED_WEIGHT)]


def test_without_earlier_questions_nothing_is_carried(analyzer):
    assert carried_words("what do they pay?", [], analyzer) == []


def test_of_a_long_history_the_words_of_the_latest_questions_are_carried(analyzer):
    earlier = [f"old{n}" for n in range(200)] + [f"new{n}" for n in range(10)]
    carried = carried_words("why?", earlier, analyzer)
    assert len(carried) == MOST_CARRIED_WORDS
    assert [word for word, _ in carried[:10]] == [f"new{n}" for n in range(9, -1, -1)]


@given(st.text(), st.lists(st.text(), max_size=5))
def test_carried_words_never_weigh_more_than_those_asked(analyzer, message, earlier):
    own = analyzer.words(message)
    for word, weight in carried_words(message, earlier, analyzer):
        assert word not in own
        assert 0 < weight <= CARRIED_WEIGHT < 1


@pytest.mark.parametrize("part", [" ", "and ", "it-", "what about "])
def test_long_messages_take_no_longer_than_their_length(analyzer, part):
    message = part * (100_000 // len(part))
    started = time.perf_counter()
    dependence(message, analyzer)
    carried_words("why?", [message], analyzer)
    assert time.perf_counter() - started < 2
