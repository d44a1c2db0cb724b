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
from chatbot.index.grams import pack_grams, pack_sentence_grams
from chatbot.index.owner_synonyms import packed_rule
from chatbot.index.store import WordNumbers, pack
from chatbot.index.string_table import packed_table
from chatbot.language.acronyms import (
    Acronym,
    acronyms_of_headings,
    find_acronyms,
    find_capitals,
)
from chatbot.language.resources import word_list
from chatbot.language.synonyms import SynonymRule, listed_words, synonym_table
from chatbot.language.terms import Analyzer
from chatbot.language.words import find_words

Arrays = dict[str, NDArray[Any]]


def build_arrays(
    analysed: Sequence[AnalysedDocument], rules: Sequence[SynonymRule] = ()
) -> Arrays:
    """Everything that a `CorpusIndex` needs, from documents in corpus order.

    `rules` are the owner's synonyms. The arrays depend on the documents and the rules
    alone, not on what was indexed before. Words are
    numbered by language, since the same word has other terms in other languages, and
    besides those of the corpus there are those of the languages' stop word and synonym
    lists and of the rules.
    """
    from chatbot.index.matrix import weigh

    counts = _count_words(analysed)
    languages = sorted(counts)
    analyzers = {language: Analyzer(language) for language in languages}
    stemmed = {name: cache(analyzer.term) for name, analyzer in analyzers.items()}
    phrases = [phrase for rule in rules for phrase in (*rule.sources, *rule.targets)]
    owners = {word for phrase in phrases for word in phrase}
    words = [
        (language, word)
        for language, analyzer in analyzers.items()
        for word in sorted({*counts[language], *_everyday_words(analyzer), *owners})
    ]
    numbers: dict[str, dict[str, int]] = {language: {} for language in languages}
    term_of: dict[str, dict[str, str]] = {language: {} for language in languages}
    for number, (language, word) in enumerate(words):
        numbers[language][word] = number
        term_of[language][word] = stemmed[language](word)
    word_counts = [counts[language][word] for language, word in words]
    word_terms = [term_of[language][word] for language, word in words]
    terms = sorted(set(word_terms))
    by_frequency = sorted(
        range(len(words)), key=lambda i: (word_counts[i], words[i][1], words[i][0])
    )
    most_frequent = {word_terms[number]: number for number in by_frequency}
    column = {term: i for i, term in enumerate(terms)}
    matrix = weigh(analysed, term_of, column)
    passages = sum(len(entry.document.passages) for entry in analysed)
    counted = np.array(word_counts, dtype=np.int64)
    is_stop_word = np.array(
        [word in analyzers[language].stop_words for language, word in words]
    )
    synonyms = [
        synonym_table(word_list(language, "synonyms"), stemmed[language])
        for language in languages
    ]
    packed = pack(analysed, numbers)
    written = [word for _, word in words]
    grams = pack_grams(written, counted, is_stop_word, passages)
    return {
        **packed,
        **packed_table("words", (word for _, word in words)),
        "language_word_offsets": np.cumsum(
            [0, *(len(numbers[language]) for language in languages)], dtype=np.int64
        ),
        "word_terms": np.array([column[term] for term in word_terms], dtype=np.int32),
        "word_counts": counted,
        "word_is_stop": is_stop_word,
        **grams,
        **pack_sentence_grams(
            grams, packed["sentence_words"], packed["sentence_word_offsets"]
        ),
        **packed_table("terms", terms),
        "term_words": np.array([most_frequent[t] for t in terms], dtype=np.int32),
        "term_idf": matrix.idf,
        "term_document_frequency": matrix.document_frequency,
        "column_offsets": matrix.offsets,
        "column_passages": matrix.passages,
        "column_weights": matrix.weights,
        **_synonym_arrays(synonyms, column, matrix),
        **packed_table("owner_synonyms", map(packed_rule, rules)),
        **_acronym_arrays(analysed, numbers),
    }


def _count_words(analysed: Sequence[AnalysedDocument]) -> dict[str, Counter[str]]:
    """How often each word occurs, by language."""
    counts: dict[str, Counter[str]] = {}
    for entry in analysed:
        own = counts.setdefault(entry.document.language, Counter())
        for words in (*entry.sentence_words, *entry.heading_words):
            own.update(words)
    return counts


def _everyday_words(analyzer: Analyzer) -> set[str]:
    """The words of a language's lists."""
    synonyms = listed_words(word_list(analyzer.language, "synonyms"))
    listed = {word for line in synonyms for word in analyzer.words(line)}
    return listed | analyzer.stop_words


def _synonym_arrays(
    tables: Sequence[Mapping[str, Sequence[str]]],
    column: Mapping[str, int],
    matrix: Any,
) -> Arrays:
    """For each language and term the numbers of its synonyms that the corpus holds.

    There is a table for each of L languages; the synonyms of term t of V in language l
    are row l · V + t.
    """
    found: list[list[int]] = [[] for _ in range(len(tables) * len(column))]
    for language, table in enumerate(tables):
        for term, synonyms in table.items():
            if term in column:
                numbers = (column[synonym] for synonym in synonyms if synonym in column)
                row = language * len(column) + column[term]
                found[row] = [n for n in numbers if matrix.document_frequency[n]]
    return {
        "synonym_offsets": np.cumsum([0, *map(len, found)], dtype=np.int64),
        "synonym_terms": np.array([n for row in found for n in row], dtype=np.int32),
    }


def _acronym_arrays(
    analysed: Sequence[AnalysedDocument], numbers: WordNumbers
) -> Arrays:
    """Acronyms whose words all occur in their language, a line each, sorted."""
    lines = []
    for language, known in numbers.items():
        documents = [entry.document for entry in analysed]
        own = [document for document in documents if document.language == language]
        mined = _mine_acronyms(own, Analyzer(language).stop_words)
        for acronym in mined:
            is_plural = acronym.short not in known
            words = (acronym.short + "s" * is_plural, *acronym.long)
            if known.keys() >= set(words):
                lines.append(" ".join((language, *words)))
    return packed_table("acronyms", lines)


def _mine_acronyms(
    documents: Iterable[Document], stop_words: frozenset[str]
) -> list[Acronym]:
    found: set[Acronym] = set()
    capitals: set[str] = set()
    headings: set[tuple[str, ...]] = set()
    for document in documents:
        found |= find_acronyms(document.text)
        capitals |= find_capitals(document.text)
        texts = (document.title, *(heading.text for heading in document.headings))
        headings.update(tuple(find_words(text)) for text in texts)
    known = {acronym.short for acronym in found}
    found = {acronym for acronym in found if acronym.short not in stop_words}
    return sorted(found | acronyms_of_headings(capitals - known, headings, stop_words))
