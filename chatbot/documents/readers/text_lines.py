"""Plain text to its lines, those of a hard-wrapped paragraph or list item in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from chatbot.documents.document import Span
from chatbot.documents.outline import trimmed

SENTENCE_ENDS = frozenset(".!?…。．！？؟।॥։។۔")
OPENING_MARKS = "\"'“„‘«‹([{「『（【"
CLOSING_MARKS = "\"'”’»›)]}」』）】"
QUESTION_MARKS = ("?", "？", "؟")
COLONS = (":", "：")

_MARKER = re.compile(
    r"""
    (?P<number> \(?\d{1,3}[.)](?=\s) | \d{1,3}[、．）] )\s*(?=\S)
    | (?: [-*+–—] | \(?[A-Za-z]\) )\s+(?=\S)
    | [•‣◦▪●·⁃○■]\s*(?=\S)
    """,
    re.VERBOSE,
)
_COLUMNS = re.compile(r"\S(?:\t| {3})")
_RULE_MARKS = "=-~_*#"
_NARROWEST, _WIDEST = 40, 100


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the text without the white space at its ends, or several joined.

    `words` is the span of what stands behind a list marker, or of all of it;
    `numbered` tells markers with a number from others. `below_gap`: it is the first, or
    a blank line or a rule stands above it. `underlined`: a rule stands directly under
    it. `in_columns`: it has a tab or three spaces inside, as rows of a table do.
    """

    text: str
    start: int
    number: int
    indent: int
    words: Span
    numbered: bool
    below_gap: bool
    underlined: bool
    in_columns: bool
    joined: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_item(self) -> bool:
        return self.words[0] > self.start


def split_lines(text: str) -> list[TextLine]:
    """The lines of a text that are neither blank nor rules, in order.

    Within a stretch between gaps, lines broken at a common width are joined up to the
    next list item; indented lines under a list item belong to it.
    """
    lines = []
    for stretch in _stretches(_rows(text)):
        width = wrapping_width(stretch)
        groups: list[list[TextLine]] = []
        for line in stretch:
            if groups and _continues(groups[-1], line, width):
                groups[-1].append(line)
            else:
                groups.append([line])
        lines += [_joined(text, group) for group in groups]
    return lines


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence, closing quotes and brackets aside."""
    return text.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_ENDS


def starts_in_lower_case(text: str) -> bool:
    """Whether a line begins with a small letter, opening quotes and brackets aside."""
    return text.lstrip(OPENING_MARKS)[:1].islower()


def wrapping_width(stretch: Sequence[TextLine]) -> int | None:
    """The width that an editor broke the lines of a stretch at, or None.

    Where a line goes on within a sentence, it had no room for the word that begins the
    next one. That word is in lower case at least once, or three lines are of a usual
    width; short lines are broken only in text that ends with a sentence.
    """
    inner = [
        (above.indent + len(above.text), above, below)
        for above, below in pairwise(stretch)
        if not (below.is_item or above.in_columns or below.in_columns)
    ]
    broken = [
        (width, below)
        for width, above, below in inner
        if width <= _WIDEST and not ends_sentence(above.text)
    ]
    if not broken:
        return None
    widths = sorted(width for width, _ in broken)
    usual = widths[len(widths) * 9 // 10]
    if usual < _NARROWEST and not ends_sentence(stretch[-1].text):
        return None
    full = [pair for pair in broken if not _has_room(*pair, usual)]
    going_on = sum(starts_in_lower_case(below.text) for _, below in full)
    enough = going_on or (len(full) >= 3 and usual >= _NARROWEST)
    return usual if enough and 2 * len(full) > len(inner) else None


def _stretches(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """The lines between gaps."""
    stretch: list[TextLine] = []
    for line in lines:
        if line.below_gap and stretch:
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _rows(text: str) -> list[TextLine]:
    """The lines as they stand in the text, without blank ones and rules."""
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


def _line(text: str, start: int, number: int, indent: int, below_gap: bool) -> TextLine:
    marker = _MARKER.match(text)
    return TextLine(
        text=text,
        start=start,
        number=number,
        indent=indent,
        words=(start + (marker.end() if marker else 0), start + len(text)),
        numbered=bool(marker and marker["number"]),
        below_gap=below_gap,
        underlined=False,
        in_columns=not marker and _COLUMNS.search(text) is not None,
    )


def _is_rule(line: str) -> bool:
    marks = line.replace(" ", "")
    return len(marks) >= 3 and marks[0] in _RULE_MARKS and not marks.strip(marks[0])


def _has_room(width: int, below: TextLine, usual: int) -> bool:
    """Whether a line could have held the first word of the line below it."""
    return width + 1 + len(below.text.split(maxsplit=1)[0]) <= usual


def _continues(group: Sequence[TextLine], line: TextLine, width: int | None) -> bool:
    """Whether a line goes on with the paragraph or list item above it."""
    first, last = group[0], group[-1]
    if line.underlined or last.in_columns or line.in_columns:
        return False
    if width is None:
        return first.is_item and not line.is_item and line.indent > first.indent
    has_room = _has_room(last.indent + len(last.text), line, width)
    if line.is_item:
        return not (first.is_item or has_room or last.text.endswith(COLONS))
    stands_alone = (
        has_room
        and len(group) == 1
        and not (starts_in_lower_case(line.text) or last.text.endswith(COLONS))
        and (last.text.endswith(QUESTION_MARKS) or not ends_sentence(last.text))
    )
    return not stands_alone


def _joined(text: str, group: Sequence[TextLine]) -> TextLine:
    if len(group) == 1:
        return group[0]
    first, end = group[0], group[-1].end
    words = (first.words[0], end)
    return replace(first, text=text[first.start : end], words=words, joined=True)
