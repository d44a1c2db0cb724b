"""The figures of a collection: what counts as found, answered, covered and right."""

from math import log2

import pytest

from chatbot.evaluation.collection import Collection, Query
from chatbot.evaluation.collection_measures import (
    Observation,
    answer_measures,
    confidence_measures,
    ranking_measures,
)
from chatbot.reply import Reply


def test_rankings_are_judged_by_the_ids_of_their_hits():
    first, second = Query("1", "?"), Query("2", "?")
    relevance = {"1": {"a": 1.0}, "2": {"b": 2.0, "c": 0.0}}
    measures = ranking_measures(
        Collection("letters", (), (first, second), relevance),
        [(first, ["a", "b"]), (second, ["c", "b"])],
    )
    assert measures.first == 0.5
    assert measures.ndcg == pytest.approx((1 + 1 / log2(3)) / 2)


def test_only_a_reply_of_kind_answer_shows_a_gold_answer():
    gold = Query("1", "?", ("nine",))
    measures = answer_measures(
        [
            (gold, Reply("answer", "It opens at NINE.", "a")),
            (gold, Reply("answer", "It closes at six o'clock.", "b")),
            (gold, Reply("not_found", "Nothing about “nine”.", "c")),
            (gold, Reply("clarify", "Nine in the morning?", "d")),
            (Query("2", "?"), Reply("answer", "Yes.", "e")),
        ],
        seconds=0.5,
    )
    assert measures.answered == pytest.approx(0.6)
    assert measures.clarified == pytest.approx(0.2)
    assert measures.with_gold == 4
    assert measures.answer_share == 0.25
    assert measures.median_words == 4
    assert measures.replies_per_second == 10


def test_without_gold_answers_or_answers_there_is_nothing_to_measure():
    asked = [(Query("1", "?"), Reply("not_found", "No.", "a"))]
    measures = answer_measures(asked, seconds=1)
    assert measures.answer_share is None
    assert measures.median_words is None


def test_confidence_is_measured_of_covered_against_off_corpus_questions():
    measures = confidence_measures(
        [
            Observation("answer", 0.95, covered=True, right=True),
            Observation("answer", 0.65, covered=True, right=False),
            Observation("clarify", 0.45, covered=True, right=True),
            Observation("not_found", 0.05, covered=True, right=False),
            Observation("answer", 0.55, covered=False, right=False),
            Observation("not_found", 0.05, covered=False, right=False),
        ]
    )
    assert (measures.covered, measures.off_corpus) == (4, 2)
    assert measures.auroc == pytest.approx((2 + 2 + 1 + 0.5) / 8)
    assert measures.covered_answered == 0.5
    assert measures.covered_clarified == 0.25
    assert measures.off_corpus_answered == 0.5
    assert measures.off_corpus_clarified == 0
    assert measures.answer_calibration_error == pytest.approx((0.05 + 0.65 + 0.55) / 3)
    assert measures.calibration_error == pytest.approx(
        (0.05 + 0.65 + 0.55 + 0.55 + 2 * 0.05) / 6
    )


def test_where_all_questions_are_covered_there_is_nothing_to_tell_apart():
    measures = confidence_measures([Observation("not_found", 0.0, True, False)])
    assert measures.auroc is None
    assert measures.covered_answered == 0
    assert measures.off_corpus_answered is None
    assert measures.answer_calibration_error is None
    assert measures.calibration_error == 0
