"""A word of a question: what it is searched by and how much it counts."""

from __future__ import annotations

import pytest

from chatbot.answering.concepts import (
    STOP_WORD_WEIGHT,
    WEAK_WORD_WEIGHT,
    concept_of,
    rarity_of,
)
from chatbot.index.corpus_index import CorpusIndex

TEXT = "The typical kite flies high.\n\nThe wages of kite makers are paid weekly.\n"


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"kites.txt": TEXT})


def test_a_content_word_counts_whole(index):
    concept = concept_of("kite", index, 1.0)
    assert (concept.weight, concept.carries_topic) == (1, True)


def test_a_weak_word_counts_for_half(index):
    concept = concept_of("typical", index, 1.0)
    assert (concept.weight, concept.carries_topic) == (WEAK_WORD_WEIGHT, True)


def test_a_stop_word_counts_for_little_and_carries_no_topic(index):
    concept = concept_of("the", index, 1.0)
    assert (concept.weight, concept.carries_topic) == (STOP_WORD_WEIGHT, False)


def test_a_stop_word_that_the_corpus_does_not_hold_counts_for_nothing(index):
    assert concept_of("yourselves", index, 1.0).weight == 0


def test_a_word_taken_over_counts_for_less(index):
    assert concept_of("typical", index, 0.3).weight == 0.3 * WEAK_WORD_WEIGHT


def test_a_synonym_that_the_corpus_holds_stands_in_for_a_word(index):
    concept = concept_of("salary", index, 1.0)
    assert concept.term is None
    assert "wages" in [alternative.words for alternative in concept.alternatives]
    assert not concept.is_unknown


def test_a_word_without_anything_that_stands_for_it_is_unknown_and_most_rare(index):
    concept = concept_of("zeppelin", index, 1.0)
    assert concept.is_unknown
    assert concept.rarity == index.highest_rarity == rarity_of(None, (), index)


def test_a_common_word_is_less_rare_than_a_rare_one(index):
    kite, makers = (concept_of(word, index, 1.0) for word in ("kite", "makers"))
    assert kite.rarity < makers.rarity < index.highest_rarity
