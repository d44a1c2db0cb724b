"""Segments to a matrix of weights: one weight per term and passage, as columns.

The rows are the passages, the columns the terms. A term of the headings that a passage
stands under counts as well, with a weight of its own: a passage's weight of a term is

    saturated tf in its body + HEADING_WEIGHT · saturated tf in its headings

rounded to a multiple of `search.WEIGHT_UNIT`. The idf comes to it when a question is
asked.

Some thousand passages at a time are in memory; the others wait on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, starmap
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.index.ranges import run_bounds, spread
from chatbot.index.saturation import saturated_frequency
from chatbot.index.scratch import AsideArray, Scratch
from chatbot.index.search import WEIGHT_UNIT
from chatbot.index.segments import Segment

HEADING_WEIGHT = 1.0

PART_WORDS = 1 << 20
"""Passages of about so many words are counted at a time, one at least."""

BLOCK_WEIGHTS = 1 << 21
"""Columns are put together so many weights at a time, whole columns always."""


class Columns(NamedTuple):
    """Some columns on end: their passages and weights, int32 and float32 (N,).

    The passages of a column ascend. `largest`: float32, the largest weight of each
    column, 0 in an empty one.
    """

    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    largest: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Weights by column, V terms over P passages.

    `offsets`: int64 (V + 1,); column t is the slice offsets[t]:offsets[t + 1] of its
    passages and of their weights. `document_frequency`: int32 (V,), passages that hold
    a term. `parts` hold the frequencies in some passages each, in order.
    """

    offsets: NDArray[np.int64]
    document_frequency: NDArray[np.int32]
    parts: tuple[_Part, ...]

    def columns(self) -> Iterator[Columns]:
        """All columns, in blocks, of which there is one at least."""
        start, terms = 0, len(self.document_frequency)
        is_left = True
        while is_left:
            most = self.offsets[start] + BLOCK_WEIGHTS
            end = int(np.searchsorted(self.offsets, most, side="right")) - 1
            end = min(max(end, start + 1), terms)
            yield self._block(start, end)
            start, is_left = end, end < terms

    def _block(self, start: int, end: int) -> Columns:
        """The columns start:end."""
        bounds = self.offsets[start : end + 1] - self.offsets[start]
        passages = np.empty(bounds[-1], dtype=np.int32)
        saturated = np.empty(bounds[-1], dtype=np.float64)
        free = bounds[:-1]
        for part in self.parts:
            own = part.offsets[start : end + 1].astype(np.int64)
            rows = slice(own[0], own[-1])
            counts = np.diff(own)
            # What the part has of a column goes behind what the parts before it have.
            places = np.arange(rows.stop - rows.start)
            places += np.repeat(free - (own[:-1] - own[0]), counts)
            passages[places] = part.passages[rows]
            saturated[places] = part.saturated[rows]
            free = free + counts
        units = np.round(saturated / WEIGHT_UNIT)
        weights = (units * WEIGHT_UNIT).astype(np.float32)
        largest = np.zeros(end - start, dtype=np.float32)
        held = np.flatnonzero(np.diff(bounds))
        if len(held):
            largest[held] = np.maximum.reduceat(weights, bounds[held])
        return Columns(passages, weights, largest)


class _Part(NamedTuple):
    """Saturated frequencies in some passages, put aside by column.

    `offsets`: int32 (V + 1,); those of column t are the slice offsets[t]:offsets[t + 1]
    of `passages`, int32, and of `saturated`, float64.
    """

    offsets: AsideArray
    passages: AsideArray
    saturated: AsideArray


def count_words(segments: Iterable[Segment]) -> int:
    """The words of all passages, those of the headings above each included."""
    return sum(
        len(segment.rows["sentence_words"]) + int(_Headings.of(segment).lengths.sum())
        for segment in segments
    )


def weigh(
    segments: Iterable[Segment],
    terms: Iterable[NDArray[np.int32]],
    size: int,
    average_length: float,
    scratch: Scratch,
) -> Matrix:
    """Weigh every term of every passage; what is counted waits in `scratch`.

    `terms` has, for each segment, the term of each of its own words; there are `size`.
    The passages are numbered from 0.
    """
    parts: list[_Part] = []
    first = 0
    pairs = zip(segments, terms, strict=True)
    for texts in _together(chain.from_iterable(starmap(_texts, pairs))):
        own, held, saturated = _counted(texts, average_length, first, size)
        parts.append(_Part(scratch.put(own), scratch.put(held), scratch.put(saturated)))
        first += len(texts.lengths)
    offsets = np.zeros(size + 1, dtype=np.int64)
    for part in parts:
        offsets += part.offsets[:]
    frequency = np.diff(offsets).astype(np.int32)
    return Matrix(offsets, frequency, tuple(parts))


class _Texts(NamedTuple):
    """The terms of some passages and of the headings above them, all on end.

    `lengths` and `lengths_above` are the numbers of each passage's, (N,).
    """

    terms: NDArray[np.int32]
    lengths: NDArray[np.int64]
    terms_above: NDArray[np.int32]
    lengths_above: NDArray[np.int64]


def _together(several: Iterator[_Texts]) -> Iterator[_Texts]:
    """The same passages, those of short segments together: each part takes its time."""
    waiting: list[_Texts] = []
    words = 0
    for texts in several:
        waiting.append(texts)
        words += len(texts.terms)
        if words >= PART_WORDS:
            yield _Texts(*map(np.concatenate, zip(*waiting, strict=True)))
            waiting, words = [], 0
    if waiting:
        yield _Texts(*map(np.concatenate, zip(*waiting, strict=True)))


@dataclass(frozen=True, slots=True)
class _Headings:
    """The headings above the passages of a segment.

    `passages` and `headings` have a row for each passage and heading above it, by
    passage; `lengths` are the numbers of words above each passage.
    """

    passages: NDArray[np.intp]
    headings: NDArray[np.int32]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, segment: Segment) -> _Headings:
        rows = segment.rows["passages"]
        innermost = segment.arrays["passage_headings"][rows.start : rows.stop]
        parents = segment.arrays["heading_parents"]
        passages, headings = _heading_paths(innermost, parents)
        words = np.diff(segment.arrays["heading_word_offsets"])[headings]
        lengths = np.bincount(passages, words, minlength=len(rows)).astype(np.int64)
        return cls(passages, headings, lengths)


def _texts(segment: Segment, terms: NDArray[np.int32]) -> Iterator[_Texts]:
    """The terms of the segment's passages, of some at a time.

    `terms` are those of the segment's words.
    """
    names = ("passage_sentence_offsets", "sentence_word_offsets", "sentence_words")
    sentences, words, found = (segment.arrays[name] for name in names)
    bounds, heading_words = (
        segment.arrays[name] for name in ("heading_word_offsets", "heading_words")
    )
    above = _Headings.of(segment)
    rows = segment.rows["passages"]
    ends = words[sentences[rows.start : rows.stop + 1]]
    start = 0
    while start < len(rows):
        end = int(np.searchsorted(ends, ends[start] + PART_WORDS, side="right")) - 1
        end = min(max(end, start + 1), len(rows))
        paths = slice(*np.searchsorted(above.passages, [start, end]).tolist())
        headings = above.headings[paths]
        places, _ = spread(bounds[headings], bounds[headings + 1])
        yield _Texts(
            terms[found[ends[start] : ends[end]]],
            np.diff(ends[start : end + 1]),
            terms[heading_words[places]],
            above.lengths[start:end],
        )
        start = end


def _counted(
    texts: _Texts, average_length: float, first: int, size: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """The arrays of a part.

    There are `size` terms; `first` is the number of the first passage.
    """
    several = len(texts.lengths)
    keys = np.concatenate(
        [
            2 * _cells(texts.terms, texts.lengths),
            2 * _cells(texts.terms_above, texts.lengths_above) + 1,
        ]
    )
    keys.sort()
    runs = run_bounds(keys)
    cells, is_above = keys[runs[:-1]] >> 1, keys[runs[:-1]] & 1
    lengths = np.stack([texts.lengths, texts.lengths_above])
    saturated = saturated_frequency(
        np.diff(runs), lengths[is_above, cells % several], average_length
    )
    saturated *= np.array([1.0, HEADING_WEIGHT])[is_above]
    starts = run_bounds(cells)[:-1]
    terms, passages = np.divmod(cells[starts], several)
    offsets = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(terms, minlength=size), out=offsets[1:])
    summed = np.add.reduceat(saturated, starts) if len(starts) else saturated
    return offsets, (passages + first).astype(np.int32), summed


def _cells(terms: NDArray[np.int32], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each term's cell of the matrix, ascending with the term."""
    passages = np.repeat(np.arange(len(lengths)), lengths)
    return terms.astype(np.int64) * len(lengths) + passages


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
