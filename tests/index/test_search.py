"""Weighted terms to the best passages, by the whole product and by a part of it."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from chatbot.index import levels, pruned_search
from chatbot.index.pruned_search import PrunedSearch
from chatbot.index.search import NONE, WEIGHT_UNIT, Columns, best, exhaustive_search

WEIGHTS = arrays(
    np.float32,
    st.tuples(st.integers(1, 40), st.integers(1, 8)),
    elements=st.sampled_from([0, 0, 0, 0.25, 0.5, 0.7, 1, 1.125, 3.75]),
)
UNITS = st.integers(0, 2**21).map(lambda units: units * WEIGHT_UNIT)
SCORES = arrays(
    np.float64, st.integers(0, 40), elements=st.sampled_from([-1, 0, 0.5, 1, 1, 2, 3])
)


def columns_of(
    weights: np.ndarray, common: Collection[int] = (), gone: Collection[int] = ()
) -> Columns:
    """The columns of a matrix (P, V), with the levels of these terms.

    The passages `gone` are never found.
    """
    matrix = sparse.csc_matrix(weights)
    matrix.sort_indices()
    offsets = matrix.indptr.astype(np.int64)
    passages = matrix.indices.astype(np.int32)
    held = matrix.data.astype(np.float32)
    largest = weights.max(axis=0, initial=0).astype(np.float32)
    terms = np.array([t for t in sorted(common) if largest[t]], dtype=np.int32)
    rows = levels.pack_levels(terms, offsets, passages, held, largest, len(weights))
    return Columns(
        np.arange(weights.shape[1], dtype=np.int32),
        offsets,
        passages,
        held,
        largest,
        np.concatenate(list(rows)),
        {term: row for row, term in enumerate(terms.tolist())},
        len(weights),
        np.array(sorted(gone), dtype=np.int32),
    )


@st.composite
def questions(draw: st.DrawFn, terms: int) -> dict[int, float]:
    weight = st.sampled_from([0.0, 0.25, 0.3, 1.0, 2.0])
    return draw(st.dictionaries(st.integers(0, terms - 1), weight))


@st.composite
def columns_and_questions(draw: st.DrawFn) -> tuple[Columns, dict[int, float]]:
    weights = draw(WEIGHTS)
    common = draw(st.sets(st.integers(0, weights.shape[1] - 1)))
    gone = draw(st.sets(st.integers(0, weights.shape[0] - 1)))
    columns = columns_of(weights, common, gone)
    return columns, draw(questions(weights.shape[1]))


@given(WEIGHTS, st.data())
def test_scores_equal_the_product_with_the_whole_matrix(
    weights: np.ndarray, data: st.DataObject
) -> None:
    question = data.draw(questions(weights.shape[1]))
    row = np.zeros(weights.shape[1])
    row[list(question)] = list(question.values())
    product = sparse.csr_matrix(weights, dtype=np.float64) @ row
    columns = columns_of(weights)

    scores = columns.scores(columns.weighted(question))

    assert scores.shape == (weights.shape[0],)
    np.testing.assert_allclose(scores, product, rtol=1e-12)


@given(st.lists(st.tuples(UNITS, UNITS), min_size=1, max_size=8), st.data())
def test_the_order_in_which_terms_are_added_changes_no_bit(
    products: list[tuple[float, float]], data: st.DataObject
) -> None:
    held = np.array([weight for weight, _ in products], dtype=np.float32)
    turned = data.draw(st.permutations(range(len(products))))
    sums = []
    for order in (range(len(products)), turned):
        total = 0.0
        for place in order:
            total += products[place][1] * float(held[place])
        sums.append(total)

    assert sums[0] == sums[1]


@given(columns_and_questions())
def test_a_passage_that_is_gone_has_no_score(
    asked: tuple[Columns, dict[int, float]],
) -> None:
    columns, terms = asked
    found = exhaustive_search(columns, columns.weighted(terms), columns.size)

    assert not set(found.passages.tolist()) & set(columns.gone.tolist())


def test_terms_are_added_by_what_they_can_add_and_common_ones_last() -> None:
    weights = np.array([[1, 4, 2, 9]] * 3, dtype=np.float32)
    added = columns_of(weights, common=(3,)).weighted({0: 1, 1: 0.5, 2: 3, 3: 1})
    assert added.columns.tolist() == [2, 1, 0, 3]
    assert added.most.tolist() == [6, 2, 1, 9]
    assert added.levels.tolist() == [0]


def test_a_term_without_a_column_adds_nothing() -> None:
    columns = columns_of(np.ones((2, 2), dtype=np.float32))
    columns = replace(columns, numbers=np.array([1, NONE, 0], dtype=np.int32))

    assert columns.weighted({1: 9.0, 2: 0.5}).columns.tolist() == [0]
    assert columns.passages_with(1).tolist() == []
    assert columns.passages_with(0).tolist() == [0, 1]


def test_a_question_without_known_terms_finds_nothing() -> None:
    columns = columns_of(np.ones((3, 2), dtype=np.float32))
    for search in (PrunedSearch(columns), lambda *a: exhaustive_search(columns, *a)):
        assert search(columns.weighted({}), 10).passages.tolist() == []


@given(SCORES, st.integers(1, 45))
def test_the_best_are_the_first_of_a_full_stable_sort(
    scores: np.ndarray, limit: int
) -> None:
    ranked = np.argsort(-scores, kind="stable")
    positive = [place for place in ranked.tolist() if scores[place] > 0]

    assert best(scores, limit).tolist() == positive[:limit]


@settings(max_examples=500)
@given(columns_and_questions(), st.integers(1, 45))
def test_the_pruned_search_finds_what_the_whole_product_does_to_the_last_bit(
    asked: tuple[Columns, dict[int, float]], limit: int
) -> None:
    columns, terms = asked
    question = columns.weighted(terms)

    pruned = PrunedSearch(columns)(question, limit)
    whole = exhaustive_search(columns, question, limit)

    assert pruned.passages.tobytes() == whole.passages.tobytes()
    assert pruned.scores.tobytes() == whole.scores.tobytes()


@pytest.mark.parametrize("stands_together", [None, 8, 11])
@pytest.mark.parametrize("limit", [1, 10, 100])
def test_the_pruned_search_is_exact_over_many_ranges_of_passages(
    limit: int, stands_together: int | None
) -> None:
    """Wherever the passages with a common term stand."""
    size, terms = 3 * pruned_search.RANGE_PASSAGES + 77, 12
    random = np.random.default_rng(7)
    share = np.geomspace(1e-3, 0.6, terms)
    weights = random.lognormal(size=(size, terms)) * (random.random((size, 1)) + 0.5)
    weights[random.random((size, terms)) > share] = 0
    if stands_together is not None:
        weights = weights[np.argsort(weights[:, stands_together])]
    columns = columns_of(
        np.round(weights, 1).astype(np.float32),
        (8, 9, 10, 11),
        random.choice(size, 500, replace=False).tolist(),
    )
    search = PrunedSearch(columns)

    for _ in range(60):
        chosen = random.choice(terms, size=random.integers(1, 7), replace=False)
        factors = random.choice([0.25, 1.0, 0.3], size=len(chosen))
        question = columns.weighted(
            dict(zip(chosen.tolist(), factors.tolist(), strict=True))
        )
        pruned, whole = search(question, limit), None
        whole = exhaustive_search(columns, question, limit)
        assert pruned.passages.tobytes() == whole.passages.tobytes()
        assert pruned.scores.tobytes() == whole.scores.tobytes()


def test_threads_that_search_at_the_same_time_do_not_meet() -> None:
    random = np.random.default_rng(3)
    weights = random.random((5000, 6)) * (random.random((5000, 6)) < 0.3)
    columns = columns_of(weights.astype(np.float32), (4, 5))
    search = PrunedSearch(columns)
    asked = [columns.weighted({t: 1.0, (t + 1) % 6: 0.5}) for t in range(6)] * 30
    alone = [search(question, 20).scores.tobytes() for question in asked]

    with ThreadPoolExecutor(4) as threads:
        together = threads.map(lambda q: search(q, 20).scores.tobytes(), asked)

    assert list(together) == alone
