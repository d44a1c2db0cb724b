"""What speaks for a candidate: each feature, worked out for all of them."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.answering import features
from chatbot.answering.evidence import Evidence, gather
from chatbot.answering.question import Question, read_question
from chatbot.index.corpus_index import CorpusIndex

TEXT = """\
# Bakery

The oven is lit at three, long before the first customer comes.

Rye bread rests for a day. Then it is cut. In the window it looks best.

Customers who bring a bread bag of their own pay less for rye rolls.

The window faces the market, and the market faces the window of the town hall.

# Deliveries to hotels

A cargo bicycle brings rolls to every hotel before breakfast. It has three wheels.

Hotels order the evening before; the bicycle of the bakery cannot turn back.
"""
OVEN, RYE, CUSTOMERS, WINDOW, CARGO, HOTELS = range(6)


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"bakery.md": TEXT})


def gathered(text: str, index: CorpusIndex) -> tuple[Question, Evidence]:
    question = read_question(text, index)
    return question, gather(question, np.arange(len(index)), index)


def test_coverage_is_the_share_of_the_question_that_a_passage_holds(index):
    question, evidence = gathered("oven customer zeppelin", index)
    held = features.coverage(question, evidence)
    assert held[OVEN] == pytest.approx(question.importance[:2].sum())
    assert held[CARGO] == 0


def test_words_apart_are_worth_less_than_words_in_neighbouring_sentences(index):
    question, evidence = gathered("rye cut window", index)
    window = features.window_coverage(question, evidence, evidence.with_headings())
    assert features.coverage(question, evidence)[RYE] == 1
    assert 0 < window[RYE] < 1


def test_a_window_does_not_reach_into_the_next_passage(index):
    question, evidence = gathered("window bread bag", index)
    window = features.window_coverage(question, evidence, evidence.with_headings())
    assert window[RYE] < window[CUSTOMERS]


def test_what_the_headings_hold_counts_in_every_window(index):
    question, evidence = gathered("deliveries cargo", index)
    window = features.window_coverage(question, evidence, evidence.with_headings())
    assert window[CARGO] == pytest.approx(1)
    assert 0 < window[HOTELS] < 1


def test_words_next_to_each_other_count_where_they_are_so_again(index):
    question, evidence = gathered("rye bread", index)
    pairs = features.shared_pairs(question, evidence, index)
    assert pairs[RYE] == 1
    assert pairs[CUSTOMERS] == 0


def test_words_are_not_next_to_each_other_across_two_sentences(index):
    question, evidence = gathered("day then", index)
    assert not features.shared_pairs(question, evidence, index).any()


def test_pairs_with_a_word_that_the_corpus_does_not_hold_are_held_nowhere(index):
    question, evidence = gathered("rye bread zeppelin", index)
    assert 0 < features.shared_pairs(question, evidence, index)[RYE] < 0.5


def test_a_sentence_with_the_kind_of_thing_asked_for_covers_the_question(index):
    question, evidence = gathered("How many wheels?", index)
    covered = evidence.with_headings()
    held = features.kind_coverage(question, evidence, covered, index)
    assert held[CARGO] > 0
    assert held[WINDOW] == 0


def test_a_question_for_no_kind_of_thing_finds_none(index):
    question, evidence = gathered("wheels", index)
    covered = evidence.with_headings()
    assert not features.kind_coverage(question, evidence, covered, index).any()


def test_a_heading_that_says_the_question_and_no_more_is_the_same(index):
    question, evidence = gathered("deliveries to hotels", index)
    shares = features.mutual_share(question, evidence, index)
    assert shares[HOTELS] == pytest.approx(1)
    assert shares[OVEN] == 0


def test_a_heading_that_says_more_or_less_than_the_question_is_less_the_same(index):
    for text in ("deliveries", "deliveries to hotels zeppelin"):
        question, evidence = gathered(text, index)
        assert 0 < features.mutual_share(question, evidence, index)[HOTELS] < 0.9


def test_a_candidate_has_the_support_of_the_best_in_its_section(index):
    _, evidence = gathered("rolls", index)
    support = features.section_support(np.linspace(0, 1, len(index)), evidence)
    assert support[OVEN] == support[WINDOW] == pytest.approx(3 / 5)
    assert support[CARGO] == support[HOTELS] == 1


def test_a_candidate_without_a_heading_supports_no_other(open_corpus):
    index = open_corpus({"a.txt": "Rye is cut here.\n\nRye is sold there.\n"})
    _, evidence = gathered("rye", index)
    support = features.section_support(np.array([0.2, 0.8]), evidence)
    assert support.tolist() == [0.2, 0.8]


def test_feedback_finds_what_shares_other_words_with_the_best(index):
    question, evidence = gathered("oven", index)
    preliminary = np.zeros(len(index))
    preliminary[HOTELS] = 1.0
    found = features.feedback(preliminary, evidence, index)
    assert found[HOTELS] == 1
    assert found[CARGO] > found[WINDOW] == 0
    assert question.names_topic


def test_feedback_leaves_out_what_was_asked_for(index):
    _, evidence = gathered("bicycle hotel before order evening bakery turn back", index)
    preliminary = np.zeros(len(index))
    preliminary[HOTELS] = 1.0
    assert not features.feedback(preliminary, evidence, index).any()


def test_relative_values_are_shares_of_the_largest():
    assert features.relative(np.array([1.0, 4.0])).tolist() == [0.25, 1]
    assert features.relative(np.zeros(2)).tolist() == [0, 0]
