"""JSON Lines: each line an object with a `text`, which becomes one passage.

    {"id": "returns-1", "title": "Returns", "text": "Within 30 days.", "url": "…"}

`id` is a string or an integer, by default the number of the line; `title` and `url` may
be missing. The document's text is the records' titles and texts, one below the other; a
title that consecutive records share is written once, as their heading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from chatbot.documents.document import Heading, Span
from chatbot.documents.outline import WHITE_SPACE, Block, Item, Outline, trimmed

LINE_BYTES = 64_000_000
"""A longer line is skipped without being held in memory."""

NOTICES = 5
"""So many skipped lines are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class _Record:
    id: str
    title: str
    text: str
    url: str


class _LineError(ValueError):
    """The line is not a record; the message is the reason."""


def read_json_lines(file: BinaryIO, title: str) -> tuple[Outline, list[str]]:
    """The outline of a JSON Lines file, and why lines of it were skipped."""
    parts: list[str] = []
    headings: list[Heading] = []
    blocks: list[Block] = []
    notices: list[str] = []
    skipped = length = 0
    path: tuple[Heading, ...] = ()
    for number, line in enumerate(_lines(file), 1):
        try:
            record = _record(line, number)
        except _LineError as error:
            skipped += 1
            if skipped <= NOTICES:
                notices.append(f"line {number}: {error}")
            continue
        if record is None:
            continue
        if record.title != (path[0].text if path else ""):
            path = ()
        if record.title and not path:
            end = length + len(record.title)
            path = (Heading(record.title, 1, number, length, end),)
            headings += path
            parts.append(record.title + "\n")
            length = end + 1
        item = Item(length, length + len(record.text), _prose(record.text, length))
        blocks.append(
            Block(
                "paragraph", (item,), number, path, record.id, record.title, record.url
            )
        )
        parts.append(record.text + "\n\n")
        length = item.end + 2
    if skipped > NOTICES:
        more = skipped - NOTICES
        notices.append(f"and {more:,} more {'line' if more == 1 else 'lines'}")
    return Outline("".join(parts), title, tuple(headings), tuple(blocks)), notices


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one above `LINE_BYTES` only the beginning."""
    while line := file.readline(LINE_BYTES + 1):
        yield line
        while len(line) > LINE_BYTES and not line.endswith(b"\n"):
            line = file.readline(LINE_BYTES + 1)


def _record(line: bytes, number: int) -> _Record | None:
    """The record on a line, or None when the line is blank."""
    if len(line) > LINE_BYTES:
        raise _LineError(f"it is longer than {LINE_BYTES:,} bytes")
    try:
        source = line.decode("utf-8").strip(WHITE_SPACE)
        value = json.loads(source) if source else None
    except UnicodeDecodeError as error:
        byte = line[error.start]
        raise _LineError(f"it is not UTF-8 text (byte 0x{byte:02x})") from None
    except (ValueError, RecursionError):
        raise _LineError("it is not JSON") from None
    if not source:
        return None
    if not isinstance(value, dict):
        raise _LineError("it is not a JSON object")
    id_ = value.get("id")
    if id_ is None or id_ == "":
        id_ = number
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise _LineError("its “id” is neither a string nor an integer")
    text = _string(value, "text").replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip(WHITE_SPACE)
    if not text:
        raise _LineError("it has no “text”")
    heading = " ".join(_string(value, "title").split()).strip(WHITE_SPACE)
    record = _Record(str(id_), heading, text, _string(value, "url").strip(WHITE_SPACE))
    try:
        "".join((record.id, record.title, record.text, record.url)).encode()
    except UnicodeEncodeError:
        raise _LineError(
            "it holds half of a surrogate pair (\\ud800 to \\udfff)"
        ) from None
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
