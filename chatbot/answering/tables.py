"""Tables in passages: what a header says, it says of every row alike.

A header and the row below it are one sentence of a passage, every other row is one; a
long table is several passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from chatbot.documents.document import Passage, Span
from chatbot.index.store import PassageStore

MOST_PARTS = 50
"""A table that goes on in more passages is looked at without its header in the rest."""

_RULE = re.compile(r"\n(?=[^\n]*-)(?=[^\n]*\|)[ \t>|:-]+\n")
"""What stands between the header and the first row, as in `|---|---:|`."""

_PIPES = " \t|"
_ROW_MARKS = " \t>|"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its `header`, and which sentences of the passage its `rows` are.

    The first of those sentences begins with the header.
    """

    header: str
    rows: range


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table in a passage, and where the table begins: there or further up.

    `rows` are sentences of the passage. The `table` begins in passage `begins`.
    """

    rows: range
    table: Table
    begins: int


def rows_in(number: int, store: PassageStore) -> Iterator[Rows]:
    """The rows of the tables in passage `number` of a store."""
    text = store.text_of(number, number)
    if may_hold_table(text):
        for table in tables_in(store.passage(number)):
            yield Rows(table.rows, table, number)
    elif "|" in text.partition("\n")[0]:
        begun = _begun_above(number, store)
        if begun is not None:
            rows = range(_rows_end(store.passage(number), 0))
            yield Rows(rows, *begun)


def may_hold_table(text: str) -> bool:
    """Whether a passage of that text may have a table."""
    return "|" in text and _RULE.search(text) is not None


def tables_in(passage: Passage) -> Iterator[Table]:
    """The tables of a passage that have two rows or more."""
    first = 0 if may_hold_table(passage.text) else len(passage.sentences)
    while first < len(passage.sentences):
        header = _header(passage, first)
        last = _rows_end(passage, first) if header else first + 1
        if last - first > 1:
            yield Table(header, range(first, last))
        first = last


def span_of_rows(passage: Passage, rows: range) -> Span:
    """Where some rows next to each other stand in the document.

    More than a single line is taken with the pipes at its ends.
    """
    start, end = passage.sentences[rows[0]][0], passage.sentences[rows[-1]][1]
    text = passage.text[: end - passage.start]
    if "\n" not in text[start - passage.start :]:
        return start, end
    before, after = text[: start - passage.start], passage.text[len(text) :]
    opening = before[len(before.rstrip(_PIPES)) :].lstrip(" \t")
    closing = after[: len(after) - len(after.lstrip(_PIPES))].rstrip(" \t")
    return start - len(opening), end + len(closing)


def _header(passage: Passage, number: int) -> str:
    """The header that a sentence begins with, or an empty string."""
    start, end = passage.sentences[number]
    sentence = passage.text[start - passage.start : end - passage.start]
    rule = _RULE.search(sentence)
    header = sentence[: rule.start()] if rule else ""
    return "" if "\n" in header else header


def _rows_end(passage: Passage, first: int) -> int:
    """Behind which sentence the rows end that begin with sentence `first`."""
    for number, (before, after) in enumerate(pairwise(passage.sentences[first:])):
        between = slice(before[1] - passage.start, after[0] - passage.start)
        if not _is_between_rows(passage.text[between]):
            return first + number + 1
    return len(passage.sentences)


def _begun_above(number: int, store: PassageStore) -> tuple[Table, int] | None:
    """The table that goes on where a passage begins, and the passage it begins in."""
    first = store.passages_of(store.document_of(number)).start
    below = store.text_of(number, number)
    for above in range(number - 1, max(first, number - MOST_PARTS) - 1, -1):
        text, both = store.text_of(above, above), store.text_of(above, above + 1)
        if not _is_between_rows(both[len(text) : len(both) - len(below)]):
            return None
        if may_hold_table(text):
            passage = store.passage(above)
            end = len(passage.sentences)
            tables = (table for table in tables_in(passage) if table.rows.stop == end)
            return next(((table, above) for table in tables), None)
        below = text
    return None


def _is_between_rows(text: str) -> bool:
    """Whether that stands between a row and the one right below it."""
    lines = text.split("\n")
    is_near = len(lines) > 1 and all(line.strip() for line in lines[1:-1])
    return is_near and not text.strip(_ROW_MARKS + "\n")
