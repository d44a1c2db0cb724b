"""Documents to the arrays of a generation; the heavy libraries are imported here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.documents.document import Document
from chatbot.index.analysis import AnalysedDocument
from chatbot.index.grams import pack_grams
from chatbot.index.store import pack
from chatbot.index.string_table import packed_table
from chatbot.language.acronyms import (
    Acronym,
    acronyms_of_phrases,
    find_acronyms,
    find_capitals,
)
from chatbot.language.resources import word_list
from chatbot.language.synonyms import listed_words, synonym_table
from chatbot.language.terms import Analyzer
from chatbot.language.words import find_words

Arrays = dict[str, NDArray[Any]]


def build_arrays(analysed: Sequence[AnalysedDocument], analyzer: Analyzer) -> Arrays:
    """Everything that a `CorpusIndex` needs, from documents in corpus order.

    The arrays depend on the documents and the language alone, not on what was indexed
    before. Besides the words of the corpus they number those of the stop word and
    synonym lists, so that a question in everyday words needs no stemmer.
    """
    from chatbot.index.matrix import weigh

    counts = _count_words(analysed)
    synonyms = word_list(analyzer.language, "synonyms")
    listed = {word for line in listed_words(synonyms) for word in analyzer.words(line)}
    words = sorted({*counts, *listed, *analyzer.stop_words})
    number = {word: i for i, word in enumerate(words)}
    stemmed = cache(analyzer.term)
    term_of = {word: stemmed(word) for word in words}
    terms = sorted(set(term_of.values()))
    most_frequent = {
        term_of[word]: number[word]
        for word in sorted(words, key=lambda word: (counts[word], word))
    }
    column = {term: i for i, term in enumerate(terms)}
    matrix = weigh(analysed, term_of, column)
    passages = sum(len(entry.document.passages) for entry in analysed)
    word_counts = np.array([counts[word] for word in words], dtype=np.int64)
    is_stop_word = np.array([word in analyzer.stop_words for word in words])
    mined = _mine_acronyms(entry.document for entry in analysed)
    acronyms = [a for a in mined if {a.short, *a.long} <= number.keys()]
    return {
        **pack(analysed, number),
        **packed_table("words", words),
        "word_terms": np.array([column[term_of[w]] for w in words], dtype=np.int32),
        "word_counts": word_counts,
        "word_is_stop": is_stop_word,
        **pack_grams(words, word_counts, is_stop_word, passages),
        **packed_table("terms", terms),
        "term_words": np.array([most_frequent[t] for t in terms], dtype=np.int32),
        "term_idf": matrix.idf,
        "term_document_frequency": matrix.document_frequency,
        "column_offsets": matrix.offsets,
        "column_passages": matrix.passages,
        "column_weights": matrix.weights,
        **_synonym_arrays(synonym_table(synonyms, stemmed), column, matrix),
        **packed_table("acronyms", (" ".join((a.short, *a.long)) for a in acronyms)),
    }


def _count_words(analysed: Sequence[AnalysedDocument]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for entry in analysed:
        for words in (*entry.sentence_words, *entry.heading_words):
            counts.update(words)
    return counts


def _synonym_arrays(
    table: Mapping[str, Sequence[str]], column: Mapping[str, int], matrix: Any
) -> Arrays:
    """For each term the numbers of its synonyms that the corpus holds."""
    found: list[list[int]] = [[] for _ in column]
    for term, synonyms in table.items():
        if term in column:
            numbers = (column[synonym] for synonym in synonyms if synonym in column)
            found[column[term]] = [n for n in numbers if matrix.document_frequency[n]]
    return {
        "synonym_offsets": np.cumsum([0, *map(len, found)], dtype=np.int64),
        "synonym_terms": np.array([n for row in found for n in row], dtype=np.int32),
    }


def _mine_acronyms(documents: Iterable[Document]) -> list[Acronym]:
    found: set[Acronym] = set()
    capitals: set[str] = set()
    phrases: set[tuple[str, ...]] = set()
    for document in documents:
        found |= find_acronyms(document.text)
        capitals |= find_capitals(document.text)
        phrases.update(tuple(find_words(h.text)) for h in document.headings)
    known = {acronym.short for acronym in found}
    return sorted(found | acronyms_of_phrases(capitals - known, phrases))
