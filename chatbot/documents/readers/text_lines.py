"""Plain text to its lines, and what they look like at their ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from chatbot.documents.document import Span
from chatbot.documents.outline import trimmed

SENTENCE_ENDS = frozenset(".!?…。．！？؟।॥։។۔")
OPENING_MARKS = "\"'“„‘«‹([{「『（【"
CLOSING_MARKS = "\"'”’»›)]}」』）】"

_MARKER = re.compile(
    r"""
    (?: \(?(?P<dotted>\d{1,3})[.)](?=\s) | (?P<wide>\d{1,3})[、．）] )\s*(?=\S)
    | (?: [-*+–—] | \(?[A-Za-z]\) )\s+(?=\S)
    | [•‣◦▪●·⁃○■]\s*(?=\S)
    """,
    re.VERBOSE,
)
_COLUMNS = re.compile(r"\S(?:\t| {3})")
_RULE_MARKS = "=-~_*#"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the text without the white space at its ends, or several joined.

    `words` is the span of what stands behind a list marker, or of all of it; `ordinal`
    is the number in that marker. `below_gap`: it is the first, or a blank line or a
    rule stands above it. `underlined`: a rule stands directly under it. `in_columns`:
    it has a tab or three spaces inside, as rows of a table do.
    """

    text: str
    start: int
    number: int
    indent: int
    words: Span
    ordinal: int | None
    below_gap: bool
    underlined: bool
    in_columns: bool
    joined: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def width(self) -> int:
        return self.indent + len(self.text)

    @property
    def is_item(self) -> bool:
        return self.words[0] > self.start


def split_lines(text: str) -> list[TextLine]:
    """The lines of a text that are neither blank nor rules, in order."""
    lines: list[TextLine] = []
    offset = 0
    below_gap = True
    for number, row in enumerate(text.split("\n"), 1):
        start, end = trimmed(row, 0, len(row))
        words = row[start:end]
        if not words:
            below_gap = True
        elif _is_rule(words):
            if lines and not below_gap:
                lines[-1] = replace(lines[-1], underlined=True)
            below_gap = True
        else:
            lines.append(_line(words, offset + start, number, start, below_gap))
            below_gap = False
        offset += len(row) + 1
    return lines


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence, closing quotes and brackets aside."""
    return text.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_ENDS


def starts_in_lower_case(text: str) -> bool:
    """Whether a line begins with a small letter, opening quotes and brackets aside."""
    return text.lstrip(OPENING_MARKS)[:1].islower()


def _line(text: str, start: int, number: int, indent: int, below_gap: bool) -> TextLine:
    marker = _MARKER.match(text)
    digits = marker and (marker["dotted"] or marker["wide"])
    return TextLine(
        text=text,
        start=start,
        number=number,
        indent=indent,
        words=(start + (marker.end() if marker else 0), start + len(text)),
        ordinal=int(digits) if digits else None,
        below_gap=below_gap,
        underlined=False,
        in_columns=not marker and _COLUMNS.search(text) is not None,
    )


def _is_rule(line: str) -> bool:
    marks = line.replace(" ", "")
    return len(marks) >= 3 and marks[0] in _RULE_MARKS and not marks.strip(marks[0])
