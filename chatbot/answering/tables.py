"""Tables in a passage: what a header says, it says of every row alike.

A header and the row below it are one sentence of the passage, every other row is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatbot.documents.document import Passage, Span

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


def may_hold_table(text: str) -> bool:
    """Whether a passage of that text may have a table."""
    return _RULE.search(text) is not None


def tables_in(passage: Passage) -> Iterator[Table]:
    """The tables of a passage that have two rows or more."""
    first = 0 if may_hold_table(passage.text) else len(passage.sentences)
    while first < len(passage.sentences):
        header = _header(passage, first)
        last = first + 1
        while header and last < len(passage.sentences) and _goes_on(passage, last):
            last += 1
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


def _goes_on(passage: Passage, number: int) -> bool:
    """Whether a sentence is a row right below the one before it."""
    end, start = passage.sentences[number - 1][1], passage.sentences[number][0]
    between = passage.text[end - passage.start : start - passage.start]
    lines = between.split("\n")
    is_near = len(lines) > 1 and all(line.strip() for line in lines[1:-1])
    return is_near and not between.strip(_ROW_MARKS + "\n")
