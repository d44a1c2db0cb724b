"""Passages to a matrix of weights: one weight per term and passage, as columns.

The rows are the passages, the columns the terms. A term of the headings that a passage
stands under counts as well, with a weight of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import add

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.pipeline import make_pipeline

from chatbot.index.analysis import AnalysedDocument
from chatbot.index.weighting import SaturatedTfidf

HEADING_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Weights by column, V terms over P passages.

    `offsets`: int64 (V + 1,); `passages`: int32 and `weights`: float32, one per stored
    weight; column t is the slice offsets[t]:offsets[t + 1], its passages ascending.
    `idf`: float64 (V,). `document_frequency`: int32 (V,), passages that hold a term.
    """

    offsets: NDArray[np.int64]
    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    idf: NDArray[np.float64]
    document_frequency: NDArray[np.int32]


def weigh(
    analysed: Sequence[AnalysedDocument],
    term_of: Mapping[str, Mapping[str, str]],
    vocabulary: Mapping[str, int],
) -> Matrix:
    """Weigh every term of every passage.

    `term_of` gives, by language, each word's term and `vocabulary` each term's column.
    """
    bodies, headings = _fields(analysed, term_of)
    pipeline = make_pipeline(
        CountVectorizer(analyzer=tuple, vocabulary=vocabulary, dtype=np.float64),
        SaturatedTfidf(),
    )
    pipeline.fit(list(map(add, bodies, headings)))
    weights = pipeline.transform(bodies) + HEADING_WEIGHT * pipeline.transform(headings)
    columns = sparse.csc_matrix(weights)
    columns.sort_indices()
    return Matrix(
        offsets=columns.indptr.astype(np.int64),
        passages=columns.indices.astype(np.int32),
        weights=columns.data.astype(np.float32),
        idf=pipeline[-1].idf_,
        document_frequency=np.diff(columns.indptr).astype(np.int32),
    )


def _fields(
    analysed: Sequence[AnalysedDocument], term_of: Mapping[str, Mapping[str, str]]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The terms of each passage and those of the headings it stands under."""
    bodies, headings = [], []
    for entry in analysed:
        term = term_of[entry.document.language]
        words_of = dict(zip(entry.document.headings, entry.heading_words, strict=True))
        sentences = iter(entry.sentence_words)
        for passage in entry.document.passages:
            own = [next(sentences) for _ in passage.sentences]
            bodies.append(tuple(term[word] for sentence in own for word in sentence))
            above = (words_of[heading] for heading in passage.headings)
            headings.append(tuple(term[word] for heading in above for word in heading))
    return bodies, headings
