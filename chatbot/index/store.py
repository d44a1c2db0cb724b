"""Arrays to documents, passages and their words; `packing` makes the arrays.

PassageStore(arrays).passage(0)         # equal to the first passage that went in
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.documents.document import Document, Heading, Passage
from chatbot.index.corpus_order import CorpusOrder
from chatbot.index.lazy_sequence import LazySequence
from chatbot.index.mapped_pages import MappedPages
from chatbot.index.ranges import distinct
from chatbot.index.string_table import opened_table

FIRST_HEADINGS = 200
"""So many headings are looked at for the first that text stands under."""


class PassageStore:
    """Gives documents, headings, passages and their words back from the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self._pages = MappedPages(arrays.values())
        self.order = CorpusOrder.of(arrays)
        self.languages = list(opened_table(arrays, "languages"))
        self.sources = opened_table(arrays, "document_sources")
        self.document_titles = opened_table(arrays, "document_titles")
        self._sentence_offsets = arrays["passage_sentence_offsets"]
        self.sentence_kinds = arrays["sentence_kinds"]
        self.passage_headings = arrays["passage_headings"]
        self.heading_parents = arrays["heading_parents"]
        self._heading_word_offsets = arrays["heading_word_offsets"]
        self._passage_offsets = arrays["document_passage_offsets"]
        self._heading_offsets = arrays["document_heading_offsets"]
        self._ids = opened_table(arrays, "passage_ids")
        self._titles = opened_table(arrays, "passage_titles")
        self._urls = opened_table(arrays, "passage_urls")
        self._heading_texts = opened_table(arrays, "heading_texts")

    def __len__(self) -> int:
        """The number of passages in the corpus."""
        return self.order.passages

    @cached_property
    def documents(self) -> list[int]:
        """The numbers of the documents in corpus order."""
        return list(map(int, self.order.documents))

    def passage(self, number: int) -> Passage:
        """Passage `number`."""
        self._pages.passage_read()
        arrays = self._arrays
        byte_start, byte_end = arrays["passage_bytes"][number].tolist()
        start, end = arrays["passage_spans"][number].tolist()
        first, last = self._sentence_offsets[number : number + 2].tolist()
        document = self.document_of(number)
        return Passage(
            id=self._ids[number],
            source=self.sources[document],
            title=self._titles[number],
            text=arrays["text"][byte_start:byte_end].tobytes().decode("utf-8"),
            start=start,
            end=end,
            line=arrays["passage_lines"].item(number),
            headings=self.heading_path(self.passage_headings.item(number)),
            sentences=tuple(map(tuple, arrays["sentence_spans"][first:last].tolist())),
            url=self._urls[number],
        )

    def text_of(self, first: int, last: int) -> str:
        """The text of a document from one of its passages to the end of another."""
        start = int(self._arrays["passage_bytes"][first][0])
        end = int(self._arrays["passage_bytes"][last][1])
        return self._arrays["text"][start:end].tobytes().decode("utf-8")

    def is_at(self, number: int, passage: Passage) -> bool:
        """Whether that is the number of a passage of this index."""
        start = int(self._arrays["passage_spans"][number, 0])
        source = self.sources[self.document_of(number)]
        return start == passage.start and source == passage.source

    def passages_of(self, document: int) -> range:
        """The numbers of a document's passages."""
        return range(*self._passage_offsets[document : document + 2].tolist())

    def document_of(self, number: int) -> int:
        """The number of the document that holds a passage."""
        return bisect_right(self._passage_offsets, number) - 1

    def heading(self, number: int) -> Heading:
        """Heading `number`."""
        arrays = self._arrays
        start, end = arrays["heading_spans"][number].tolist()
        return Heading(
            text=self._heading_texts[number],
            level=arrays["heading_levels"].item(number),
            line=arrays["heading_lines"].item(number),
            start=start,
            end=end,
        )

    def heading_text(self, number: int) -> str:
        """The text of heading `number`."""
        return self._heading_texts[number]

    @cached_property
    def first_headings(self) -> list[str]:
        """The texts of the first headings that text stands under, in corpus order."""
        sizes = np.diff(self._heading_offsets)[self.order.documents]
        before = np.cumsum(sizes) - sizes
        chosen = np.flatnonzero((sizes > 0) & (before < FIRST_HEADINGS))
        found = []
        for place in chosen.tolist():
            document = self.documents[place]
            first = self._heading_offsets.item(document)
            end = first + min(sizes.item(place), FIRST_HEADINGS - before.item(place))
            own = self.passages_of(document)
            numbers = distinct(self.passage_headings[own.start : own.stop])
            found += numbers[(first <= numbers) & (numbers < end)].tolist()
        return list(map(self._heading_texts.__getitem__, found))

    def heading_words(self, number: int) -> NDArray[np.int32]:
        """What is written for the words of heading `number`, in its order."""
        start, end = self._heading_word_offsets[number : number + 2].tolist()
        written: NDArray[np.int32] = self._arrays["heading_words"][start:end]
        return written

    def heading_path(self, number: int) -> tuple[Heading, ...]:
        """A heading and those above it, outermost first; empty for -1."""
        path: list[Heading] = []
        while number >= 0:
            path.append(self.heading(number))
            number = self.heading_parents.item(number)
        return tuple(reversed(path))

    def passages_by_language(self) -> NDArray[np.int64]:
        """The number of passages in each of the `languages`."""
        documents = self.order.documents
        sizes = np.diff(self._passage_offsets)[documents]
        languages = self._arrays["document_languages"][documents]
        return np.bincount(
            languages, weights=sizes, minlength=len(self.languages)
        ).astype(np.int64)

    def document_number(self, source: str) -> int | None:
        """The number of the document with that path inside the corpus."""
        documents, sources = self.documents, self.sources
        place = bisect_left(documents, source, key=sources.__getitem__)
        found = place < len(documents) and sources[documents[place]] == source
        return documents[place] if found else None

    def document(self, number: int) -> Document:
        """Document `number`; its headings and passages are made when asked for."""
        start, end = self._arrays["document_bytes"][number : number + 2].tolist()
        first, last = self._passage_offsets[number : number + 2].tolist()
        first_heading, last_heading = self._heading_offsets[
            number : number + 2
        ].tolist()
        return Document(
            source=self.sources[number],
            title=self.document_titles[number],
            text=self._arrays["text"][start:end].tobytes().decode("utf-8"),
            headings=LazySequence(range(first_heading, last_heading), self.heading),
            passages=LazySequence(range(first, last), self.passage),
            language=self.languages[int(self._arrays["document_languages"][number])],
        )
