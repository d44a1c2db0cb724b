"""What the candidates hold of a question, by sentence, passage and heading."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.concepts import SAME_MEANING_STRENGTH, SYNONYM_CREDIT
from chatbot.answering.evidence import Evidence, divided_credit, gather
from chatbot.answering.question import read_question
from chatbot.index.corpus_index import CorpusIndex

TEXT = """\
# Orchard

## Picking apples

The ladder leans against the oldest tree. Baskets stand ready in the shade.

## Cider

The press runs in October. Its price was low. Jam is boiled in the kitchen.

The Society of Apple Growers (SAG) tastes the cider. SAG awards a medal.
"""
PICKING, CIDER, SOCIETY = range(3)


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"orchard.md": TEXT})


def gathered(text: str, index: CorpusIndex, *passages: int) -> Evidence:
    question = read_question(text, index)
    return gather(question, np.array(passages, dtype=np.intp), index)


def test_a_sentence_has_credit_for_the_words_it_holds(index):
    evidence = gathered("oldest baskets", index, PICKING)
    assert evidence.sentence_credit.tolist() == [[1, 0], [0, 1]]


def test_a_passage_has_credit_for_the_words_of_all_its_sentences(index):
    evidence = gathered("oldest baskets october", index, PICKING, CIDER)
    assert evidence.passage_credit.tolist() == [[1, 1, 0], [0, 0, 1]]


def test_a_passage_has_credit_for_the_headings_above_it_however_far(index):
    evidence = gathered("orchard apples cider", index, PICKING, CIDER)
    assert evidence.heading_credit.tolist() == [[1, 1, 0], [1, 0, 1]]
    assert evidence.passage_credit.tolist() == [[0, 0, 0], [0, 0, 0]]
    assert evidence.credit.tolist() == [[1, 1, 0], [1, 0, 1]]


def test_a_sentence_in_two_parts_has_the_credit_of_each(index):
    question = read_question("oldest ladder", index)
    evidence = gather(question, np.array([CIDER, PICKING], dtype=np.intp), index)
    ladder = int(evidence.first_sentences[1])
    credit = divided_credit(question, evidence, ladder, 2)
    assert credit.tolist() == [[0, 1], [1, 0]]


def test_the_candidates_stand_in_the_order_they_were_given(index):
    forth = gathered("october", index, PICKING, CIDER)
    back = gathered("october", index, CIDER, PICKING)
    assert forth.passage_credit.tolist() == [[0], [1]]
    assert back.passage_credit.tolist() == [[1], [0]]
    assert back.first_sentences.tolist() == [0, 3, 5]


def test_a_synonym_has_less_credit_than_the_word_itself(index):
    assert gathered("price", index, CIDER).passage_credit.max() == 1
    assert gathered("cost", index, CIDER).passage_credit.max() == SYNONYM_CREDIT


def test_a_misspelt_word_has_less_credit_than_the_word_itself(index):
    credit = gathered("kitchne", index, CIDER).passage_credit
    (concept,) = read_question("kitchne", index).concepts
    assert credit.tolist() == [[concept.strength]]
    assert 0 < concept.strength < 1


def test_an_acronym_has_credit_only_where_all_of_its_long_form_stands(index):
    evidence = gathered("sag", index, PICKING, SOCIETY)
    assert evidence.sentence_credit.ravel().tolist() == [0, 0, 1, 1]
    long_form = gathered("Society of Apple Growers", index, SOCIETY)
    assert long_form.sentence_credit[0].tolist() == [1, 1, 1, 1]
    assert long_form.sentence_credit[1].tolist() == [SAME_MEANING_STRENGTH] * 4


def test_the_words_of_the_candidates_stand_in_the_order_of_the_text(index):
    evidence = gathered("october", index, SOCIETY, PICKING)
    words = [index.word_of(term) for term in evidence.words.terms.tolist()]
    second = [
        word
        for word, sentence in zip(words, evidence.word_sentences.tolist(), strict=True)
        if sentence == 1
    ]
    assert second == ["sag", "awards", "a", "medal"]


def test_a_question_of_unknown_words_has_no_credit_anywhere(index):
    evidence = gathered("zeppelin hangar", index, PICKING, CIDER)
    assert not evidence.credit.any()
    assert not evidence.sentence_credit.any()


def test_without_candidates_there_is_no_evidence(index):
    evidence = gathered("october", index)
    assert evidence.credit.shape == (0, 1)
    assert evidence.sentence_credit.shape == (0, 1)


@given(words=st.lists(st.sampled_from(sorted(set(TEXT.split()))), max_size=8))
def test_a_passage_has_no_less_credit_than_any_of_its_sentences(index, words):
    evidence = gathered(" ".join(words), index, PICKING, CIDER, SOCIETY)
    for place in range(3):
        rows = slice(*evidence.first_sentences[place : place + 2])
        best = evidence.sentence_credit[rows].max(axis=0)
        assert (evidence.passage_credit[place] >= best).all()
    assert (evidence.credit <= 1).all()
    assert (evidence.credit >= 0).all()
