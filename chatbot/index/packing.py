"""Documents, passages and their words to arrays; `store` reads them.

    arrays = pack(analysed_documents)

Shapes: D documents, H headings, P passages, S sentences, all in corpus order. A
"..._offsets" array of one entry more than there are things says where each begins.
Words are numbered by language: the words of the language number l are those from
language_word_offsets[l] up to language_word_offsets[l + 1]. Texts have them by written
numbers: word_numbers[w] is the number of what is written w, -1 for a word that no
document holds any more. `document_order` has the documents in corpus order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.documents.passage_columns import pairs
from chatbot.index.analysis import AnalysedDocument
from chatbot.index.string_table import packed_table
from chatbot.language.acronyms import packed_acronym
from chatbot.language.words_in_bulk import BulkWords

Arrays = dict[str, NDArray[Any]]


def pack(analysed: Sequence[AnalysedDocument]) -> Arrays:
    """The arrays of documents in corpus order, with a table of their words.

    A word has a number of its own in each language that it occurs in.
    """
    languages = sorted({entry.document.language for entry in analysed})
    held = {
        language: sorted(
            {
                word
                for entry in analysed
                if entry.document.language == language
                for word in entry.words
            }
        )
        for language in languages
    }
    numbers: dict[str, dict[str, int]] = {}
    size = 0
    for language, words in held.items():
        places = range(size, size + len(words))
        numbers[language] = dict(zip(words, places, strict=True))
        size += len(words)
    of_documents = [
        np.fromiter(
            map(numbers[entry.document.language].__getitem__, entry.words),
            np.int32,
            len(entry.words),
        )
        for entry in analysed
    ]
    return {
        **packed_table("words", [word for words in held.values() for word in words]),
        "word_numbers": np.arange(size, dtype=np.int32),
        "document_order": np.arange(len(analysed), dtype=np.int32),
        "language_word_offsets": _offsets(map(len, held.values())),
        **_pack_documents(analysed, languages),
        **_pack_headings(analysed),
        **_pack_passages(analysed),
        **_pack_words("sentence", [e.sentences for e in analysed], of_documents),
        **_pack_words("heading", [e.headings for e in analysed], of_documents),
        "sentence_kinds": _joined([e.sentence_kinds for e in analysed], np.uint16),
    }


def _pack_documents(
    analysed: Sequence[AnalysedDocument], languages: Sequence[str]
) -> Arrays:
    documents = [entry.document for entry in analysed]
    encoded = [document.text.encode("utf-8") for document in documents]
    return {
        **packed_table("languages", languages),
        "document_languages": np.array(
            [languages.index(document.language) for document in documents],
            dtype=np.int32,
        ),
        "text": np.frombuffer(b"".join(encoded), dtype=np.uint8),
        "document_bytes": _offsets(map(len, encoded)),
        "document_passage_offsets": _offsets(len(d.passages) for d in documents),
        "document_heading_offsets": _offsets(len(d.headings) for d in documents),
        "document_characters": np.array(
            [len(document.text) for document in documents], dtype=np.int64
        ),
        **packed_table("document_sources", [d.source for d in documents]),
        **packed_table("document_titles", [d.title for d in documents]),
        **packed_table("document_acronyms", list(map(_acronym_lines, analysed))),
        **packed_table("document_capitals", list(map(_capital_lines, analysed))),
    }


def _acronym_lines(entry: AnalysedDocument) -> str:
    return "\n".join(sorted(map(packed_acronym, entry.acronyms)))


def _capital_lines(entry: AnalysedDocument) -> str:
    return "\n".join(sorted(entry.capitals))


def _pack_headings(analysed: Sequence[AnalysedDocument]) -> Arrays:
    headings = [heading for entry in analysed for heading in entry.document.headings]
    parents, innermost = [], []
    first = 0
    for entry in analysed:
        parents.append(_moved(entry.passages.parents, first))
        innermost.append(_moved(entry.passages.innermost, first))
        first += len(entry.document.headings)
    return {
        "heading_parents": _joined(parents, np.int32),
        "heading_levels": np.array([h.level for h in headings], dtype=np.int32),
        "heading_lines": np.array([h.line for h in headings], dtype=np.int64),
        "heading_spans": pairs([(h.start, h.end) for h in headings]),
        "passage_headings": _joined(innermost, np.int32),
        **packed_table("heading_texts", [heading.text for heading in headings]),
    }


def _moved(numbers: NDArray[np.int32], first: int) -> NDArray[np.int32]:
    """Numbers of headings, -1 for none, counted from the `first` of the document."""
    return np.where(numbers < 0, numbers, numbers + first).astype(np.int32)


def _pack_passages(analysed: Sequence[AnalysedDocument]) -> Arrays:
    columns = [entry.passages for entry in analysed]
    byte_spans = []
    base = 0
    for own in columns:
        places = _byte_places(own.text)
        byte_spans.append(base + (own.spans if places is None else places[own.spans]))
        base += len(own.text) if places is None else int(places[-1])
    return {
        "passage_spans": _joined_spans([own.spans for own in columns]),
        "passage_bytes": _joined_spans(byte_spans),
        "passage_lines": _joined([own.lines for own in columns], np.int64),
        **packed_table("passage_ids", [id_ for own in columns for id_ in own.ids]),
        **packed_table("passage_titles", [t for own in columns for t in own.titles]),
        **packed_table("passage_urls", [url for own in columns for url in own.urls]),
        "passage_sentence_offsets": _offsets_of(
            [own.sentence_counts for own in columns]
        ),
        "sentence_spans": _joined_spans([own.sentence_spans for own in columns]),
    }


def _byte_places(text: str) -> NDArray[np.int64] | None:
    """Where each of N characters stands in UTF-8, and the length: (N + 1,).

    None when each is one byte.
    """
    if text.isascii():
        return None
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    places = np.zeros(len(codes) + 1, dtype=np.int64)
    sizes = 1 + (codes > 0x7F) + (codes > 0x7FF).astype(np.int64) + (codes > 0xFFFF)
    np.cumsum(sizes, out=places[1:])
    return places


def _pack_words(
    kind: str, words: Sequence[BulkWords], numbers: Sequence[NDArray[np.int32]]
) -> Arrays:
    """The words of sentences or headings, a document each; its words' `numbers`."""
    return {
        f"{kind}_words": _joined(
            [own[found.numbers] for found, own in zip(words, numbers, strict=True)],
            np.int32,
        ),
        f"{kind}_word_offsets": _offsets_of([np.diff(own.offsets) for own in words]),
    }


def _offsets(lengths: Iterable[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *lengths], dtype=np.int64)


def _offsets_of(lengths: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), *lengths]))


def _joined(arrays: Sequence[NDArray[Any]], dtype: type) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype=dtype), *arrays])


def _joined_spans(arrays: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros((0, 2), dtype=np.int64), *arrays])
