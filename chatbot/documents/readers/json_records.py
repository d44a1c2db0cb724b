"""Lines of JSON to records: what `json_lines` lays out one below the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from chatbot.documents.outline import WHITE_SPACE

LINE_BYTES = 64_000_000
"""A longer line is skipped without being held in memory."""

_decode = json.JSONDecoder().raw_decode
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNFIT = re.compile("[\r\0\ud800-\udfff]")
_SEPARATOR = str(2**53 + 1)
"""No number with a fraction or an exponent is equal to it."""

BLOCK_BYTES = 1 << 16
"""So much is decoded together where every line is a record."""

Record = tuple[str, str, str, str]
"""The id, title, text and URL of a record."""


class LineError(ValueError):
    """The line is not a record; the message is the reason."""


def records_in(
    file: BinaryIO, size: float, first: int
) -> Iterator[tuple[int, Record | LineError]]:
    """The records on the lines of the next `size` bytes, and why others are none.

    With the numbers of their lines, of which the first is `first`; blank lines are
    passed over.
    """
    for lines in _blocks(_lines(file, size)):
        plain = _plain_records(lines, first) if len(lines) > 1 else None
        yield from enumerate(plain, first) if plain else _each_record(lines, first)
        first += len(lines)


def _lines(file: BinaryIO, size: float) -> Iterator[bytes]:
    """The lines of a stretch; of one above `LINE_BYTES` only the beginning."""
    while size > 0 and (line := file.readline(LINE_BYTES + 1)):
        size -= len(line)
        yield line
        while len(line) > LINE_BYTES and not line.endswith(b"\n"):
            line = file.readline(LINE_BYTES + 1)
            size -= len(line)


def _blocks(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    """Lines, `BLOCK_BYTES` at a time at most; a longer one by itself."""
    block: list[bytes] = []
    left = BLOCK_BYTES
    for line in lines:
        if block and len(line) > left:
            yield block
            block, left = [], BLOCK_BYTES
        block.append(line)
        left -= len(line)
    if block:
        yield block


def _plain_records(lines: Sequence[bytes], first: int) -> list[Record] | None:
    """The records on some lines, the `first` of that number, decoded together.

    None when one of them is no record or asks for a closer look.
    """
    source = b"".join(lines)
    objects = _decoded_together(source)
    if objects is None or len(objects) != len(lines):
        return None
    ids, titles, texts, urls = (
        [found.get(name) for found in objects]
        for name in ("id", "title", "text", "url")
    )
    if not (
        set(map(type, ids)) <= {str, int, type(None)}
        and set(map(type, titles)) | set(map(type, urls)) <= {str, type(None)}
        and set(map(type, texts)) == {str}
    ):
        return None
    heading_of = {title: _heading(title or "") for title in set(titles)}
    records = [
        (
            str(number if id_ is None or id_ == "" else id_),
            heading_of[title],
            text.strip(WHITE_SPACE),
            url.strip(WHITE_SPACE) if url else "",
        )
        for number, (id_, title, text, url) in enumerate(
            zip(ids, titles, texts, urls, strict=True), first
        )
    ]
    if b"\\" in source and any(_UNFIT.search("".join(record)) for record in records):
        return None
    return records if all(text for _, _, text, _ in records) else None


def _decoded_together(source: bytes) -> list[Any] | None:
    """The JSON objects on lines of which each is one, otherwise None.

    A number that the lines do not hold separates them, so that none goes on in the
    next.
    """
    try:
        lines = source.decode("utf-8").removesuffix("\n").split("\n")
        joined = f",{_SEPARATOR},".join(lines)
        values, end = _decode(f"[{joined}]")
    except (ValueError, RecursionError):
        return None
    is_whole = end == len(joined) + 2 and joined.count(_SEPARATOR) == len(lines) - 1
    if not is_whole or values[1::2] != [int(_SEPARATOR)] * (len(lines) - 1):
        return None
    objects = values[::2]
    return objects if set(map(type, objects)) == {dict} else None


def _each_record(
    lines: Sequence[bytes], first: int
) -> Iterator[tuple[int, Record | LineError]]:
    """The records on some lines, the `first` of that number, one by one."""
    for number, line in enumerate(lines, first):
        try:
            if record := _record(line, number):
                yield number, record
        except LineError as error:
            yield number, error


def _record(line: bytes, number: int) -> Record | None:
    """The record on a line, or None when the line is blank."""
    if len(line) > LINE_BYTES:
        raise LineError(f"it is longer than {LINE_BYTES:,} bytes")
    try:
        source = line.decode("utf-8").strip(WHITE_SPACE)
        if not source:
            return None
        value, end = _decode(source)
    except UnicodeDecodeError as error:
        byte = line[error.start]
        raise LineError(f"it is not UTF-8 text (byte 0x{byte:02x})") from None
    except (ValueError, RecursionError):
        raise LineError("it is not JSON") from None
    if end != len(source):
        raise LineError("it is not JSON")
    if not isinstance(value, dict):
        raise LineError("it is not a JSON object")
    id_ = value.get("id")
    if id_ is None or id_ == "":
        id_ = number
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise LineError("its “id” is neither a string nor an integer")
    text = _string(value, "text")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip(WHITE_SPACE)
    if not text:
        raise LineError("it has no “text”")
    heading = _heading(_string(value, "title"))
    if url := _string(value, "url"):
        url = url.strip(WHITE_SPACE)
    record = (str(id_), heading, text, url)
    if "\\u" in source:
        whole = "".join(record)
        if _SURROGATE.search(whole):
            raise LineError("it holds half of a surrogate pair (\\ud800 to \\udfff)")
        if "\0" in whole:
            raise LineError("it holds NUL characters (\\u0000)")
    return record


def _string(value: dict[str, Any], name: str) -> str:
    """A field that may be missing; null is missing too."""
    field = value.get(name)
    if field is not None and not isinstance(field, str):
        raise LineError(f"its “{name}” is not a string")
    return field or ""


def _heading(title: str) -> str:
    return " ".join(title.split()).strip(WHITE_SPACE)
