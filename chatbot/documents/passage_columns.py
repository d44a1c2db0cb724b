"""The passages of a document as columns: an array or a list for each of their fields.

A passage is made when it is asked for; what indexes many of them reads the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload

import numpy as np
from numpy.typing import NDArray

from chatbot.documents.document import Document, Heading, Passage, Span


@dataclass(frozen=True, slots=True, eq=False)
class PassageColumns(Sequence[Passage]):
    """P passages with S sentences in all.

    `source` and `text` are the document's, `headings` its headings. `lines`: int64
    (P,). `spans`: int64 (P, 2). `innermost`: int32 (P,), the number of the heading that
    each stands under or -1, and `parents`: int32 (H,), that of the heading above each
    heading or -1. `sentence_spans`: int64 (S, 2). `sentence_counts`: int64 (P,).
    """

    source: str
    text: str
    headings: Sequence[Heading]
    ids: Sequence[str]
    titles: Sequence[str]
    urls: Sequence[str]
    lines: NDArray[np.int64]
    spans: NDArray[np.int64]
    innermost: NDArray[np.int32]
    parents: NDArray[np.int32]
    sentence_spans: NDArray[np.int64]
    sentence_counts: NDArray[np.int64]

    @classmethod
    def of(cls, document: Document) -> PassageColumns:
        """The columns of a document's passages."""
        passages = document.passages
        if isinstance(passages, cls):
            return passages
        number = {heading: i for i, heading in enumerate(document.headings)}
        parents = np.full(len(number), -1, dtype=np.int32)
        innermost = []
        for passage in passages:
            path = [number[heading] for heading in passage.headings]
            parents[path[1:]] = path[:-1]
            innermost.append(path[-1] if path else -1)
        return cls(
            document.source,
            document.text,
            document.headings,
            [p.id for p in passages],
            [p.title for p in passages],
            [p.url for p in passages],
            np.array([p.line for p in passages], dtype=np.int64),
            pairs([(p.start, p.end) for p in passages]),
            np.array(innermost, dtype=np.int32),
            parents,
            pairs([span for p in passages for span in p.sentences]),
            np.array([len(p.sentences) for p in passages], dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, number: int) -> Passage: ...

    @overload
    def __getitem__(self, number: slice) -> tuple[Passage, ...]: ...

    def __getitem__(self, number: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(number, slice):
            return tuple(map(self.__getitem__, range(len(self))[number]))
        number = range(len(self))[number]
        start, end = self.spans[number].tolist()
        last = int(self.sentence_counts[: number + 1].sum())
        first = last - int(self.sentence_counts[number])
        return Passage(
            id=self.ids[number],
            source=self.source,
            title=self.titles[number],
            text=self.text[start:end],
            start=start,
            end=end,
            line=int(self.lines[number]),
            headings=tuple(self._path(int(self.innermost[number]))),
            sentences=tuple(map(tuple, self.sentence_spans[first:last].tolist())),
            url=self.urls[number],
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def _path(self, heading: int) -> Iterator[Heading]:
        if heading >= 0:
            yield from self._path(int(self.parents[heading]))
            yield self.headings[heading]


def pairs(spans: Sequence[Span]) -> NDArray[np.int64]:
    """Spans as an array (N, 2)."""
    return np.fromiter(chain.from_iterable(spans), np.int64, 2 * len(spans)).reshape(
        -1, 2
    )
