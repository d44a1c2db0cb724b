"""What an index holds, in corpus order: however its arrays came about."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.postings import Postings
from chatbot.index.statistics import Statistics
from chatbot.index.string_table import opened_table

_BY_WORD_OR_TERM = (
    "languages_content",
    "words_content",
    "words_offsets",
    "language_word_offsets",
    "word_terms",
    "word_counts",
    "word_is_stop",
    "terms_content",
    "terms_offsets",
    "term_words",
    "term_idf",
    "term_document_frequency",
    "synonym_offsets",
    "synonym_terms",
    "owner_synonyms_content",
    "acronyms_content",
    "gram_statistics",
)


def held_contents(index: CorpusIndex) -> dict[str, Any]:
    """All of it, to be compared with what another index of the same corpus holds."""
    arrays = index.arrays
    statistics = Statistics.of(arrays)
    return {
        **{name: arrays[name].tobytes() for name in _BY_WORD_OR_TERM},
        "size": len(index),
        "words": statistics.words,
        "average_length": statistics.average_length,
        "documents": [_document(number, index) for number in index.store.documents],
        "columns": _columns(index),
        "grams": _grams(index),
    }


def _document(number: int, index: CorpusIndex) -> tuple[Any, ...]:
    """A document with the words of its sentences and headings."""
    arrays, store = index.arrays, index.store
    document = store.document(number)
    passages = list(document.passages)
    sentences = arrays["passage_sentence_offsets"]
    own = store.passages_of(number)
    rows = range(sentences.item(own.start), sentences.item(own.stop))
    words = [_words("sentence", row, index) for row in rows]
    bounds = arrays["document_heading_offsets"][number : number + 2].tolist()
    headings = [_words("heading", row, index) for row in range(*bounds)]
    kinds = arrays["sentence_kinds"][rows.start : rows.stop].tolist()
    acronyms = opened_table(arrays, "document_acronyms")[number]
    capitals = opened_table(arrays, "document_capitals")[number]
    text = (document.source, document.title, document.language, document.text)
    lists = (list(document.headings), passages, words, headings, kinds)
    return (*text, *lists, acronyms, capitals)


def _words(kind: str, row: int, index: CorpusIndex) -> list[tuple[str, int, bool]]:
    arrays = index.arrays
    start, end = arrays[f"{kind}_word_offsets"][row : row + 2].tolist()
    written = arrays[f"{kind}_words"][start:end]
    return [
        (
            index.words[int(arrays["word_numbers"][word])],
            int(index.written_terms[word]),
            bool(index.written_is_stop[word]),
        )
        for word in written.tolist()
    ]


def _columns(index: CorpusIndex) -> list[list[tuple[int, float]]]:
    """For each term, the passages that hold it, counted from 0, and its weights."""
    order = index.store.order
    numbers = [n for d in index.store.documents for n in index.store.passages_of(d)]
    place_of = {number: place for place, number in enumerate(numbers)}
    postings = Postings.of(index.arrays, order)
    found: list[list[tuple[int, float]]] = []
    for term in range(len(index.terms)):
        held: list[tuple[int, float]] = []
        for columns, own in (
            (postings.whole, np.arange(postings.whole.size)),
            (postings.recent, postings.recent_passages),
        ):
            column = columns.numbers.item(term)
            if column >= 0:
                rows = slice(*columns.offsets[column : column + 2].tolist())
                passages = own[columns.passages[rows]].tolist()
                held += zip(passages, columns.weights[rows].tolist(), strict=True)
        kept = sorted((place_of[n], w) for n, w in held if n in place_of)
        assert postings.passages_with(term).tolist() == sorted(
            numbers[p] for p, _ in kept
        )
        found.append(kept)
    return found


def _grams(index: CorpusIndex) -> dict[str, Any]:
    """For each word its n-grams, with how often and in how many words each is."""
    arrays = index.arrays
    known = (arrays[f"gram_{name}"] for name in ("keys", "occurrences", "words", "idf"))
    rows = list(zip(*(array.tolist() for array in known), strict=True))
    bounds = list(pairwise(arrays["word_gram_offsets"].tolist()))
    squares = arrays["word_gram_squares"].tolist()
    return {
        f"{number} {index.words[number]}": (
            [rows[gram] for gram in arrays["word_grams"][slice(*bounds[written])]],
            squares[written],
        )
        for written, number in enumerate(arrays["word_numbers"].tolist())
        if number >= 0
    }
