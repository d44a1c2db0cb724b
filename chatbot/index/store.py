"""Documents, passages and their words as arrays, and back.

    arrays = pack(analysed_documents, numbers)
    PassageStore(arrays).passage(0)         # equal to the first passage that went in

Shapes: D documents, H headings, P passages, S sentences, all in corpus order. A
"..._offsets" array of one entry more than there are things says where each begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.documents.document import Document, Heading, Passage
from chatbot.index.analysis import AnalysedDocument
from chatbot.index.string_table import opened_table, packed_table
from chatbot.language.kinds import Kind

Arrays = dict[str, NDArray[Any]]

WordNumbers = Mapping[str, Mapping[str, int]]
"""From each language to the number of each of its words."""


def pack(analysed: Sequence[AnalysedDocument], numbers: WordNumbers) -> Arrays:
    """The arrays of a `PassageStore`; `numbers` numbers every word.

    A word has a number of its own in each language that it occurs in.
    """
    documents = [entry.document for entry in analysed]
    return {
        **_pack_documents(documents),
        **_pack_headings(analysed, numbers),
        **_pack_passages(documents),
        **_pack_sentences(analysed, numbers),
    }


class PassageStore:
    """Gives documents, headings, passages and their words back from the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self.languages = list(opened_table(arrays, "languages"))
        self.sources = opened_table(arrays, "document_sources")
        self.document_titles = opened_table(arrays, "document_titles")
        self.sentence_offsets = arrays["passage_sentence_offsets"]
        self.word_offsets = arrays["sentence_word_offsets"]
        self.words = arrays["sentence_words"]
        self.sentence_kinds = arrays["sentence_kinds"]
        self.passage_headings = arrays["passage_headings"]
        self.heading_parents = arrays["heading_parents"]
        self.heading_word_offsets = arrays["heading_word_offsets"]
        self.heading_words = arrays["heading_words"]
        self._passage_offsets = arrays["document_passage_offsets"]
        self._heading_offsets = arrays["document_heading_offsets"]
        self._ids = opened_table(arrays, "passage_ids")
        self._titles = opened_table(arrays, "passage_titles")
        self._urls = opened_table(arrays, "passage_urls")
        self._heading_texts = opened_table(arrays, "heading_texts")

    def __len__(self) -> int:
        return len(self._arrays["passage_spans"])

    def passage(self, number: int) -> Passage:
        """Passage `number`, counted from 0 in corpus order."""
        arrays = self._arrays
        byte_start, byte_end = arrays["passage_bytes"][number].tolist()
        start, end = arrays["passage_spans"][number].tolist()
        first, last = self.sentence_offsets[number : number + 2].tolist()
        document = self.document_of(number)
        return Passage(
            id=self._ids[number],
            source=self.sources[document],
            title=self._titles[number],
            text=arrays["text"][byte_start:byte_end].tobytes().decode("utf-8"),
            start=start,
            end=end,
            line=int(arrays["passage_lines"][number]),
            headings=self.heading_path(int(self.passage_headings[number])),
            sentences=tuple(map(tuple, arrays["sentence_spans"][first:last].tolist())),
            url=self._urls[number],
        )

    def document_of(self, number: int) -> int:
        """The number of the document that holds a passage."""
        return bisect_right(self._passage_offsets, number) - 1

    def heading(self, number: int) -> Heading:
        """Heading `number`, counted from 0 in corpus order."""
        arrays = self._arrays
        start, end = arrays["heading_spans"][number].tolist()
        return Heading(
            text=self._heading_texts[number],
            level=int(arrays["heading_levels"][number]),
            line=int(arrays["heading_lines"][number]),
            start=start,
            end=end,
        )

    def heading_text(self, number: int) -> str:
        """The text of heading `number`."""
        return self._heading_texts[number]

    def heading_texts(self, limit: int) -> list[str]:
        """The texts of the first headings, in corpus order."""
        return [self._heading_texts[n] for n in range(len(self._heading_texts))[:limit]]

    def heading_path(self, number: int) -> tuple[Heading, ...]:
        """A heading and those above it, outermost first; empty for -1."""
        path: list[Heading] = []
        while number >= 0:
            path.append(self.heading(number))
            number = int(self.heading_parents[number])
        return tuple(reversed(path))

    def passages_by_language(self) -> NDArray[np.int64]:
        """The number of passages in each of the `languages`."""
        sizes = np.diff(self._passage_offsets)
        languages = self._arrays["document_languages"]
        return np.bincount(languages, weights=sizes).astype(np.int64)

    def document_number(self, source: str) -> int | None:
        """The number of the document with that path inside the corpus."""
        number = bisect_left(self.sources, source)
        found = number < len(self.sources) and self.sources[number] == source
        return number if found else None

    def document(self, number: int) -> Document:
        """Document `number`, whole."""
        start, end = self._arrays["document_bytes"][number : number + 2].tolist()
        first, last = self._passage_offsets[number : number + 2].tolist()
        first_heading, last_heading = self._heading_offsets[
            number : number + 2
        ].tolist()
        return Document(
            source=self.sources[number],
            title=self.document_titles[number],
            text=self._arrays["text"][start:end].tobytes().decode("utf-8"),
            headings=tuple(map(self.heading, range(first_heading, last_heading))),
            passages=tuple(map(self.passage, range(first, last))),
            language=self.languages[int(self._arrays["document_languages"][number])],
        )

    def analysed(self, number: int, words: Sequence[str]) -> AnalysedDocument:
        """Document `number` with its words, given the words by their numbers."""
        document = self.document(number)
        first, last = self._passage_offsets[number : number + 2].tolist()
        sentences = range(*self.sentence_offsets[[first, last]].tolist())
        headings = range(*self._heading_offsets[number : number + 2].tolist())
        kinds = self.sentence_kinds[sentences.start : sentences.stop]
        return AnalysedDocument(
            document,
            tuple(_slice(self.words, self.word_offsets, i, words) for i in sentences),
            tuple(
                _slice(self.heading_words, self.heading_word_offsets, i, words)
                for i in headings
            ),
            tuple(map(Kind, kinds.tolist())),
        )


def _slice(
    numbers: NDArray[np.int32],
    offsets: NDArray[np.int64],
    index: int,
    words: Sequence[str],
) -> tuple[str, ...]:
    start, end = offsets[index], offsets[index + 1]
    return tuple(words[number] for number in numbers[start:end].tolist())


def _pack_documents(documents: Sequence[Document]) -> Arrays:
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
        **packed_table("document_sources", (d.source for d in documents)),
        **packed_table("document_titles", (d.title for d in documents)),
    }


def _pack_headings(
    analysed: Sequence[AnalysedDocument], numbers: WordNumbers
) -> Arrays:
    headings = [h for entry in analysed for h in entry.document.headings]
    words = [
        [numbers[entry.document.language][word] for word in found]
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
        "heading_word_offsets": _offsets(map(len, words)),
        "heading_words": _flat(words),
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
        [numbers[entry.document.language][word] for word in found]
        for entry in analysed
        for found in entry.sentence_words
    ]
    return {
        "passage_sentence_offsets": _offsets(len(p.sentences) for p in passages),
        "sentence_spans": _pairs(span for p in passages for span in p.sentences),
        "sentence_word_offsets": _offsets(map(len, words)),
        "sentence_words": _flat(words),
        "sentence_kinds": np.array(
            [kind for entry in analysed for kind in entry.sentence_kinds],
            dtype=np.uint16,
        ),
    }


def _offsets(lengths: Iterable[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *lengths], dtype=np.int64)


def _pairs(pairs: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    return np.array(list(pairs), dtype=np.int64).reshape(-1, 2)


def _flat(rows: Iterable[Sequence[int]]) -> NDArray[np.int32]:
    return np.array([number for row in rows for number in row], dtype=np.int32)
