"""Counts to weights."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator

from chatbot.index.weighting import SaturatedTfidf

CELLS = st.integers(0, 4)
SHAPES = st.tuples(st.integers(1, 6), st.integers(1, 6))
COUNTS = arrays(np.int64, SHAPES, elements=CELLS)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
def test_it_is_an_estimator_as_scikit_learn_defines_one() -> None:
    check_estimator(SaturatedTfidf())


def test_weights_follow_the_formula() -> None:
    counts = np.array([[2, 1, 0], [0, 1, 0], [0, 2, 3], [0, 1, 0]])
    transformer = SaturatedTfidf().fit(counts)
    weights = transformer.transform(counts).toarray()

    idf = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    mean_length = 10 / 4
    norm = 1.2 * (1 - 0.75 + 0.75 * 3 / mean_length)
    assert transformer.average_length_ == mean_length
    assert transformer.idf_[0] == pytest.approx(idf)
    assert weights[0, 0] == pytest.approx(idf * 2 * 2.2 / (2 + norm))
    assert weights[1, 1] == pytest.approx(
        math.log(1 + 0.5 / 4.5) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / mean_length))
    )


def test_texts_that_were_not_learnt_from_are_weighed_by_what_was_learnt() -> None:
    transformer = SaturatedTfidf(k1=1.0, b=0.0).fit([[1, 0], [1, 1]])

    assert transformer.transform([[0, 3]]).toarray() == pytest.approx(
        np.array([[0, math.log(1 + 1.5 / 1.5) * 3 * 2 / (3 + 1)]])
    )


def test_without_saturation_parameter_a_second_occurrence_adds_nothing() -> None:
    weights = SaturatedTfidf(k1=0.0).fit_transform([[1, 0], [5, 1]]).toarray()

    assert weights[0, 0] == weights[1, 0]


def test_rows_stay_sparse_and_zeros_are_not_stored() -> None:
    counts = sparse.csr_matrix(
        (np.array([1.0, 0.0, 2.0]), np.array([0, 1, 1]), np.array([0, 2, 3])), (2, 3)
    )
    given_data = counts.data.copy()
    weights = SaturatedTfidf().fit_transform(counts)

    assert sparse.issparse(weights)
    assert weights.nnz == 2
    assert counts.data == pytest.approx(given_data)


def test_it_follows_a_count_vectorizer_in_a_pipeline() -> None:
    pipeline = make_pipeline(CountVectorizer(), SaturatedTfidf())
    weights = pipeline.fit_transform(["tea and coffee", "tea", "water and tea"])
    column = pipeline[0].vocabulary_

    assert weights[0, column["coffee"]] > weights[0, column["and"]]
    assert weights[0, column["and"]] > weights[0, column["tea"]] > 0
    assert weights[1, column["tea"]] > weights[0, column["tea"]]


def test_texts_without_words_weigh_nothing() -> None:
    assert SaturatedTfidf().fit_transform(np.zeros((2, 3))).nnz == 0


@pytest.mark.parametrize("counts", [[[1.0, -1.0]], [[np.nan, 1.0]]])
def test_counts_that_are_none_are_refused(counts: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"Negative|NaN"):
        SaturatedTfidf().fit(counts)


@given(COUNTS, st.floats(0, 3), st.floats(0, 1))
def test_a_weight_is_positive_where_a_term_occurs_and_below_its_bound(
    counts: np.ndarray, k1: float, b: float
) -> None:
    transformer = SaturatedTfidf(k1, b)
    weights = transformer.fit_transform(counts).toarray()

    assert ((weights > 0) == (counts > 0)).all()
    assert (weights <= transformer.idf_ * (k1 + 1) * (1 + 1e-12)).all()


@given(COUNTS)
def test_dense_and_sparse_counts_weigh_the_same(counts: np.ndarray) -> None:
    dense = SaturatedTfidf().fit_transform(counts)
    compressed = SaturatedTfidf().fit_transform(sparse.csc_array(counts))

    assert (dense != compressed).nnz == 0


@given(arrays(np.int64, st.tuples(st.integers(1, 6), st.just(2)), elements=CELLS))
def test_of_two_texts_of_one_length_the_one_with_more_of_a_term_weighs_more(
    counts: np.ndarray,
) -> None:
    fewer, more = SaturatedTfidf().fit(counts).transform([[1, 3], [2, 2]]).toarray()

    assert fewer[0] < more[0]
    assert fewer[1] > more[1]
