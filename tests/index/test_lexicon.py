"""The words of each language of a corpus of several."""

from __future__ import annotations

import pytest

from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.opening import open_index
from chatbot.settings import Settings

GERMAN = """\
# Der Hafen

Die Häuser am Hafen wurden alle im selben Jahr gebaut, sagen die Leute.

Das Hafen Amt Nord (HAN) prüft die Schiffe der Reederei Anna Schulze.
"""
ENGLISH = """\
# The harbour

The houses on the shore were built in the same year, people say. Mind the die.

The Harbour Ferry Trust (HFT) runs the ships of the company of Anna Schulze.

Ships are repaired on Mondays.
"""


@pytest.fixture(scope="module")
def index(new_corpus) -> CorpusIndex:
    corpus = new_corpus({"a.md": GERMAN, "b.md": ENGLISH})
    return open_index(Settings(corpus=str(corpus)))[0]


@pytest.fixture(scope="module")
def german(index: CorpusIndex) -> CorpusIndex:
    return index.in_language_of("Wer hat die Häuser gebaut?")


def test_the_language_with_the_most_passages_comes_first(index: CorpusIndex) -> None:
    assert index.languages == ["english", "german"]
    assert index.analyzer.language == "english"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who built the houses?", "english"),
        ("Wer hat die Häuser gebaut?", "german"),
        ("Was ist mit dem zeppelin?", "german"),
        ("What about the zeppelin?", "english"),
        ("Anna Schulze", "english"),
        ("zeppelin", "english"),
        ("", "english"),
    ],
)
def test_a_question_is_in_the_language_that_knows_most_of_its_words(
    index: CorpusIndex, question: str, language: str
) -> None:
    assert index.in_language_of(question).analyzer.language == language


def test_a_word_has_the_term_of_the_language_that_is_asked_in(
    index: CorpusIndex, german: CorpusIndex
) -> None:
    assert index.term_number("companies") == index.term_number("company")
    assert german.term_number("hauser") == german.term_number("haus")
    assert index.term_number("hauser") != german.term_number("hauser")
    assert german.term_number("company") is None


def test_a_word_is_found_under_its_terms_in_the_other_languages(
    index: CorpusIndex, german: CorpusIndex
) -> None:
    assert german.other_terms("company") == [index.term_number("company")]
    assert index.other_terms("hauser") == [german.term_number("haus")]
    assert german.other_terms("anna") == index.other_terms("anna") == []


def test_words_of_any_language_are_known(
    index: CorpusIndex, german: CorpusIndex
) -> None:
    for asked in (index, german):
        assert asked.is_everyday("hafen")
        assert asked.is_everyday("shore")
        assert not asked.is_everyday("zeppelin")


def test_synonyms_are_those_of_the_language_that_is_asked_in(
    index: CorpusIndex, german: CorpusIndex
) -> None:
    built, construct = (index.term_number(word) for word in ("built", "construct"))

    assert built in index.synonyms(construct)
    assert german.synonyms(construct) == []


def test_acronyms_of_every_language_are_found_by_their_terms(
    index: CorpusIndex, german: CorpusIndex
) -> None:
    assert [acronym.short for acronym in index.acronyms] == ["hft", "han"]
    long = tuple(german.term_number(word) for word in ("hafen", "amt", "nord"))

    assert index.short_forms[long] == [german.term_number("han")]
    assert german.short_forms == index.short_forms


def test_a_corpus_of_one_language_is_asked_in_it(new_corpus) -> None:
    corpus = new_corpus({"a.md": GERMAN})
    index, _ = open_index(Settings(corpus=str(corpus)))

    assert index.languages == ["german"]
    assert index.in_language_of("Who built the houses?") is index
    assert index.other_terms("houses") == []
