"""Weighted terms to the best passages."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from chatbot.index.search import Columns, best

WEIGHTS = arrays(
    np.float32,
    st.tuples(st.integers(1, 12), st.integers(1, 8)),
    elements=st.sampled_from([0, 0, 0, 0.25, 0.5, 1, 1.125, 3.75]),
)
SCORES = arrays(
    np.float64, st.integers(0, 40), elements=st.sampled_from([-1, 0, 0.5, 1, 1, 2, 3])
)


def columns_of(weights: np.ndarray) -> Columns:
    matrix = sparse.csc_matrix(weights)
    matrix.sort_indices()
    return Columns.of(
        {
            "column_offsets": matrix.indptr.astype(np.int64),
            "column_passages": matrix.indices.astype(np.int32),
            "column_weights": matrix.data.astype(np.float32),
        },
        matrix.shape[0],
    )


@st.composite
def questions(draw: st.DrawFn, terms: int) -> dict[int, float]:
    weight = st.sampled_from([0.0, 0.25, 0.3, 1.0, 2.0])
    return draw(st.dictionaries(st.integers(0, terms - 1), weight))


@given(WEIGHTS, st.data())
def test_scores_equal_the_product_with_the_whole_matrix(
    weights: np.ndarray, data: st.DataObject
) -> None:
    question = data.draw(questions(weights.shape[1]))
    row = np.zeros(weights.shape[1])
    row[list(question)] = list(question.values())
    product = sparse.csr_matrix(weights, dtype=np.float64) @ row

    scores = columns_of(weights).scores(question)

    assert scores.shape == (weights.shape[0],)
    np.testing.assert_allclose(scores, product, rtol=1e-6)


@given(st.permutations([(0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0)]))
def test_the_order_of_the_questions_terms_changes_no_bit(
    pairs: list[tuple[int, float]],
) -> None:
    question, turned = dict(pairs), dict(reversed(pairs))
    columns = columns_of(np.array([[5e15, 0.4, 0.4, 0.4]], dtype=np.float32))

    assert columns.scores(question).tobytes() == columns.scores(turned).tobytes()


@given(WEIGHTS, st.data())
def test_the_weights_in_a_passage_are_its_row(
    weights: np.ndarray, data: st.DataObject
) -> None:
    term = st.integers(0, weights.shape[1] - 1)
    terms = np.array(data.draw(st.lists(term)), dtype=np.int32)
    columns = columns_of(weights)

    for passage in range(weights.shape[0]):
        found = columns.weights_in(passage, terms)
        assert found.tolist() == weights[passage, terms].tolist()


def test_a_question_without_known_terms_scores_nothing() -> None:
    assert columns_of(np.ones((3, 2), dtype=np.float32)).scores({}).tolist() == [0] * 3


@given(SCORES, st.integers(1, 45))
def test_the_best_are_the_first_of_a_full_stable_sort(
    scores: np.ndarray, limit: int
) -> None:
    ranked = np.argsort(-scores, kind="stable")
    positive = [place for place in ranked.tolist() if scores[place] > 0]

    assert best(scores, limit).tolist() == positive[:limit]
