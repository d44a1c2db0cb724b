"""Long documents are shown in parts, so that each page is quick to make and to read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from chatbot.documents.document import Heading, Span

PART_CHARACTERS = 150_000
DEEPEST_HEADING = 6


def cut(text: str, starts: Sequence[int], most: int = PART_CHARACTERS) -> list[Span]:
    """The spans, of at most `most` characters each, that make up a text.

    A part begins at one of `starts`, in ascending order; where none is near enough,
    below a blank line, at a line's beginning or, at worst, anywhere.
    """
    parts = []
    start = 0
    while start + most < len(text):
        end = _boundary(text, starts, start, start + most)
        parts.append((start, end))
        start = end
    return [*parts, (start, len(text))]


def part_at(parts: Sequence[Span], offset: int) -> int:
    """The number of the part, counted from 0, that holds an offset."""
    return bisect_right(parts, offset, key=lambda part: part[0]) - 1


def line_start(text: str, offset: int) -> int:
    """Where the line begins that holds an offset."""
    return text.rfind("\n", 0, offset) + 1


def depths(headings: Sequence[Heading]) -> list[int]:
    """How deep each heading stands on a page that has one heading above them all.

    2 is the outermost; a level that the document leaves out is left out here too, so
    that none is more than one below the heading before it.
    """
    found: list[int] = []
    levels: list[int] = []
    for heading in headings:
        while levels and levels[-1] >= heading.level:
            levels.pop()
        levels.append(heading.level)
        found.append(min(len(levels) + 1, DEEPEST_HEADING))
    return found


def _boundary(text: str, starts: Sequence[int], start: int, limit: int) -> int:
    """Where a part that begins at `start` ends, at `limit` at the latest."""
    number = bisect_right(starts, limit)
    if number and starts[number - 1] > start:
        return starts[number - 1]
    for gap in ("\n\n", "\n"):
        found = text.rfind(gap, start + 1, limit)
        if found >= 0:
            return found + len(gap)
    return limit
