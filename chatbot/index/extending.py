"""A few changed documents to a generation that goes on with the one before.

What is by document, passage or sentence is written behind what there is; the columns of
the last whole build stay as they are, and those of the passages that came since are
written anew beside them. Only what is by word or term is written anew as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.building import vocabulary_arrays
from chatbot.index.generation_writer import GenerationWriter
from chatbot.index.grams import WordChanges, extend_grams
from chatbot.index.matrix import count_words, weigh
from chatbot.index.merging import is_offsets, merged
from chatbot.index.ranges import runs
from chatbot.index.saturation import rounded_mean
from chatbot.index.scratch import Scratch
from chatbot.index.search import NONE
from chatbot.index.segments import Segment
from chatbot.index.statistics import Statistics
from chatbot.index.string_table import opened_table
from chatbot.index.vocabulary import Vocabulary
from chatbot.language.synonyms import SynonymRule

MOST_CHANGED = 1 / 8
"""When a larger share of the passages of the last whole build went or came since, all
is written anew."""

KEPT = (
    "written_columns",
    "column_offsets",
    "column_passages",
    "column_weights",
    "column_largest",
    "common_terms",
    "common_levels",
)
"""The arrays that stay as the last whole build wrote them."""

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Extension:
    """An index, and the segments that its successor holds, in corpus order.

    `new` are those of them that were read. `order`: int32, the numbers that all
    documents have in the successor; `statistics` are its.
    """

    previous: Arrays
    segments: Sequence[Segment]
    vocabulary: Vocabulary
    new: Sequence[Segment]
    order: NDArray[np.int32]
    statistics: Statistics

    @property
    def passages(self) -> int:
        """The number of passages in the corpus."""
        return sum(len(segment.rows["passages"]) for segment in self.segments)


def extension_of(
    previous: Arrays, segments: Sequence[Segment], vocabulary: Vocabulary
) -> Extension | None:
    """How an index goes on with these segments, or None when it cannot.

    `previous` are its arrays; `vocabulary` is that of the segments, made with its words
    known.
    """
    if list(opened_table(previous, "languages")) != vocabulary.languages:
        return None
    new = [segment for segment in segments if segment.arrays is not previous]
    order = _order(segments, previous)
    before = Statistics.of(previous)
    left = np.setdiff1d(previous["document_order"], order, assume_unique=True)
    words = before.words + count_words(new)
    words -= count_words(Segment(previous, run) for run in runs(left.tolist()))
    extension = Extension(
        previous, segments, vocabulary, new, order, before._replace(words=words)
    )
    passages = extension.passages
    held = len(previous["passage_lines"])
    held += sum(len(segment.rows["passages"]) for segment in new)
    changed = (held - passages) + (held - before.whole_passages)
    is_small = changed <= before.whole_passages * MOST_CHANGED
    is_alike = rounded_mean(words, passages) == before.average_length
    return extension if is_small and is_alike else None


def _order(segments: Sequence[Segment], previous: Arrays) -> NDArray[np.int32]:
    order: list[int] = []
    end = len(previous["document_languages"])
    for segment in segments:
        if segment.arrays is previous:
            order += segment.documents
        else:
            several = len(segment.documents) - segment.continues
            order += range(end, end + several)
            end += several
    return np.array(order, dtype=np.int32)


def extend_arrays(
    extension: Extension,
    rules: Sequence[SynonymRule],
    writer: GenerationWriter,
    scratch: Scratch,
) -> None:
    """Write the successor of an index; `rules` are the owner's synonyms."""
    previous, vocabulary = extension.previous, extension.vocabulary
    word_numbers, written = _written_words(previous["word_numbers"], vocabulary)
    _write_documents(extension, written, writer)
    recent = _Recent.of(extension, scratch)
    column_numbers = _column_numbers(previous["column_numbers"], vocabulary)
    frequency = _whole_frequency(extension, column_numbers, scratch)
    frequency += recent.document_frequency
    passages = extension.passages
    writer.write_all(
        vocabulary_arrays(extension.segments, vocabulary, rules, frequency, passages)
    )
    changes = _word_changes(previous, vocabulary, word_numbers)
    rows, grams = extend_grams(previous, changes, passages)
    for name, array in rows.items():
        writer.extend(name, [array])
    writer.write_all(grams)
    terms = np.append(vocabulary.word_terms, np.int32(0))
    writer.write_all(
        {
            "word_numbers": word_numbers,
            "written_terms": terms[word_numbers],
            "written_is_stop": np.append(vocabulary.is_stop_word, False)[word_numbers],
            "document_order": extension.order,
            "column_numbers": column_numbers,
            "statistics": extension.statistics.array(),
            **recent.arrays,
        }
    )
    for name in KEPT:
        writer.extend(name, [])


def _written_words(
    word_numbers: NDArray[np.int32], vocabulary: Vocabulary
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The number of each written word, and what is written for each number.

    A word that has not been written before comes behind all others.
    """
    of_known = np.append(vocabulary.of_known, np.int32(-1))
    kept = of_known[word_numbers]
    written = np.full(len(vocabulary.words), -1, dtype=np.int32)
    is_word = kept >= 0
    written[kept[is_word]] = np.flatnonzero(is_word)
    added = np.flatnonzero(written < 0).astype(np.int32)
    written[added] = np.arange(len(kept), len(kept) + len(added), dtype=np.int32)
    return np.concatenate([kept, added]), written


def _word_changes(
    previous: Arrays, vocabulary: Vocabulary, word_numbers: NDArray[np.int32]
) -> WordChanges:
    """What became of the written words; `word_numbers` are those of all of them."""
    before = previous["word_numbers"]
    known, added = word_numbers[: len(before)], word_numbers[len(before) :]
    counts = np.append(vocabulary.counts, 0)
    counts_before = np.append(previous["word_counts"], 0)[before]
    return WordChanges(
        counts[known] - counts_before,
        (before >= 0) & (known < 0),
        list(vocabulary.words.take(added.astype(np.intp))),
        counts[added],
        vocabulary.is_stop_word[added],
    )


def _write_documents(
    extension: Extension, written: NDArray[np.int32], writer: GenerationWriter
) -> None:
    """Write the rows of what was read behind those that there are."""
    previous, vocabulary, new = extension.previous, extension.vocabulary, extension.new
    numbers = zip(extension.segments, vocabulary.numbers, strict=True)
    of_written = np.append(written, np.int32(-1))
    words = [
        of_written[own] for segment, own in numbers if segment.arrays is not previous
    ]
    after = {name: int(previous[name][-1]) for name in previous if is_offsets(name)}
    for name, blocks in merged(new, words, vocabulary.languages, after):
        writer.extend(name, blocks)


def _column_numbers(
    column_numbers: NDArray[np.int32], vocabulary: Vocabulary
) -> NDArray[np.int32]:
    """The column of each term in the last whole build."""
    columns = np.full(len(vocabulary.terms), NONE, dtype=np.int32)
    is_kept = vocabulary.of_known_terms >= 0
    columns[vocabulary.of_known_terms[is_kept]] = column_numbers[is_kept]
    return columns


def _whole_frequency(
    extension: Extension, column_numbers: NDArray[np.int32], scratch: Scratch
) -> NDArray[np.int32]:
    """In how many passages of the last whole build that are left each term is."""
    previous, statistics = extension.previous, extension.statistics
    sizes = np.diff(previous["column_offsets"]).astype(np.int32)
    every = np.arange(statistics.whole_documents, dtype=np.int32)
    left_out = np.setdiff1d(every, extension.order, assume_unique=True).tolist()
    gone = [Segment(previous, run) for run in runs(left_out)]
    columns = [previous["written_columns"]] * len(gone)
    average_length = statistics.average_length
    matrix = weigh(gone, columns, len(sizes), average_length, scratch)
    left = np.append(sizes - matrix.document_frequency, np.int32(0))
    return left[column_numbers]


@dataclass(frozen=True, slots=True)
class _Recent:
    """The columns of the passages that came since the last whole build.

    `document_frequency`: int32 (V,), in how many of them each term is.
    """

    document_frequency: NDArray[np.int32]
    arrays: Arrays

    @classmethod
    def of(cls, extension: Extension, scratch: Scratch) -> _Recent:
        """Weigh the passages that came since."""
        segments, terms, passages = _recent_segments(extension)
        size = len(extension.vocabulary.terms)
        average_length = extension.statistics.average_length
        matrix = weigh(segments, terms, size, average_length, scratch)
        held = np.flatnonzero(matrix.document_frequency)
        numbers = np.full(size, NONE, dtype=np.int32)
        numbers[held] = np.arange(len(held), dtype=np.int32)
        found, weights, largest = map(
            np.concatenate, zip(*matrix.columns(), strict=True)
        )
        return cls(
            matrix.document_frequency,
            {
                "recent_passages": passages,
                "recent_numbers": numbers,
                "recent_offsets": np.append(matrix.offsets[held], matrix.offsets[-1]),
                "recent_column_passages": found,
                "recent_weights": weights,
                "recent_largest": largest[held],
            },
        )


def _recent_segments(
    extension: Extension,
) -> tuple[list[Segment], list[NDArray[np.int32]], NDArray[np.int32]]:
    """The segments of what came since the last whole build, in corpus order.

    With the terms of their written words, and the numbers of their passages.
    """
    previous, whole = extension.previous, extension.statistics.whole_documents
    segments, terms, passages = [], [], [np.zeros(0, dtype=np.int32)]
    end = len(previous["passage_lines"])
    every = zip(extension.segments, extension.vocabulary.segment_terms(), strict=True)
    for segment, own_terms in every:
        if segment.arrays is not previous:
            rows = range(end, end + len(segment.rows["passages"]))
            end = rows.stop
        elif segment.documents.stop > whole:
            first = max(segment.documents.start, whole)
            segment = Segment(previous, range(first, segment.documents.stop))
            rows = segment.rows["passages"]
        else:
            continue
        segments.append(segment)
        terms.append(own_terms)
        passages.append(np.arange(rows.start, rows.stop, dtype=np.int32))
    return segments, terms, np.concatenate(passages)
