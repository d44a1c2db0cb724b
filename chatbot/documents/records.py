"""Records as columns, and cut to passages: each is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from chatbot.documents.document import Heading, Span
from chatbot.documents.outline import Block, Item, Outline
from chatbot.documents.passage_columns import PassageColumns, pairs
from chatbot.documents.passages import LONG_SENTENCE, split_prose
from chatbot.language.sentences import SentenceSplitter
from chatbot.language.sentences_in_bulk import plain_sentences


@dataclass(frozen=True, slots=True)
class Records(Sequence[Block]):
    """The records of an outline: a list for each of their fields, R long.

    `innermost` are the numbers of their headings among `headings`, -1 for none. `prose`
    has, by number, the spans of the lines of records that have more than one; each of
    the others is one span.
    """

    headings: tuple[Heading, ...]
    ids: Sequence[str]
    titles: Sequence[str]
    urls: Sequence[str]
    lines: Sequence[int]
    spans: Sequence[Span]
    innermost: Sequence[int]
    prose: Mapping[int, tuple[Span, ...]]

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, number: int) -> Block: ...

    @overload
    def __getitem__(self, number: slice) -> tuple[Block, ...]: ...

    def __getitem__(self, number: int | slice) -> Block | tuple[Block, ...]:
        if isinstance(number, slice):
            return tuple(map(self.__getitem__, range(len(self))[number]))
        number = range(len(self))[number]
        heading = self.innermost[number]
        return Block(
            "paragraph",
            (Item(*self.spans[number], self.prose_of(number)),),
            self.lines[number],
            self.headings[heading : heading + 1] if heading >= 0 else (),
            self.ids[number],
            self.titles[number],
            self.urls[number],
        )

    def prose_of(self, number: int) -> tuple[Span, ...]:
        """The spans of the lines of a record."""
        return self.prose.get(number) or (self.spans[number],)

    def all_prose(self) -> Iterator[Span]:
        """The spans of the lines of all records, in order."""
        for number in range(len(self)):
            yield from self.prose_of(number)


def cut_records(
    outline: Outline, records: Records, source: str, splitter: SentenceSplitter
) -> PassageColumns:
    """The passages of a document of records: what `cut_passages` makes of them."""
    sentences, counts = _sentences(outline.text, records, splitter)
    return PassageColumns(
        source,
        outline.text,
        outline.headings,
        records.ids,
        [title or outline.title for title in records.titles],
        records.urls,
        np.array(records.lines, dtype=np.int64),
        pairs(records.spans),
        np.array(records.innermost, dtype=np.int32),
        np.full(len(outline.headings), -1, dtype=np.int32),
        sentences,
        counts,
    )


def _sentences(
    text: str, records: Records, splitter: SentenceSplitter
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The sentences of all records, (S, 2), and how many each record has, (R,)."""
    is_plain = np.ones(len(records), dtype=bool)
    is_plain[list(records.prose)] = False
    one_line = np.flatnonzero(is_plain)
    found, found_counts = plain_sentences(
        text, pairs(records.spans)[one_line], splitter.abbreviations
    )
    owners = np.repeat(one_line, found_counts)
    is_plain[one_line] = found_counts > 0
    is_plain[owners[found[:, 1] - found[:, 0] >= LONG_SENTENCE]] = False
    others = [
        [
            sentence
            for span in records.prose_of(number)
            for sentence in split_prose(text, span, splitter.spans)
        ]
        for number in np.flatnonzero(~is_plain).tolist()
    ]
    counts = np.zeros(len(records), dtype=np.int64)
    counts[one_line] = found_counts
    counts[~is_plain] = [len(sentences) for sentences in others]
    is_of_plain = np.repeat(is_plain, counts)
    sentences = np.empty((len(is_of_plain), 2), dtype=np.int64)
    sentences[is_of_plain] = found[is_plain[owners]]
    sentences[~is_of_plain] = pairs([span for part in others for span in part])
    return sentences, counts
