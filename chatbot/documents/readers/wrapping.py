"""Hard-wrapped text: where an editor broke lines, and paragraphs in one piece again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from chatbot.documents.punctuation import COLONS, QUESTION_MARKS
from chatbot.documents.readers.text_lines import (
    TextLine,
    ends_sentence,
    starts_in_lower_case,
)

_NARROWEST, _WIDEST = 40, 100
"""Widths that lines are usually broken at."""

_LEAST = 3
"""So many lines of about the same width show what is usual."""

_SLACK = 8
"""So much shorter than usual are lines that were broken by hand."""


def join_wrapped(text: str, lines: Iterable[TextLine]) -> list[TextLine]:
    """The lines of a text with those of a hard-wrapped paragraph or list item in one.

    Where an editor broke the lines of a stretch between gaps, they are joined up to the
    next list item; indented lines under a list item belong to it.
    """
    stretches = list(_stretches(lines))
    page_width = _page_width(stretches)
    joined = []
    for stretch in stretches:
        width = wrapping_width(stretch, page_width)
        groups: list[list[TextLine]] = []
        for line in stretch:
            if groups and _continues(groups[-1], line, width):
                groups[-1].append(line)
            else:
                groups.append([line])
        joined += [_joined(text, group) for group in groups]
    return joined


def wrapping_width(
    stretch: Sequence[TextLine], page_width: int | None = None
) -> int | None:
    """The width that an editor broke the lines of a stretch at, or None.

    At least half of the line breaks must be within a sentence: above a small letter, or
    below a line with no room for the next word on a page of `page_width`. Without small
    letters and a page's width, three lines must be of a usual width. Lines that are all
    short must begin and end as sentences do, or they are a list.
    """
    inner = _breaks(stretch)
    unfinished = [pair for pair in inner if not ends_sentence(pair[0].text)]
    if not unfinished:
        return None
    usual = _usual([line for line, _ in unfinished])
    if usual < _NARROWEST and (
        starts_in_lower_case(stretch[0].text) or not ends_sentence(stretch[-1].text)
    ):
        return None
    going_on = [
        (above, below)
        for above, below in unfinished
        if starts_in_lower_case(below.text) and 2 * above.width >= usual
    ]
    full_width = (page_width or usual) - (_SLACK if going_on else 0)
    full = [
        (above, below)
        for above, below in unfinished
        if _NARROWEST <= above.width <= _WIDEST
        and not starts_in_lower_case(below.text)
        and not _has_room(above, below, full_width)
    ]
    enough = going_on or len(full) >= (1 if page_width else _LEAST)
    return usual if enough and 2 * len(going_on + full) >= len(inner) else None


def _page_width(stretches: Iterable[Sequence[TextLine]]) -> int | None:
    """The usual width of the lines that are broken above a small letter, if any."""
    broken = [
        above
        for stretch in stretches
        for above, below in _breaks(stretch)
        if starts_in_lower_case(below.text)
        and not ends_sentence(above.text)
        and _NARROWEST <= above.width <= _WIDEST
    ]
    return _usual(broken) if len(broken) >= _LEAST else None


def _breaks(stretch: Sequence[TextLine]) -> list[tuple[TextLine, TextLine]]:
    """Each line and the one below that could go on with it."""
    return [
        (above, below)
        for above, below in pairwise(stretch)
        if not (below.is_item or above.in_columns or below.in_columns)
    ]


def _usual(lines: Iterable[TextLine]) -> int:
    """The width that nine lines in ten do not exceed."""
    widths = sorted(line.width for line in lines)
    return widths[len(widths) * 9 // 10]


def _stretches(lines: Iterable[TextLine]) -> Iterator[list[TextLine]]:
    """The lines between gaps."""
    stretch: list[TextLine] = []
    for line in lines:
        if line.below_gap and stretch:
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _has_room(above: TextLine, below: TextLine, width: int) -> bool:
    """Whether a line could have held the first word of the line below it."""
    return above.width + 1 + len(below.text.split(maxsplit=1)[0]) <= width


def _continues(group: Sequence[TextLine], line: TextLine, width: int | None) -> bool:
    """Whether a line goes on with the paragraph or list item above it."""
    first, last = group[0], group[-1]
    if last.in_columns or line.in_columns:
        return False
    if line.underlined and (width is None or ends_sentence(last.text)):
        return False
    if width is None:
        return first.is_item and not line.is_item and line.indent > first.indent
    if line.is_item:
        has_room = _has_room(last, line, width)
        return not (first.is_item or has_room or last.text.endswith(COLONS))
    return len(group) > 1 or not _stands_alone(last, line, width)


def _stands_alone(line: TextLine, below: TextLine, width: int) -> bool:
    """Whether the first line of a wrapped stretch may be a heading above the rest."""
    if starts_in_lower_case(below.text) or line.text.endswith(COLONS):
        return False
    if line.text.endswith(QUESTION_MARKS):
        return _has_room(line, below, width)
    return 4 * line.width <= 3 * width and not ends_sentence(line.text)


def _joined(text: str, group: Sequence[TextLine]) -> TextLine:
    if len(group) == 1:
        return group[0]
    first, end = group[0], group[-1].end
    words = (first.words[0], end)
    return replace(first, text=text[first.start : end], words=words, joined=True)
