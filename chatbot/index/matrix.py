"""Segments to a matrix of weights: one weight per term and passage, as columns.

The rows are the passages, the columns the terms. A term of the headings that a passage
stands under counts as well, with a weight of its own. The weights of a few thousand
passages at a time are in memory; the others wait on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from chatbot.index.ranges import spread
from chatbot.index.scratch import Scratch
from chatbot.index.segments import Segment
from chatbot.index.vocabulary import Vocabulary
from chatbot.index.weighting import SaturatedTfidf

HEADING_WEIGHT = 1.0

PART_PASSAGES = 1 << 15
"""So many passages are counted and weighed at a time."""

BLOCK_WEIGHTS = 1 << 22
"""Columns are put together so many weights at a time, whole columns always."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Weights by column, V terms over P passages.

    `offsets`: int64 (V + 1,); column t is the slice offsets[t]:offsets[t + 1] of its
    passages, ascending, and of their weights. `idf`: float64 (V,).
    `document_frequency`: int32 (V,), passages that hold a term. `largest`: float32
    (V,), the largest weight in each column, 0 in an empty one. `parts` hold the weights
    of some passages each, in order.
    """

    offsets: NDArray[np.int64]
    idf: NDArray[np.float64]
    document_frequency: NDArray[np.int32]
    largest: NDArray[np.float32]
    parts: tuple[_Part, ...]

    def columns(self) -> Iterator[tuple[NDArray[np.int32], NDArray[np.float32]]]:
        """The passages and weights of all columns, int32 and float32, in blocks."""
        terms, start = len(self.idf), 0
        while start < terms:
            most = self.offsets[start] + BLOCK_WEIGHTS
            end = int(np.searchsorted(self.offsets, most, side="right")) - 1
            end = min(max(end, start + 1), terms)
            columns = [part.columns(start, end) for part in self.parts]
            owners = np.concatenate([terms for terms, _, _ in columns])
            order = np.argsort(owners, kind="stable")
            passages = np.concatenate([passages for _, passages, _ in columns])
            weights = np.concatenate([weights for _, _, weights in columns])
            yield passages[order], weights[order]
            start = end


@dataclass(frozen=True, slots=True)
class _Part:
    """The weights of some passages by column; `offsets`: int64 (V + 1,)."""

    offsets: NDArray[np.int64]
    passages: NDArray[np.int32]
    weights: NDArray[np.float32]

    def columns(
        self, start: int, end: int
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
        """Terms, passages and weights of the columns start:end, one for each weight."""
        own = slice(self.offsets[start], self.offsets[end])
        sizes = np.diff(self.offsets[start : end + 1])
        terms = np.repeat(np.arange(start, end, dtype=np.int32), sizes)
        return terms, self.passages[own], self.weights[own]

    def raise_largest(self, largest: NDArray[np.float32]) -> None:
        """Raise the largest weights (V,) to those of these columns."""
        held = np.flatnonzero(np.diff(self.offsets))
        if len(held):
            own = np.maximum.reduceat(self.weights, self.offsets[held])
            largest[held] = np.maximum(largest[held], own)


def weigh(
    segments: Sequence[Segment], vocabulary: Vocabulary, scratch: Scratch
) -> Matrix:
    """Weigh every term of every passage; counts and weights wait in `scratch`."""
    transformer = SaturatedTfidf()
    counted = []
    for segment, numbers in zip(segments, vocabulary.numbers, strict=True):
        terms = np.append(vocabulary.word_terms, 0)[numbers]
        for bodies, headings in _counts(segment, terms, len(vocabulary.terms)):
            transformer.partial_fit(bodies + headings)
            counted.append((scratch.put_rows(bodies), scratch.put_rows(headings)))
    parts = []
    largest = np.zeros(len(vocabulary.terms), dtype=np.float32)
    first = 0
    for bodies, headings in counted:
        above = HEADING_WEIGHT * transformer.transform(headings)
        columns = sparse.csc_matrix(transformer.transform(bodies) + above)
        columns.sort_indices()
        parts.append(
            _Part(
                scratch.put(columns.indptr.astype(np.int64)),
                scratch.put((columns.indices + first).astype(np.int32)),
                scratch.put(columns.data.astype(np.float32)),
            )
        )
        parts[-1].raise_largest(largest)
        first += bodies.shape[0]
    offsets = np.asarray(sum(part.offsets for part in parts))
    frequency = np.diff(offsets).astype(np.int32)
    return Matrix(offsets, transformer.idf_, frequency, largest, tuple(parts))


def _counts(
    segment: Segment, terms: NDArray[np.int32], size: int
) -> Iterator[tuple[sparse.csr_matrix, sparse.csr_matrix]]:
    """How often each of `size` terms is in each passage and in the headings above it.

    `terms` are those of the segment's words. A pair of matrices of the same shape for
    some passages at a time.
    """
    names = (
        "passage_sentence_offsets",
        "sentence_word_offsets",
        "sentence_words",
        "passage_headings",
        "heading_parents",
        "heading_word_offsets",
        "heading_words",
    )
    sentences, words, found, innermost, parents, bounds, above = (
        segment.arrays[name] for name in names
    )
    rows = segment.rows["passages"]
    for start in range(rows.start, rows.stop, PART_PASSAGES):
        end = min(start + PART_PASSAGES, rows.stop)
        ends = words[sentences[start : end + 1]]
        own = terms[found[ends[0] : ends[-1]]]
        passages, headings = _heading_paths(innermost[start:end], parents)
        places, firsts = spread(bounds[headings], bounds[headings + 1])
        lengths = np.bincount(passages, np.diff(firsts), minlength=end - start)
        yield (
            _rows(own, ends - ends[0], size),
            _rows(terms[above[places]], np.cumsum([0, *lengths]), size),
        )


def _heading_paths(
    innermost: NDArray[np.int32], parents: NDArray[np.int32]
) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """Each passage and each heading that it stands under, by passage; shapes (N,)."""
    passages, headings = [], []
    below, level = np.arange(len(innermost)), innermost
    while len(below):
        has_heading = level >= 0
        below, level = below[has_heading], level[has_heading]
        passages.append(below)
        headings.append(level)
        level = parents[level]
    all_passages = np.concatenate([np.zeros(0, dtype=np.intp), *passages])
    order = np.argsort(all_passages, kind="stable")
    all_headings = np.concatenate([np.zeros(0, dtype=np.int32), *headings])
    return all_passages[order], all_headings[order]


def _rows(
    terms: NDArray[np.int32], offsets: NDArray[Any], size: int
) -> sparse.csr_matrix:
    """Counts of terms, a row for each stretch of `terms` between two offsets."""
    shape = (len(offsets) - 1, size)
    ones = np.ones(len(terms), dtype=np.int32)
    rows = sparse.csr_matrix((ones, terms, offsets.astype(np.int32)), shape=shape)
    rows.sum_duplicates()
    return rows
