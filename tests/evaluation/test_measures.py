"""Measures: values worked out by hand, and what holds for every input."""

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.evaluation.measures import (
    answer_share,
    auroc,
    calibration_error,
    ndcg,
    share_first,
)

RELEVANCE = st.lists(st.integers(-1, 4), min_size=1, max_size=15).filter(
    lambda judged: max(judged) > 0
)
SCORED = st.lists(
    st.tuples(st.integers(0, 6).map(lambda tenth: tenth / 10), st.booleans()),
    min_size=2,
    max_size=30,
).filter(lambda sample: 0 < sum(positive for _, positive in sample) < len(sample))


def test_ndcg_discounts_gains_by_the_logarithm_of_the_rank():
    assert ndcg([0, 1], [1]) == pytest.approx(1 / log2(3))
    found = 1 + 3 / log2(3)
    ideal = 3 + 2 / log2(3) + 1 / log2(4)
    assert ndcg([1, 3, 0], [1, 2, 3]) == pytest.approx(found / ideal)


def test_ndcg_looks_at_the_first_ten_hits():
    assert ndcg([0] * 10 + [1], [1]) == 0
    assert ndcg([1] * 10, [1] * 20) == 1


def test_ndcg_of_no_hits_is_0():
    assert ndcg([], [1]) == 0


@pytest.mark.parametrize("judged", [[], [0], [-1]])
def test_ndcg_needs_something_relevant(judged):
    with pytest.raises(ValueError, match="nothing is relevant"):
        ndcg([], judged)


@given(RELEVANCE, st.randoms())
def test_ndcg_is_between_0_and_1_and_1_for_the_ideal_order(judged, random):
    hits = random.sample(judged, len(judged))
    assert 0 <= ndcg(hits, judged) <= 1 + 1e-12
    assert ndcg(sorted(judged, reverse=True), judged) == pytest.approx(1)


@given(RELEVANCE, st.randoms())
def test_ndcg_does_not_fall_when_two_neighbours_come_into_order(judged, random):
    hits = random.sample(judged, len(judged))
    at = random.randrange(len(hits))
    ordered = hits[:at] + sorted(hits[at : at + 2], reverse=True) + hits[at + 2 :]
    assert ndcg(ordered, judged) >= ndcg(hits, judged) - 1e-12


def test_the_share_first_counts_rankings_whose_first_hit_is_relevant():
    assert share_first([[2, 0], [0, 1], [], [1]]) == 0.5


def test_the_answer_share_counts_texts_that_hold_one_of_their_gold_answers():
    texts = ["It is “Ten\nDAYS”.", "Six weeks.", ""]
    gold = [["ten days", "a week"], ["ten days"], ["ten days"]]
    assert answer_share(texts, gold) == pytest.approx(1 / 3)
    assert answer_share(["It’s ‘shut’."], [["it's 'SHUT'"]]) == 1


def test_auroc_is_1_when_every_positive_is_above_every_negative():
    assert auroc([0.9, 0.8, 0.1], [True, True, False]) == 1
    assert auroc([0.1, 0.2, 0.9], [True, True, False]) == 0
    assert auroc([0.5, 0.5, 0.5], [True, True, False]) == 0.5


@pytest.mark.parametrize("positive", [[True, True], [False, False], []])
def test_auroc_needs_positives_and_negatives(positive):
    with pytest.raises(ValueError, match="at least"):
        auroc([0.5] * len(positive), positive)


@given(SCORED)
def test_auroc_is_the_share_of_pairs_in_order_ties_counting_half(sample):
    above = [score for score, positive in sample if positive]
    below = [score for score, positive in sample if not positive]
    pairs = [(a > b) + (a == b) / 2 for a in above for b in below]
    scores, positive = zip(*sample, strict=True)
    assert auroc(scores, positive) == pytest.approx(sum(pairs) / len(pairs))


def test_the_calibration_error_is_the_gap_in_each_bin_weighed_by_its_size():
    probability = [0.9, 0.9, 0.9, 0.2]
    outcome = [True, True, False, True]
    expected = 3 / 4 * (0.9 - 2 / 3) + 1 / 4 * 0.8
    assert calibration_error(probability, outcome) == pytest.approx(expected)


def test_gaps_of_one_bin_make_up_for_each_other_those_of_two_bins_do_not():
    assert calibration_error([0.5, 0.5], [True, False]) == pytest.approx(0)
    assert calibration_error([0.45, 0.55], [True, False]) == pytest.approx(0.55)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=8))
def test_a_perfectly_calibrated_sample_has_no_error(tenths):
    probability = np.repeat(np.array(tenths) / 10, 10)
    outcome = np.array([trial < tenth for tenth in tenths for trial in range(10)])
    assert calibration_error(probability, outcome) == pytest.approx(0, abs=1e-12)


@given(SCORED)
def test_the_calibration_error_is_that_of_its_definition(sample):
    probability, outcome = map(np.array, zip(*sample, strict=True))
    bin_of = np.minimum((probability * 10).astype(int), 9)
    expected = sum(
        abs(probability[bin_of == b].mean() - outcome[bin_of == b].mean())
        * np.mean(bin_of == b)
        for b in set(bin_of.tolist())
    )
    error = calibration_error(probability, outcome)
    assert error == pytest.approx(expected)
    assert 0 <= error <= 1


def test_certainty_that_comes_true_falls_into_the_last_bin():
    assert calibration_error([1.0, 0.0], [True, False]) == 0
