"""Runs of documents as arrays, each with words of its own: what an index is made of.

A segment is what one reader made of some files, or the documents of the previous
generation that have not changed. Its arrays are those of `packing`; `PARTS` says what
their rows are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.string_table import StringTable, opened_table

Arrays = Mapping[str, NDArray[Any]]

DescribedArray = tuple[int, str, Sequence[int]]
"""Where an array begins in a file, the name of its type, and its shape."""

BLOCK_ROWS = 1 << 20
"""Long arrays are worked on in blocks of so many rows."""

PARTS = {
    "document_bytes": ("documents", "text"),
    "document_passage_offsets": ("documents", "passages"),
    "document_heading_offsets": ("documents", "headings"),
    "heading_word_offsets": ("headings", "heading_words"),
    "passage_sentence_offsets": ("passages", "sentences"),
    "sentence_word_offsets": ("sentences", "sentence_words"),
}
"""Offsets by name: of which level's rows they are, and of which they tell the parts.

A level comes before its parts.
"""


@dataclass(frozen=True)
class Segment:
    """Some documents, in corpus order.

    `documents` are their numbers among those of the arrays. With `continues` there is
    one, the next part of the document that the segment before holds parts of.
    """

    arrays: Arrays
    documents: range
    continues: bool = False
    rows: Mapping[str, range] = field(init=False)
    """By level, the rows of the arrays that belong to the documents."""

    def __post_init__(self) -> None:
        rows = {"documents": self.documents}
        for name, (level, part) in PARTS.items():
            bounds = [rows[level].start, rows[level].stop]
            rows[part] = range(*self.arrays[name][bounds].tolist())
        object.__setattr__(self, "rows", rows)

    def blocks(self, name: str, level: str) -> Iterator[NDArray[Any]]:
        """The rows of an array of that level, in one block or more."""
        rows, array = self.rows[level], self.arrays[name]
        for start in range(rows.start, max(rows.stop, rows.start + 1), BLOCK_ROWS):
            yield array[start : min(start + BLOCK_ROWS, rows.stop)]

    def offsets(self, name: str) -> NDArray[np.int64]:
        """The offsets of that name, counted from the segment's own first row."""
        rows = self.rows[PARTS[name][0]]
        offsets: NDArray[np.int64] = self.arrays[name][rows.start : rows.stop + 1]
        own: NDArray[np.int64] = offsets - offsets[0]
        return own

    def strings(self, name: str, level: str) -> StringTable:
        """The rows of a string table of that level."""
        rows = self.rows[level]
        return opened_table(self.arrays, name).part(slice(rows.start, rows.stop))

    def word_counts(self) -> NDArray[np.int64]:
        """How often each word of the arrays occurs in the documents, (W,)."""
        numbers = self.arrays["word_numbers"]
        written = np.zeros(len(numbers), dtype=np.int64)
        for level in ("sentence_words", "heading_words"):
            for block in self.blocks(level, level):
                written += np.bincount(block, minlength=len(numbers))
        counts = np.zeros(len(self.arrays["words_offsets"]) - 1, dtype=np.int64)
        is_word = numbers >= 0
        counts[numbers[is_word]] = written[is_word]
        return counts


class StoredArrays(Mapping[str, NDArray[Any]]):
    """Arrays in one file on end, read when asked for; `store_arrays` writes them."""

    def __init__(self, path: Path, described: Mapping[str, DescribedArray]) -> None:
        self._path = path
        self._described = described

    def __getitem__(self, name: str) -> NDArray[Any]:
        offset, kind, shape = self._described[name]
        dtype, count = np.dtype(kind), math.prod(shape)
        return np.fromfile(self._path, dtype, count, offset=offset).reshape(shape)

    def __iter__(self) -> Iterator[str]:
        return iter(self._described)

    def __len__(self) -> int:
        return len(self._described)


def store_arrays(path: Path, arrays: Arrays) -> dict[str, DescribedArray]:
    """Write arrays for `StoredArrays` to a file; returns what describes them."""
    described: dict[str, DescribedArray] = {}
    with path.open("wb") as file:
        for name, array in arrays.items():
            described[name] = (file.tell(), array.dtype.str, array.shape)
            file.write(np.ascontiguousarray(array).data)
    return described
