"""Other ways to write what a question says."""

from __future__ import annotations

import pytest

from chatbot.answering.concepts import Concept
from chatbot.answering.question import read_question
from chatbot.index.corpus_index import CorpusIndex

TEXT = """\
Our startup rents a boathouse. Every startup pays rent.

Brain storming takes place on Mondays. The KPI is the rent.

The Harbour Sailing Club (HSC) owns a crane. Sailors repair sails. Sails dry.
"""


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"harbour.txt": TEXT})


def concepts(text: str, index: CorpusIndex) -> tuple[Concept, ...]:
    return read_question(text, index).concepts


def alternatives(concept: Concept) -> list[str]:
    return [alternative.words for alternative in concept.alternatives]


@pytest.mark.parametrize("text", ["start up", "start-up"])
def test_two_words_find_the_one_that_the_corpus_writes(index, text):
    assert "startup" in alternatives(concepts(text, index)[0])


def test_one_word_finds_the_two_that_the_corpus_writes(index):
    assert "brain storming" in alternatives(concepts("brainstorming", index)[0])


def test_words_that_do_not_stand_side_by_side_are_not_found_as_one(index):
    assert not alternatives(concepts("rentcrane", index)[0])


def test_the_plural_of_a_short_form_finds_the_singular(index):
    (plural,) = concepts("KPIs", index)
    (singular,) = concepts("KPI", index)
    assert plural.term == singular.term is not None


def test_a_long_form_finds_its_short_form_and_the_other_way_round(index):
    for concept in concepts("harbour sailing club", index):
        assert "hsc" in alternatives(concept)
    assert "harbour sailing club" in alternatives(concepts("HSC", index)[0])


def test_a_misspelt_word_is_searched_for_as_the_word_that_was_meant(index):
    (concept,) = concepts("bothouse", index)
    assert concept.corrected == "boathouse"
    assert 0.5 < concept.strength < 1


@pytest.mark.parametrize("word", ["rent", "salary", "xqzzw", "1987"])
def test_known_words_everyday_words_and_what_is_like_no_word_stay(index, word):
    assert concepts(word, index)[0].corrected == ""
