"""Segments to the arrays of a generation; the heavy libraries are imported here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.collected_words import CollectedWords
from chatbot.index.generations import GenerationWriter
from chatbot.index.grams import pack_grams
from chatbot.index.levels import common_terms, pack_levels
from chatbot.index.matrix import weigh
from chatbot.index.merging import merged
from chatbot.index.owner_synonyms import packed_rule
from chatbot.index.scratch import Scratch
from chatbot.index.segments import Segment
from chatbot.index.short_forms import acronym_lines
from chatbot.index.string_table import packed_table
from chatbot.index.vocabulary import Vocabulary
from chatbot.language.synonyms import SynonymRule, listed_words, synonym_table

Arrays = Mapping[str, NDArray[Any]]


def write_arrays(
    segments: Sequence[Segment],
    words: CollectedWords,
    rules: Sequence[SynonymRule],
    writer: GenerationWriter,
    scratch: Scratch,
) -> None:
    """Write everything that a `CorpusIndex` needs.

    `segments` hold the documents in corpus order and `words` are theirs; `rules` are
    the owner's synonyms. The arrays depend on the documents and the rules alone, not on
    how they are cut into segments.
    """
    phrases = [phrase for rule in rules for phrase in (*rule.sources, *rule.targets)]
    vocabulary = words.vocabulary({word for phrase in phrases for word in phrase})
    passages = sum(len(segment.rows["passages"]) for segment in segments)
    with ThreadPoolExecutor() as pool:
        # Most of this is done by numpy, outside the interpreter's lock.
        weighed = pool.submit(weigh, segments, vocabulary, scratch)
        written = pool.submit(_write_documents, segments, vocabulary, writer)
        grams = pack_grams(
            list(vocabulary.words),
            vocabulary.counts,
            vocabulary.is_stop_word,
            passages,
        )
        named = vocabulary.arrays()
        written.result()
        matrix = weighed.result()
    small: Iterable[Arrays] = (
        named,
        grams,
        {
            "term_idf": matrix.idf,
            "term_document_frequency": matrix.document_frequency,
            "column_offsets": matrix.offsets,
        },
        _synonym_arrays(vocabulary, matrix.document_frequency),
        packed_table("owner_synonyms", map(packed_rule, rules)),
        packed_table("acronyms", acronym_lines(segments, vocabulary)),
    )
    for arrays in small:
        for name, array in arrays.items():
            writer.write(name, [array])
    names = ("column_passages", "column_weights", "column_largest")
    writer.write_together(names, matrix.columns())
    common = common_terms(matrix.document_frequency, passages)
    writer.write("common_terms", [common])
    found, weights, largest = map(writer.read, names)
    levels = pack_levels(common, matrix.offsets, found, weights, largest, passages)
    writer.write("common_levels", levels)


def _write_documents(
    segments: Sequence[Segment], vocabulary: Vocabulary, writer: GenerationWriter
) -> None:
    for name, blocks in merged(segments, vocabulary):
        writer.write(name, blocks)


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
