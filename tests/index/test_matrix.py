"""Passages to a matrix of weights."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pytest

from chatbot.index.collected_words import CollectedWords
from chatbot.index.matrix import HEADING_WEIGHT, count_words, weigh
from chatbot.index.scratch import Scratch
from chatbot.index.search import WEIGHT_UNIT
from chatbot.index.segments import Segment
from chatbot.index.vocabulary import Vocabulary
from chatbot.index.weighting import SaturatedTfidf
from chatbot.language.terms import Analyzer

AVERAGE_LENGTH = 8.0

TEXT = """\
# Shop

## Shipping

We ship twice. We ship on Mondays.

Parcels arrive within days.

## Returns

Send parcels back to the shop.
"""


@dataclass(frozen=True)
class Written:
    """A matrix with its columns put together."""

    offsets: np.ndarray
    passages: np.ndarray
    weights: np.ndarray
    document_frequency: np.ndarray
    largest: np.ndarray


def written(segments: list[Segment], folder: Path) -> tuple[Written, Vocabulary]:
    vocabulary = CollectedWords(segments).vocabulary(["unused"])
    terms = vocabulary.segment_terms()
    size = len(vocabulary.terms)
    matrix = weigh(segments, terms, size, AVERAGE_LENGTH, Scratch(folder))
    blocks = zip(*matrix.columns(), strict=True)
    passages, weights, largest = map(np.concatenate, blocks)
    return (
        Written(
            matrix.offsets,
            passages,
            weights,
            matrix.document_frequency,
            largest,
        ),
        vocabulary,
    )


@pytest.fixture(scope="module")
def built(segment_of, tmp_path_factory) -> tuple[Written, Vocabulary]:
    files = {"a.md": TEXT, "b.txt": "Ships sail. Nothing else happens there."}
    return written([segment_of(files)], tmp_path_factory.mktemp("scratch"))


@pytest.fixture(scope="module")
def matrix(built: tuple[Written, Vocabulary]) -> Written:
    return built[0]


@pytest.fixture(scope="module")
def columns(built: tuple[Written, Vocabulary]) -> dict[str, int]:
    return {term: number for number, term in enumerate(built[1].terms)}


def dense(matrix: Written) -> np.ndarray:
    rows = np.zeros((4, len(matrix.offsets) - 1), dtype=np.float32)
    for term in range(rows.shape[1]):
        column = slice(*matrix.offsets[term : term + 2])
        rows[matrix.passages[column], term] = matrix.weights[column]
    return rows


def test_the_passages_of_each_column_ascend(matrix: Written) -> None:
    assert matrix.offsets[0] == 0
    assert matrix.offsets[-1] == len(matrix.passages) == len(matrix.weights)
    for start, end in zip(matrix.offsets, matrix.offsets[1:], strict=False):
        assert (np.diff(matrix.passages[start:end]) > 0).all()
    assert matrix.offsets.dtype == np.int64
    assert matrix.passages.dtype == np.int32
    assert matrix.weights.dtype == np.float32


def test_forms_of_a_word_are_counted_together(
    matrix: Written, columns: dict[str, int]
) -> None:
    weights = dense(matrix)[:, columns["ship"]]

    assert weights[0] > weights[1] > 0
    assert weights[2] == 0
    assert weights[3] > 0


def test_the_largest_weight_of_each_column_is_known(
    matrix: Written, columns: dict[str, int]
) -> None:
    assert matrix.largest.tolist() == dense(matrix).max(axis=0).tolist()
    assert matrix.largest.dtype == np.float32
    assert matrix.largest[columns["unus"]] == 0


def test_a_passage_is_found_by_its_headings_and_those_above_them(
    matrix: Written, columns: dict[str, int]
) -> None:
    weights = dense(matrix)[:, columns["shop"]]

    assert weights[2] > weights[0] == weights[1] > 0
    assert weights[3] == 0


def test_document_frequency_counts_passages_by_body_or_heading(
    matrix: Written, columns: dict[str, int]
) -> None:
    frequency = matrix.document_frequency

    assert frequency.tolist() == (dense(matrix) > 0).sum(axis=0).tolist()
    assert frequency[columns["ship"]] == 3
    assert frequency[columns["parcel"]] == 2
    assert frequency[columns["unus"]] == 0


def test_the_weights_of_body_and_headings_are_added(
    matrix: Written, columns: dict[str, int], analyzer: Analyzer
) -> None:
    bodies = [
        "we ship twice we ship on mondays",
        "parcels arrive within days",
        "send parcels back to the shop",
        "ships sail nothing else happens there",
    ]
    headings = ["shop shipping", "shop shipping", "shop returns", ""]

    def counts(texts: list[str]) -> np.ndarray:
        rows = np.zeros((4, len(columns)))
        for row, text in enumerate(texts):
            for word in text.split():
                rows[row, columns[analyzer.term(word)]] += 1
        return rows

    transformer = SaturatedTfidf().fit(counts(bodies) + counts(headings))
    transformer.average_length_ = AVERAGE_LENGTH
    body = transformer.transform(counts(bodies)).toarray()
    above = transformer.transform(counts(headings)).toarray()
    weights = dense(matrix) * transformer.idf_
    np.testing.assert_allclose(weights, body + HEADING_WEIGHT * above, rtol=1e-5)
    units = matrix.weights.astype(float) / WEIGHT_UNIT
    assert (units == np.round(units)).all()


def test_words_of_bodies_and_of_the_headings_above_each_are_counted(
    segment_of,
) -> None:
    assert count_words([segment_of({"a.md": TEXT})]) == 7 + 4 + 6 + 2 + 2 + 2


def test_parts_and_blocks_change_nothing(
    segment_of, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, matrix: Written
) -> None:
    monkeypatch.setattr("chatbot.index.matrix.PART_WORDS", 1)
    monkeypatch.setattr("chatbot.index.matrix.BLOCK_WEIGHTS", 2)
    files = {"a.md": TEXT, "b.txt": "Ships sail. Nothing else happens there."}
    segments = [segment_of({name: text}) for name, text in files.items()]
    cut, _ = written(segments, tmp_path)

    for field in fields(Written):
        own, whole = getattr(cut, field.name), getattr(matrix, field.name)
        assert own.tobytes() == whole.tobytes()
