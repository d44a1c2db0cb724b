"""JSON Lines: each line an object with a `text`, which becomes one passage.

    {"id": "returns-1", "title": "Returns", "text": "Within 30 days.", "url": "…"}

`id` is a string or an integer, by default the number of the line; `title` and `url` may
be missing. The document's text is the records' titles and texts, one below the other; a
title that consecutive records share is written once, as their heading.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from chatbot.documents.document import Heading, Span
from chatbot.documents.outline import WHITE_SPACE, Outline, trimmed
from chatbot.documents.records import Records

LINE_BYTES = 64_000_000
"""A longer line is skipped without being held in memory."""

NOTICES = 5
"""So many skipped lines are named; the others are counted."""


_decode = json.JSONDecoder().raw_decode
_SURROGATE = re.compile("[\ud800-\udfff]")


_Record = tuple[str, str, str, str]
"""The id, title, text and URL of a record."""


class _LineError(ValueError):
    """The line is not a record; the message is the reason."""


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
    parts: list[str] = []
    headings: list[Heading] = []
    rows: list[tuple[str, str, str, int, Span, int]] = []
    prose: dict[int, tuple[Span, ...]] = {}
    skipped = SkippedLines()
    length = 0
    heading, heading_of = "", -1
    for number, line in enumerate(_lines(file, part), part.first_line if part else 1):
        try:
            record = _record(line, number)
        except _LineError as error:
            skipped += SkippedLines((f"line {number}: {error}",), 1)
            continue
        if record is None:
            continue
        id_, own, text, url = record
        if own != heading:
            heading, heading_of = own, -1
            if own:
                heading_of = len(headings)
                end = length + len(own)
                headings.append(Heading(own, 1, number, length, end))
                parts.append(own + "\n")
                length = end + 1
        if "\n" in text:
            prose[len(rows)] = _prose(text, length)
        end = length + len(text)
        rows.append((id_, own, url, number, (length, end), heading_of))
        parts.append(text + "\n\n")
        length = end + 2
    columns = zip(*rows, strict=True) if rows else [()] * 6
    ids, titles, urls, lines, spans, innermost = columns
    records = Records(
        tuple(headings), ids, titles, urls, lines, spans, innermost, prose
    )
    return Outline("".join(parts), title, records.headings, records), skipped


def _lines(file: BinaryIO, part: Part | None) -> Iterator[bytes]:
    """The lines of a file or a part; of one above `LINE_BYTES` only the beginning."""
    left: float = math.inf
    if part:
        file.seek(part.start)
        left = part.end - part.start
    while left > 0 and (line := file.readline(LINE_BYTES + 1)):
        left -= len(line)
        yield line
        while len(line) > LINE_BYTES and not line.endswith(b"\n"):
            line = file.readline(LINE_BYTES + 1)
            left -= len(line)


def _record(line: bytes, number: int) -> _Record | None:
    """The record on a line, or None when the line is blank."""
    if len(line) > LINE_BYTES:
        raise _LineError(f"it is longer than {LINE_BYTES:,} bytes")
    try:
        source = line.decode("utf-8").strip(WHITE_SPACE)
        if not source:
            return None
        value, end = _decode(source)
    except UnicodeDecodeError as error:
        byte = line[error.start]
        raise _LineError(f"it is not UTF-8 text (byte 0x{byte:02x})") from None
    except (ValueError, RecursionError):
        raise _LineError("it is not JSON") from None
    if end != len(source):
        raise _LineError("it is not JSON")
    if not isinstance(value, dict):
        raise _LineError("it is not a JSON object")
    id_ = value.get("id")
    if id_ is None or id_ == "":
        id_ = number
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise _LineError("its “id” is neither a string nor an integer")
    text = _string(value, "text")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip(WHITE_SPACE)
    if not text:
        raise _LineError("it has no “text”")
    if heading := _string(value, "title"):
        heading = " ".join(heading.split()).strip(WHITE_SPACE)
    if url := _string(value, "url"):
        url = url.strip(WHITE_SPACE)
    record = (str(id_), heading, text, url)
    if "\\u" in source:
        whole = "".join(record)
        if _SURROGATE.search(whole):
            raise _LineError("it holds half of a surrogate pair (\\ud800 to \\udfff)")
        if "\0" in whole:
            raise _LineError("it holds NUL characters (\\u0000)")
    return record


def _string(value: dict[str, Any], name: str) -> str:
    """A field that may be missing; null is missing too."""
    field = value.get(name)
    if field is not None and not isinstance(field, str):
        raise _LineError(f"its “{name}” is not a string")
    return field or ""


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
