"""Segments to the arrays of a generation; the heavy libraries are imported here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.document_frequency import inverse_document_frequency
from chatbot.index.generation_writer import GenerationWriter
from chatbot.index.grams import pack_grams
from chatbot.index.levels import common_terms, pack_levels
from chatbot.index.matrix import count_words, weigh
from chatbot.index.merging import is_offsets, merged
from chatbot.index.owner_synonyms import packed_rule
from chatbot.index.saturation import rounded_mean
from chatbot.index.scratch import Scratch
from chatbot.index.search import NONE
from chatbot.index.segments import Segment
from chatbot.index.short_forms import acronym_lines
from chatbot.index.statistics import Statistics
from chatbot.index.string_table import packed_table
from chatbot.index.vocabulary import Vocabulary
from chatbot.language.synonyms import SynonymRule, listed_words, synonym_table

Arrays = Mapping[str, NDArray[Any]]

_NO_RECENT_PASSAGES: Arrays = {
    "recent_passages": np.zeros(0, dtype=np.int32),
    "recent_offsets": np.zeros(1, dtype=np.int64),
    "recent_column_passages": np.zeros(0, dtype=np.int32),
    "recent_weights": np.zeros(0, dtype=np.float32),
    "recent_largest": np.zeros(0, dtype=np.float32),
}


def write_arrays(
    segments: Sequence[Segment],
    vocabulary: Vocabulary,
    rules: Sequence[SynonymRule],
    writer: GenerationWriter,
    scratch: Scratch,
) -> None:
    """Write everything that a `CorpusIndex` needs.

    `segments` hold the documents in corpus order and `vocabulary` is theirs; `rules`
    are the owner's synonyms. The arrays depend on the documents and the rules alone,
    not on how they are cut into segments.
    """
    passages = sum(len(segment.rows["passages"]) for segment in segments)
    documents = sum(len(s.documents) - s.continues for s in segments)
    words, terms = count_words(segments), len(vocabulary.terms)
    average_length = rounded_mean(words, passages)
    statistics = Statistics(documents, passages, average_length, words)
    with ThreadPoolExecutor() as pool:
        # Most of this is done by numpy, outside the interpreter's lock.
        weighed = pool.submit(
            weigh,
            segments,
            vocabulary.segment_terms(),
            terms,
            average_length,
            scratch,
        )
        written = pool.submit(_write_documents, segments, vocabulary, writer)
        grams = pack_grams(
            list(vocabulary.words),
            vocabulary.counts,
            vocabulary.is_stop_word,
            passages,
        )
        written.result()
        matrix = weighed.result()
    frequency = matrix.document_frequency
    writer.write_all(
        vocabulary_arrays(segments, vocabulary, rules, frequency, passages)
    )
    writer.write_all(grams)
    writer.write_all(
        {
            "word_numbers": np.arange(len(vocabulary.words), dtype=np.int32),
            "written_terms": vocabulary.word_terms,
            "written_is_stop": vocabulary.is_stop_word,
            "written_columns": vocabulary.word_terms,
            "document_order": np.arange(documents, dtype=np.int32),
            "statistics": statistics.array(),
            "column_numbers": np.arange(terms, dtype=np.int32),
            "column_offsets": matrix.offsets,
            "recent_numbers": np.full(terms, NONE, dtype=np.int32),
            **_NO_RECENT_PASSAGES,
        }
    )
    names = ("column_passages", "column_weights", "column_largest")
    writer.write_together(names, matrix.columns())
    common = common_terms(frequency, passages)
    writer.write("common_terms", [common])
    found, weights, largest = map(writer.read, names)
    levels = pack_levels(common, matrix.offsets, found, weights, largest, passages)
    writer.write("common_levels", levels)


def _write_documents(
    segments: Sequence[Segment], vocabulary: Vocabulary, writer: GenerationWriter
) -> None:
    first = np.zeros(1, dtype=np.int64)
    rows = merged(segments, vocabulary.numbers, vocabulary.languages, after={})
    for name, blocks in rows:
        writer.write(name, chain([first], blocks) if is_offsets(name) else blocks)


def vocabulary_arrays(
    segments: Sequence[Segment],
    vocabulary: Vocabulary,
    rules: Sequence[SynonymRule],
    document_frequency: NDArray[np.int32],
    passages: int,
) -> Arrays:
    """What says of the words and terms what they are, how rare, and what they mean."""
    return {
        **vocabulary.arrays(),
        "term_idf": inverse_document_frequency(document_frequency, passages),
        "term_document_frequency": document_frequency,
        **_synonym_arrays(vocabulary, document_frequency),
        **packed_table("owner_synonyms", map(packed_rule, rules)),
        **packed_table("acronyms", acronym_lines(segments, vocabulary)),
    }


def _synonym_arrays(
    vocabulary: Vocabulary, document_frequency: NDArray[np.int32]
) -> Arrays:
    """For each language and term the numbers of its synonyms that the corpus holds.

    There is a table for each of L languages; the synonyms of term t of V in language l
    are row l · V + t.
    """
    terms = len(vocabulary.terms)
    sizes = np.zeros(len(vocabulary.analyzers) * terms, dtype=np.int64)
    found: dict[int, list[int]] = {}
    for language, analyzer in enumerate(vocabulary.analyzers):
        lines = vocabulary.synonyms[language]
        listed = listed_words(lines)
        term_of = dict(zip(listed, analyzer.terms(listed), strict=True))
        column = {term: vocabulary.terms.find(term) for term in term_of.values()}
        table = synonym_table(lines, term_of.__getitem__)
        for term, synonyms in table.items():
            number = column[term]
            if number is not None:
                numbers = [n for n in map(column.get, synonyms) if n is not None]
                row = language * terms + number
                found[row] = [n for n in numbers if document_frequency[n]]
                sizes[row] = len(found[row])
    rows = (found[row] for row in sorted(found))
    return {
        "synonym_offsets": np.concatenate([[0], np.cumsum(sizes)]),
        "synonym_terms": np.array([n for row in rows for n in row], dtype=np.int32),
    }
