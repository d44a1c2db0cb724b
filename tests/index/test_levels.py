"""Levels: upper bounds of the weights of terms that stand in many passages."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chatbot.index.levels import (
    COMMON_SHARE,
    FEWEST_PASSAGES,
    LEVELS,
    MOST_COMMON_TERMS,
    common_terms,
    pack_levels,
)


def test_terms_in_more_than_a_share_of_the_passages_are_common() -> None:
    passages = 2 * FEWEST_PASSAGES
    edge = int(passages * COMMON_SHARE)
    frequency = np.array([edge + 1, edge, passages, 0], dtype=np.int32)
    assert common_terms(frequency, passages).tolist() == [0, 2]


def test_no_term_of_a_small_corpus_is_common() -> None:
    frequency = np.array([FEWEST_PASSAGES - 1], dtype=np.int32)
    assert common_terms(frequency, FEWEST_PASSAGES - 1).tolist() == []


def test_of_many_common_terms_the_most_frequent_are_taken() -> None:
    passages = 2 * FEWEST_PASSAGES
    frequency = np.arange(passages - 200, passages, dtype=np.int32)
    taken = common_terms(frequency, passages)
    assert taken.tolist() == list(range(200 - MOST_COMMON_TERMS, 200))


@given(st.lists(st.floats(0.0625, 60, width=32), min_size=1, max_size=20))
def test_a_weight_is_never_more_than_its_level_says(weights: list[float]) -> None:
    column = np.array(weights, dtype=np.float32)
    size = 2 * len(column)
    passages = np.arange(0, size, 2, dtype=np.int32)
    offsets = np.array([0, len(column)], dtype=np.int64)
    largest = np.array([column.max()])

    (row,) = pack_levels(
        np.zeros(1, dtype=np.int32), offsets, passages, column, largest, size
    )

    unit = float(largest[0]) / LEVELS
    assert row.shape == (1, size)
    assert row[0, 1::2].max() == 0
    bounds = row[0, ::2] * unit
    assert (bounds * (1 + 1e-9) >= column).all()
    assert (bounds - column <= unit * (1 + 1e-6)).all()


def test_without_common_terms_there_is_a_block_of_no_rows() -> None:
    none = np.zeros(0, dtype=np.int32)
    empty = np.zeros(0, dtype=np.float32)
    (block,) = pack_levels(none, np.zeros(1, dtype=np.int64), none, empty, empty, 9)
    assert block.shape == (0, 9)
