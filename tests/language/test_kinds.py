"""What kind of thing a question wants and which sentences hold one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import chatbot.language.kinds
from chatbot.language.kinds import Kind, kinds_of

LISTS = {
    *(f"asks for {kind.name.lower()}" for kind in Kind if kind is not Kind.YES_NO),
    "asks for definition briefly",
    "asks for yes or no",
    "number",
    "unit of time",
    "how often",
    "currency",
    "calendar",
    "hour of the clock",
    "preposition of place",
    "place",
    "gives reason",
    "gives manner",
    "gives definition",
    "points back",
}
FILES = sorted(Path(chatbot.language.kinds.__file__).parent.glob("data/*/kinds.txt"))
ENGLISH = kinds_of("english")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much does a berth cost?", Kind.MONEY),
        ("What is the fee for guests?", Kind.MONEY),
        ("how long is the ferry ride", Kind.DURATION),
        ("How often is the hull cleaned?", Kind.DURATION),
        ("HOW MANY boats are there?", Kind.COUNT),
        ("When does the season start?", Kind.TIME),
        ("Since when has the club existed?", Kind.TIME),
        ("Who repairs the mast?", Kind.PERSON),
        ("Whose boat is this?", Kind.PERSON),
        ("Where is the slipway?", Kind.PLACE),
        ("Why is the crane closed?", Kind.REASON),
        ("How do I moor a boat?", Kind.MANNER),
        ("What does “aft” mean?", Kind.DEFINITION),
        ("What is a berth?", Kind.DEFINITION),
    ],
)
def test_a_question_asks_for_a_kind_of_answer(question, kind):
    assert kind in ENGLISH.asked_for(question)


@pytest.mark.parametrize(
    "question",
    ["", "What colour is the buoy in the outer harbour?", "Tell me about whales."],
)
def test_other_questions_ask_for_no_kind(question):
    assert ENGLISH.asked_for(question) == Kind.NONE


@pytest.mark.parametrize(
    ("question", "closing"),
    [
        ("What does NRL stand for?", "stand for?"),
        ("What does a slipway mean", "mean"),
        ("What is the harbour also known as?!", "known as?!"),
        ("Is there a stand for the boat?", ""),
        ("What does it mean to sail?", ""),
        ("", ""),
    ],
)
def test_a_question_may_end_with_words_that_ask_for_a_definition(question, closing):
    assert ENGLISH.closing(question) == closing


def test_a_question_that_begins_with_a_verb_asks_for_yes_or_no():
    assert ENGLISH.asked_for("Is the slipway open?") == Kind.YES_NO
    assert ENGLISH.asked_for("Is it known where the slipway is?") != Kind.YES_NO


@pytest.mark.parametrize(
    ("question", "held", "other"),
    [
        ("How much?", "A berth costs €450.", "A berth costs a lot."),
        ("How much?", "It is 30 dollars.", "It is 30 metres."),
        ("How much?", "It is 30 €.", "It is free."),
        ("How long?", "The ride takes twenty minutes.", "The ride is pleasant."),
        ("How often?", "The hull is cleaned monthly.", "The hull is cleaned well."),
        ("How many?", "There are 64 boats.", "There are boats."),
        ("How many?", "We own seven boats.", "We own boats."),
        ("When?", "The club was founded in 1921.", "The club was founded by sailors."),
        ("When?", "The gate opens at 7:30.", "The gate opens early."),
        ("Who?", "Ask Maria Jensen at the bar.", "Ask the man at the bar."),
        ("Where?", "The slipway is in Bergen.", "The slipway is steep."),
        ("Where?", "It is on the second floor.", "It is closed."),
        ("Why?", "It is closed because of ice.", "It is closed."),
        ("How do I open it?", "It opens by lifting the bar.", "It opens at noon."),
        ("What is a pram?", "A pram is a small boat.", "The pram leaks."),
    ],
)
def test_a_sentence_holds_the_kind_that_is_asked_for(question, held, other):
    wanted = ENGLISH.asked_for(question)
    assert ENGLISH.held_in(held) & wanted
    assert not ENGLISH.held_in(other) & wanted


@pytest.mark.parametrize(
    ("language", "question", "held", "kind"),
    [
        ("german", "Wann fährt die Fähre?", "Sie fährt im Juli.", Kind.TIME),
        ("german", "Wer fährt sie?", "Es ist Anna Schulze.", Kind.PERSON),
        ("french", "Pourquoi ?", "Parce qu’il gèle.", Kind.REASON),
        ("french", "Combien coûte une place ?", "Elle coûte 12 €.", Kind.MONEY),
        ("spanish", "¿Cuántos barcos hay?", "Hay siete barcos.", Kind.COUNT),
        ("spanish", "¿Dónde está?", "Está en Sevilla.", Kind.PLACE),
    ],
)
def test_other_languages_ask_in_their_own_words(language, question, held, kind):
    kinds = kinds_of(language)
    assert kind in kinds.asked_for(question)
    assert kind in kinds.held_in(held)


def test_a_language_without_lists_holds_figures_but_asks_for_nothing():
    kinds = kinds_of("icelandic")
    assert kinds.asked_for("When? Who? Where?") == Kind.NONE
    assert kinds.held_in("1921") == Kind.TIME | Kind.COUNT
    assert kinds.held_in("€5") == Kind.MONEY | Kind.COUNT


def test_a_sentence_points_back_with_its_first_word():
    assert ENGLISH.points_back("“This is why.")
    assert not ENGLISH.points_back("The boat that sank was hers.")
    assert not ENGLISH.points_back("Thistles grow there.")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_list_of_a_language_is_one_that_is_read(path):
    lines = path.read_text("utf-8").splitlines()
    named = {line.partition(":")[0] for line in lines if line and line[0] != "#"}
    assert named <= LISTS
    assert kinds_of(path.parent.name).asked_for("") == Kind.NONE


@pytest.mark.parametrize(
    "part", ["1 ", "one ", "how much ", "Aa ", "in the ", "12:3", "mean ", "known as?"]
)
def test_long_texts_take_no_longer_than_their_length(part):
    text = part * (100_000 // len(part))
    started = time.perf_counter()
    ENGLISH.asked_for(text)
    ENGLISH.closing(text)
    ENGLISH.held_in(text)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        ("english", "It costs EUR 4.20 a day.", Kind.MONEY),
        ("english", "The hall closes at 2 p.m.", Kind.TIME),
        ("english", "It opens at 9 am.", Kind.TIME),
        ("english", "The ferry sails on Mondays.", Kind.TIME),
        ("german", "Sie fährt um 22 Uhr.", Kind.TIME),
        ("german", "Sie kostet CHF 20.", Kind.MONEY),
        ("french", "Le bac part à 8 h.", Kind.TIME),
        ("spanish", "Sale los martes.", Kind.TIME),
    ],
)
def test_hours_weekdays_and_codes_of_currencies_tell_times_and_amounts(
    language, sentence, kind
):
    assert kind in kinds_of(language).held_in(sentence)


def test_a_word_that_may_stand_for_an_hour_needs_a_figure():
    assert Kind.TIME not in ENGLISH.held_in("I am here with 20 boats.")
