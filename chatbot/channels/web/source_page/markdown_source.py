"""Where in a Markdown text the words stand that a parser hands out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from markdown_it.token import Token

from chatbot.documents.document import Span

_NUMBER_SIGNS = re.compile(r" {0,3}#{1,6}[ \t]+")
_BEFORE_CELL = re.compile(r"[ \t]*\|?[ \t]*")


class SourceRows:
    """The rows of a part of a text, counted from 0 as the parser counts them."""

    def __init__(self, text: str, part: Span) -> None:
        self._rows = text[slice(*part)].split("\n")
        lengths = (len(row) + 1 for row in self._rows)
        self._starts = list(accumulate(lengths, initial=part[0]))
        self._first_line = text.count("\n", 0, part[0]) + 1

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: int) -> str:
        return self._rows[row]

    def start(self, row: int) -> int:
        """Where a row begins in the document."""
        return self._starts[row]

    def line(self, row: int) -> int:
        """The line of the file that a row is."""
        return self._first_line + row

    def overlap(self, rows: range, span: Span) -> bool:
        """Whether any of the rows holds a character of a span of the document."""
        if not rows:
            return False
        start, end = self._starts[rows.start], self._starts[rows.stop]
        return max(start, span[0]) < min(end, span[1])


def inline_columns(
    rows: SourceRows, block: Sequence[Token]
) -> Iterator[list[int] | None]:
    """For each stretch of inline Markdown in a block, the column of each of its lines.

    None when a line does not stand in the source as the parser gives it.
    """
    cell_row, column = -1, 0
    for opening, token in pairwise(block):
        if token.type != "inline":
            continue
        first = token.map[0] if token.map else 0
        if opening.type in ("th_open", "td_open"):
            if first != cell_row:
                cell_row, column = first, 0
            found = _cell_column(rows[first], column, token.content)
            column = len(rows[first]) if found is None else found + len(token.content)
        elif opening.markup.startswith("#"):
            found = _heading_column(rows[first], token.content, opening.level)
        else:
            yield _paragraph_columns(rows, first, token.content)
            continue
        yield None if found is None else [found]


def code_columns(rows: SourceRows, token: Token) -> list[int] | None:
    """The column of each line of a block of code, as of `inline_columns`."""
    return _suffix_columns(rows, code_rows(token))


def code_rows(token: Token) -> Iterator[tuple[int, str]]:
    """Each row of a block of code, with the code that stands in it."""
    assert token.map is not None
    first = token.map[0] + (token.type == "fence")
    code = token.content.removesuffix("\n")
    yield from enumerate(code.split("\n") if token.content else [], first)


def content_span(
    rows: SourceRows, first: int, content: str, columns: Sequence[int], quoted: Span
) -> Span:
    """What of a stretch of inline Markdown is quoted, in characters of the stretch."""
    found: list[int] = []
    offset = 0
    for row, (line, column) in enumerate(
        zip(content.split("\n"), columns, strict=True), first
    ):
        begin = rows.start(row) + column
        start = max(quoted[0] - begin, 0)
        end = min(quoted[1] - begin, len(line))
        if start < end:
            found += [offset + start, offset + end]
        offset += len(line) + 1
    return (min(found), max(found)) if found else (0, 0)


def _cell_column(row: str, column: int, content: str) -> int | None:
    """Where a table's cell stands in a row, the cell before it ending at `column`."""
    before = _BEFORE_CELL.match(row, column)
    assert before is not None
    return before.end() if row.startswith(content, before.end()) else None


def _heading_column(row: str, content: str, level: int) -> int | None:
    signs = _NUMBER_SIGNS.match(row)
    if level or signs is None or not row.startswith(content, signs.end()):
        return None
    return signs.end()


def _paragraph_columns(rows: SourceRows, first: int, content: str) -> list[int] | None:
    return _suffix_columns(rows, enumerate(content.split("\n"), first))


def _suffix_columns(
    rows: SourceRows, lines: Iterator[tuple[int, str]] | enumerate[str]
) -> list[int] | None:
    """The column of each line, which ends its row but for white space."""
    columns = []
    for row, line in lines:
        written, given = rows[row].rstrip(), line.rstrip()
        if not written.endswith(given):
            return None
        columns.append(len(written) - len(given))
    return columns
