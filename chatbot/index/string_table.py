"""Many strings as two arrays: their UTF-8 bytes on end and where each one starts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class StringTable:
    """Strings by number, decoded when asked for.

    `content`: uint8 of shape (bytes,). `offsets`: int64 of shape (strings + 1,);
    string i is content[offsets[i]:offsets[i + 1]].
    """

    content: NDArray[np.uint8]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, strings: Iterable[str]) -> StringTable:
        """The table that holds `strings` in their order."""
        written = list(strings)
        joined = "".join(written)
        parts: Sequence[str | bytes] = written
        if not joined.isascii():
            parts = [string.encode("utf-8") for string in written]
        offsets = np.zeros(len(parts) + 1, dtype=np.int64)
        np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)), out=offsets[1:])
        return cls(np.frombuffer(joined.encode("utf-8"), dtype=np.uint8), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, number: int) -> str:
        start, end = self.offsets.item(number), self.offsets.item(number + 1)
        return self.content[start:end].tobytes().decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        first = int(self.offsets[0])
        content = self.content[first : int(self.offsets[-1])].tobytes()
        bounds = pairwise((self.offsets - first).tolist())
        if content.isascii():
            text = content.decode("ascii")
            return (text[start:end] for start, end in bounds)
        return (content[start:end].decode("utf-8") for start, end in bounds)

    def part(self, rows: slice) -> StringTable:
        """The table of the rows start:stop."""
        return StringTable(self.content, self.offsets[rows.start : rows.stop + 1])

    def take(self, rows: NDArray[np.intp]) -> StringTable:
        """The table of these rows, in that order; quickest where they are runs."""
        ends = np.flatnonzero(np.diff(rows, append=-2) != 1)
        starts = np.concatenate([[0], ends[:-1] + 1])
        firsts = self.offsets[rows[starts[: len(ends)]]].tolist()
        lasts = self.offsets[rows[ends] + 1].tolist()
        parts = [self.content[a:b] for a, b in zip(firsts, lasts, strict=True)]
        offsets = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(self.offsets[rows + 1] - self.offsets[rows], out=offsets[1:])
        return StringTable(np.concatenate([self.content[:0], *parts]), offsets)

    def find(self, string: str, within: range | None = None) -> int | None:
        """The number of a string in a table sorted by code point, or None.

        With `within`, these numbers alone are sorted and searched.
        """
        numbers = range(len(self)) if within is None else within
        place, is_there = self.place_of(string, numbers)
        return numbers[place] if is_there else None

    def place_of(self, string: str, within: range) -> tuple[int, bool]:
        """How many of these numbers, sorted by string, have one that comes before.

        Also whether the next has the string itself.
        """
        wanted = string.encode("utf-8", errors="replace")
        content, offsets = self.content.data, self.offsets.data

        def encoded(number: int) -> bytes:
            return content[offsets[number] : offsets[number + 1]].tobytes()

        place = bisect_left(within, wanted, key=encoded)
        return place, place < len(within) and encoded(within[place]) == wanted


def concatenated(tables: Sequence[StringTable]) -> StringTable:
    """One table of the strings of several, on end."""
    content, offsets, total = [], [np.zeros(1, dtype=np.int64)], 0
    for table in tables:
        first, end = int(table.offsets[0]), int(table.offsets[-1])
        content.append(table.content[first:end])
        offsets.append(table.offsets[1:] + (total - first))
        total += end - first
    empty = np.zeros(0, dtype=np.uint8)
    return StringTable(np.concatenate([empty, *content]), np.concatenate(offsets))


def packed_table(name: str, strings: Iterable[str]) -> dict[str, NDArray[Any]]:
    """The two arrays of a table of `strings`, under the table's name."""
    return table_arrays(name, StringTable.of(strings))


def table_arrays(name: str, table: StringTable) -> dict[str, NDArray[Any]]:
    """The two arrays of a table, under its name."""
    return {f"{name}_content": table.content, f"{name}_offsets": table.offsets}


def opened_table(arrays: Mapping[str, NDArray[Any]], name: str) -> StringTable:
    """The table of that name among the arrays."""
    return StringTable(arrays[f"{name}_content"], arrays[f"{name}_offsets"])
