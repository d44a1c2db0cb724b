"""JSON Lines: each line an object with a `text`, which becomes one passage.

    {"id": "returns-1", "title": "Returns", "text": "Within 30 days.", "url": "…"}

`id` is a string or an integer, by default the number of the line; `title` and `url` may
be missing. The document's text is the records' titles and texts, one below the other; a
title that consecutive records share is written once, as their heading.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import BinaryIO

import numpy as np

from chatbot.documents.document import Heading, Span
from chatbot.documents.outline import Outline, trimmed
from chatbot.documents.readers.json_records import LineError, Record, records_in
from chatbot.documents.records import Records

NOTICES = 5
"""So many skipped lines are named; the others are counted."""

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class SkippedLines:
    """Lines that are no records: why the first of them are not, and how many are."""

    reasons: tuple[str, ...] = ()
    count: int = 0

    def __add__(self, more: SkippedLines) -> SkippedLines:
        """These lines and some further down."""
        reasons = (*self.reasons, *more.reasons)[:NOTICES]
        return SkippedLines(reasons, self.count + more.count)

    @property
    def notices(self) -> tuple[str, ...]:
        """A line each for the first of them and one for the others."""
        more = self.count - len(self.reasons)
        if not more:
            return self.reasons
        return (*self.reasons, f"and {more:,} more {'line' if more == 1 else 'lines'}")


@dataclass(frozen=True, slots=True)
class Part:
    """Whole lines of a file: the bytes start:end, the first on line `first_line`."""

    start: int
    end: int
    first_line: int


def cut_lines(file: BinaryIO, size: int) -> list[Part]:
    """A file in parts of about `size` bytes, each of whole lines."""
    parts: list[Part] = []
    start, line = 0, 1
    while block := file.read(size):
        end, lines = start + len(block), block.count(b"\n")
        while not block.endswith(b"\n") and (block := file.readline(size)):
            end, lines = end + len(block), lines + block.endswith(b"\n")
        parts.append(Part(start, end, line))
        start, line = end, line + lines
    return parts


def read_json_lines(
    file: BinaryIO, title: str, part: Part | None = None
) -> tuple[Outline, SkippedLines]:
    """The outline of a JSON Lines file, or of a part of it, and the lines skipped.

    Offsets count from the start of the part, lines from the start of the file.
    """
    records: list[Record] = []
    numbers: list[int] = []
    skipped = SkippedLines()
    left: float = math.inf
    if part:
        file.seek(part.start)
        left = part.end - part.start
    for number, record in records_in(file, left, part.first_line if part else 1):
        if isinstance(record, LineError):
            skipped += SkippedLines((f"line {number}: {record}",), 1)
        else:
            records.append(record)
            numbers.append(number)
    return _laid_out(records, numbers, title), skipped


def _laid_out(found: Sequence[Record], lines: Sequence[int], title: str) -> Outline:
    """The outline of the records on some lines, one below the other."""
    ids, titles, texts, urls = zip(*found, strict=True) if found else ((),) * 4
    headed = [
        f"{own}\n" if own and own != before else ""
        for own, before in zip(titles, ("", *titles), strict=False)
    ]
    above, sizes = (
        np.fromiter(map(len, strings), np.int64, len(found))
        for strings in (headed, texts)
    )
    ends = np.cumsum(above + sizes + len(_GAP)) - len(_GAP)
    starts = (ends - sizes).tolist()
    spans = list(zip(starts, ends.tolist(), strict=True))
    headings = tuple(
        Heading(own, 1, lines[place], starts[place] - len(own) - 1, starts[place] - 1)
        for place in np.flatnonzero(above).tolist()
        for own in (titles[place],)
    )
    has_title = np.fromiter(map(bool, titles), bool, len(found))
    innermost = np.where(has_title, np.cumsum(above > 0) - 1, -1).tolist()
    prose = {
        place: _prose(text, starts[place])
        for place, text in enumerate(texts)
        if "\n" in text
    }
    records = Records(headings, ids, titles, urls, lines, spans, innermost, prose)
    written = "".join(chain.from_iterable(zip(headed, texts, repeat(_GAP))))
    return Outline(written, title, headings, records)


def _prose(text: str, offset: int) -> tuple[Span, ...]:
    """A span for each line of a record's text that is not blank."""
    spans = []
    start = 0
    for line in text.split("\n"):
        span = trimmed(line, 0, len(line))
        if span[0] < span[1]:
            spans.append((offset + start + span[0], offset + start + span[1]))
        start += len(line) + 1
    return tuple(spans)
