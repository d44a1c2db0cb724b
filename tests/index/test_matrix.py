"""Passages to a matrix of weights."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.index.analysis import AnalysedDocument
from chatbot.index.matrix import HEADING_WEIGHT, Matrix, weigh
from chatbot.index.weighting import SaturatedTfidf
from chatbot.language.terms import Analyzer

TEXT = """\
# Shop

## Shipping

We ship twice. We ship on Mondays.

Parcels arrive within days.

## Returns

Send parcels back to the shop.
"""


@pytest.fixture(scope="module")
def documents(analysed) -> list[AnalysedDocument]:
    return analysed({"a.md": TEXT, "b.txt": "Ships sail. Nothing else happens there."})


@pytest.fixture(scope="module")
def columns(documents: list[AnalysedDocument], analyzer: Analyzer) -> dict[str, int]:
    words = {
        word
        for entry in documents
        for found in (*entry.sentence_words, *entry.heading_words)
        for word in found
    }
    terms = {analyzer.term(word) for word in words} | {"unused"}
    return {term: number for number, term in enumerate(sorted(terms))}


@pytest.fixture(scope="module")
def matrix(
    documents: list[AnalysedDocument], columns: dict[str, int], analyzer: Analyzer
) -> Matrix:
    class Terms(dict[str, str]):
        def __missing__(self, word: str) -> str:
            return analyzer.term(word)

    return weigh(documents, {"english": Terms()}, columns)


def dense(matrix: Matrix) -> np.ndarray:
    rows = np.zeros((4, len(matrix.offsets) - 1), dtype=np.float32)
    for term in range(rows.shape[1]):
        column = slice(*matrix.offsets[term : term + 2])
        rows[matrix.passages[column], term] = matrix.weights[column]
    return rows


def test_the_passages_of_each_column_ascend(matrix: Matrix) -> None:
    assert matrix.offsets[0] == 0
    assert matrix.offsets[-1] == len(matrix.passages) == len(matrix.weights)
    for start, end in zip(matrix.offsets, matrix.offsets[1:], strict=False):
        assert (np.diff(matrix.passages[start:end]) > 0).all()
    assert matrix.offsets.dtype == np.int64
    assert matrix.passages.dtype == np.int32
    assert matrix.weights.dtype == np.float32


def test_forms_of_a_word_are_counted_together(
    matrix: Matrix, columns: dict[str, int]
) -> None:
    weights = dense(matrix)[:, columns["ship"]]

    assert weights[0] > weights[1] > 0
    assert weights[2] == 0
    assert weights[3] > 0


def test_a_passage_is_found_by_its_headings_and_those_above_them(
    matrix: Matrix, columns: dict[str, int]
) -> None:
    weights = dense(matrix)[:, columns["shop"]]

    assert weights[2] > weights[0] == weights[1] > 0
    assert weights[3] == 0


def test_document_frequency_counts_passages_by_body_or_heading(
    matrix: Matrix, columns: dict[str, int]
) -> None:
    frequency = matrix.document_frequency

    assert frequency.tolist() == (dense(matrix) > 0).sum(axis=0).tolist()
    assert frequency[columns["ship"]] == 3
    assert frequency[columns["parcel"]] == 2
    assert frequency[columns["unused"]] == 0


def test_the_weights_of_body_and_headings_are_added(
    matrix: Matrix, columns: dict[str, int], analyzer: Analyzer
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
    body = transformer.transform(counts(bodies)).toarray()
    above = transformer.transform(counts(headings)).toarray()
    np.testing.assert_allclose(dense(matrix), body + HEADING_WEIGHT * above, rtol=1e-6)
    assert matrix.idf.tolist() == transformer.idf_.tolist()
