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
    asks_nothing,
    carry,
    dependence,
    says_little,
    terms_of,
)
from chatbot.language.terms import Analyzer
from chatbot.wording.table import wording


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer("english")


def dependence_of(message: str, language: str = "english") -> Dependence:
    return dependence(message, Analyzer(language), wording(language).hears)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("english", "What does it cost to repair a broken sail?"),
        ("english", "where do THEY moor their boats in winter"),
        ("english", "How high is the fee for the same berth next year?"),
        ("english", "and the salary of a junior one?"),
        ("english", "Who repairs these?"),
        ("german", "Was kostet seine Reparatur im nächsten Winter?"),
        ("french", "Quand ouvrent-ils leurs portes pendant les vacances ?"),
        ("spanish", "¿Cuánto cuestan sus billetes para niños pequeños?"),
        ("russian", "Сколько стоит его ремонт зимой в мастерской?"),
        ("chinese", "它的维修费用是多少钱？"),
        ("arabic", "كم تكلفة إصلاح هذه السفينة القديمة؟"),
    ],
)
def test_a_pronoun_points_at_something_named_before(language, message):
    assert dependence_of(message, language) is Dependence.CERTAIN


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
def test_a_continuation_or_a_short_message_may_lean_on_what_was_asked(message):
    assert dependence_of(message) is Dependence.POSSIBLE


@pytest.mark.parametrize(
    "message",
    [
        "Which berths in the northern harbour are free?",
        "Are there any berths left in the northern harbour?",
        "Is it true that boats longer than nine metres pay twice?",
        "Which boats that are longer than nine metres pay twice?",
        "android phones with broken screens",
        "item numbers of wooden oars",
    ],
)
def test_a_question_with_its_own_content_stands_on_its_own(message):
    assert dependence_of(message) is Dependence.NONE


@pytest.mark.parametrize("message", ["and?", "yes", "sure, but", "not so much", ""])
def test_a_message_that_neither_asks_nor_points_nor_names_asks_nothing(
    analyzer, message
):
    assert asks_nothing(message, analyzer, wording("english").hears)


@pytest.mark.parametrize(
    "message", ["when?", "and this?", "with or without?", "can you?", "sure, but oars"]
)
def test_a_message_that_does_any_of_it_may_ask(analyzer, message):
    assert not asks_nothing(message, analyzer, wording("english").hears)


def test_a_word_or_two_say_little(analyzer):
    assert says_little("What does it cost?", analyzer)
    assert not says_little("How much do large boats pay in winter?", analyzer)


def test_pairs_of_characters_count_for_half():
    assert says_little("多少钱？", Analyzer("chinese"))
    assert not says_little("北部港口的泊位冬季费用", Analyzer("chinese"))


def test_terms_are_the_nouns_of_a_question(analyzer):
    question = "What does a chief product officer earn in a start-up, or a CPO?"
    assert list(terms_of(question, analyzer, wording("english").hears)) == [
        ("chief", "product", "officer"),
        ("start", "up", "startup"),
        ("cpo",),
    ]


def test_content_words_of_earlier_questions_are_carried(analyzer):
    carried = carry("what do they pay?", ["Who are the members?"], analyzer).words
    assert carried == (("members", CARRIED_WEIGHT),)


def test_words_that_the_message_says_itself_are_not_carried(analyzer):
    earlier = ["When does the ferry leave the island?"]
    carried = carry("and the ferry back?", earlier, analyzer).words
    assert [word for word, _ in carried] == ["leave", "island"]


def test_words_fade_with_every_later_question(analyzer):
    earlier = ["Where is the lighthouse?", "Who keeps the garden?", "Is coffee sold?"]
    weights = dict(carry("and tea?", earlier, analyzer).words)
    assert weights["coffee"] == CARRIED_WEIGHT
    assert weights["garden"] == pytest.approx(CARRIED_WEIGHT * FADING)
    assert weights["lighthouse"] == pytest.approx(CARRIED_WEIGHT * FADING**2)


def test_a_word_counts_once_as_in_the_latest_question_that_has_it(analyzer):
    earlier = ["Where is the lighthouse?", "Who keeps the lighthouse?"]
    carried = carry("when?", earlier, analyzer).words
    assert carried == (("keeps", CARRIED_WEIGHT), ("lighthouse", CARRIED_WEIGHT))


def test_without_earlier_questions_nothing_is_carried(analyzer):
    assert carry("what do they pay?", [], analyzer).words == ()


def test_of_a_long_history_the_words_of_the_latest_questions_are_carried(analyzer):
    earlier = [f"old{n}" for n in range(200)] + [f"new{n}" for n in range(10)]
    carried = carry("why?", earlier, analyzer).words
    assert len(carried) == MOST_CARRIED_WORDS
    assert [word for word, _ in carried[:10]] == [f"new{n}" for n in range(9, -1, -1)]


@given(st.text(), st.lists(st.text(), max_size=5))
def test_carried_words_never_weigh_more_than_those_asked(analyzer, message, earlier):
    own = analyzer.words(message)
    for word, weight in carry(message, earlier, analyzer).words:
        assert word not in own
        assert 0 < weight <= CARRIED_WEIGHT < 1


@pytest.mark.parametrize("part", [" ", "and ", "it-", "what about "])
def test_long_messages_take_no_longer_than_their_length(analyzer, part):
    message = part * (100_000 // len(part))
    started = time.perf_counter()
    dependence_of(message)
    carry("why?", [message], analyzer)
    assert time.perf_counter() - started < 2
