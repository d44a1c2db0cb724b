"""Documents, passages and their words to arrays; `store` reads them.

    arrays = pack(analysed_documents)

Shapes: D documents, H headings, P passages, S sentences, all in corpus order. A
"..._offsets" array of one entry more than there are things says where each begins.
Words are numbered by language, sorted among themselves: the words of the language
number l are those from language_word_offsets[l] up to language_word_offsets[l + 1].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.documents.document import Document
from chatbot.index.analysis import AnalysedDocument
from chatbot.index.string_table import packed_table
from chatbot.language.acronyms import packed_acronym

Arrays = dict[str, NDArray[Any]]

WordNumbers = Mapping[str, Mapping[str, int]]
"""From each language to the number of each of its words."""


def pack(analysed: Sequence[AnalysedDocument]) -> Arrays:
    """The arrays of documents in corpus order, with a table of their words.

    A word has a number of its own in each language that it occurs in.
    """
    documents = [entry.document for entry in analysed]
    held: dict[str, set[str]] = {document.language: set() for document in documents}
    for entry in analysed:
        own = held[entry.document.language]
        own.update(*entry.sentence_words, *entry.heading_words)
    words = [
        (language, word) for language in sorted(held) for word in sorted(held[language])
    ]
    numbers: dict[str, dict[str, int]] = {language: {} for language in held}
    for number, (language, word) in enumerate(words):
        numbers[language][word] = number
    return {
        **packed_table("words", (word for _, word in words)),
        "language_word_offsets": _offsets(len(numbers[name]) for name in sorted(held)),
        **_pack_documents(analysed),
        **_pack_headings(analysed, numbers),
        **_pack_passages(documents),
        **_pack_sentences(analysed, numbers),
    }


def _pack_documents(analysed: Sequence[AnalysedDocument]) -> Arrays:
    documents = [entry.document for entry in analysed]
    encoded = [document.text.encode("utf-8") for document in documents]
    languages = sorted({document.language for document in documents})
    return {
        **packed_table("languages", languages),
        "document_languages": np.array(
            [languages.index(document.language) for document in documents],
            dtype=np.int32,
        ),
        "text": np.frombuffer(b"".join(encoded), dtype=np.uint8),
        "document_bytes": _offsets(len(part) for part in encoded),
        "document_passage_offsets": _offsets(len(d.passages) for d in documents),
        "document_heading_offsets": _offsets(len(d.headings) for d in documents),
        "document_characters": np.array(
            [len(document.text) for document in documents], dtype=np.int64
        ),
        **packed_table("document_sources", (d.source for d in documents)),
        **packed_table("document_titles", (d.title for d in documents)),
        **packed_table("document_acronyms", map(_acronym_lines, analysed)),
        **packed_table("document_capitals", map(_capital_lines, analysed)),
    }


def _acronym_lines(entry: AnalysedDocument) -> str:
    return "\n".join(sorted(map(packed_acronym, entry.acronyms)))


def _capital_lines(entry: AnalysedDocument) -> str:
    return "\n".join(sorted(entry.capitals))


def _pack_headings(
    analysed: Sequence[AnalysedDocument], numbers: WordNumbers
) -> Arrays:
    headings = [h for entry in analysed for h in entry.document.headings]
    words = [
        (entry.document.language, found)
        for entry in analysed
        for found in entry.heading_words
    ]
    parents = np.full(len(headings), -1, dtype=np.int32)
    innermost: list[int] = []
    first = 0
    for entry in analysed:
        document = entry.document
        number = {heading: first + i for i, heading in enumerate(document.headings)}
        for passage in document.passages:
            path = [number[heading] for heading in passage.headings]
            parents[path[1:]] = path[:-1]
            innermost.append(path[-1] if path else -1)
        first += len(document.headings)
    return {
        "heading_parents": parents,
        "heading_levels": np.array([h.level for h in headings], dtype=np.int32),
        "heading_lines": np.array([h.line for h in headings], dtype=np.int64),
        "heading_spans": _pairs((h.start, h.end) for h in headings),
        "heading_word_offsets": _offsets(len(found) for _, found in words),
        "heading_words": _numbered(words, numbers),
        "passage_headings": np.array(innermost, dtype=np.int32),
        **packed_table("heading_texts", (h.text for h in headings)),
    }


def _pack_passages(documents: Sequence[Document]) -> Arrays:
    passages = [p for document in documents for p in document.passages]
    byte_spans: list[tuple[int, int]] = []
    base = 0
    for document in documents:
        byte_spans.extend(_byte_spans(document, base))
        base += len(document.text.encode("utf-8"))
    return {
        "passage_spans": _pairs((p.start, p.end) for p in passages),
        "passage_bytes": _pairs(byte_spans),
        "passage_lines": np.array([p.line for p in passages], dtype=np.int64),
        **packed_table("passage_ids", (p.id for p in passages)),
        **packed_table("passage_titles", (p.title for p in passages)),
        **packed_table("passage_urls", (p.url for p in passages)),
    }


def _byte_spans(document: Document, base: int) -> Iterable[tuple[int, int]]:
    """Where each passage stands in the UTF-8 of all documents, passages in order."""
    text = document.text
    position, byte = 0, base
    for passage in document.passages:
        byte += len(text[position : passage.start].encode("utf-8"))
        length = len(passage.text.encode("utf-8"))
        yield byte, byte + length
        position, byte = passage.end, byte + length


def _pack_sentences(
    analysed: Sequence[AnalysedDocument], numbers: WordNumbers
) -> Arrays:
    passages = [p for entry in analysed for p in entry.document.passages]
    words = [
        (entry.document.language, found)
        for entry in analysed
        for found in entry.sentence_words
    ]
    return {
        "passage_sentence_offsets": _offsets(len(p.sentences) for p in passages),
        "sentence_spans": _pairs(span for p in passages for span in p.sentences),
        "sentence_word_offsets": _offsets(len(found) for _, found in words),
        "sentence_words": _numbered(words, numbers),
        "sentence_kinds": np.array(
            [kind for entry in analysed for kind in entry.sentence_kinds],
            dtype=np.uint16,
        ),
    }


def _offsets(lengths: Iterable[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *lengths], dtype=np.int64)


def _pairs(pairs: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    return np.fromiter(chain.from_iterable(pairs), dtype=np.int64).reshape(-1, 2)


def _numbered(
    words: Iterable[tuple[str, Sequence[str]]], numbers: WordNumbers
) -> NDArray[np.int32]:
    """The numbers of words, given in runs of one language each."""
    found = (map(numbers[language].__getitem__, run) for language, run in words)
    return np.fromiter(chain.from_iterable(found), dtype=np.int32)
