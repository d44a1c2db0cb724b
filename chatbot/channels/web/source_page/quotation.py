"""Which words of a document a link points at, and whether they still stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from chatbot.channels.source_links import checksum
from chatbot.documents.document import Span

_SPAN = re.compile(r"(\d{1,12})-(\d{1,12})", re.ASCII)
_BEGINNING = re.compile(r"(?<![^\W_])\S")
"""Where words may begin: not inside of one."""

REACH = 150_000
"""Characters before and after its old place in which a quote is looked for."""

LONGEST_SOUGHT = 5_000
"""Longer quotes are not looked for: each place costs a checksum of such a length."""

NOTHING_QUOTED: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Quotation:
    """The span of a document that is quoted; empty when none is.

    `moved` says that a link names a span in which other words stand by now; the span is
    then where its own words stand, if that is one place.
    """

    span: Span = NOTHING_QUOTED
    moved: bool = False

    @property
    def found(self) -> bool:
        return self.span != NOTHING_QUOTED


def read_quotation(quote: str, check: str, text: str) -> Quotation:
    """The words that a link's `quote` (START-END, characters) and `check` mean.

    What is no span at all quotes nothing.
    """
    match = _SPAN.fullmatch(quote)
    if match is None:
        return Quotation()
    start, end = int(match[1]), int(match[2])
    words = text[start:end]
    is_span = len(words) == end - start and bool(words.strip())
    if is_span and check in ("", checksum(words)):
        return Quotation((start, end))
    places = _places(start, end - start, check, text)
    return Quotation(places[0] if len(places) == 1 else NOTHING_QUOTED, moved=True)


def _places(start: int, length: int, check: str, text: str) -> list[Span]:
    """Where whole words of this length and checksum stand, near `start`."""
    if not check or not 0 < length <= LONGEST_SOUGHT:
        return []
    start = min(start, len(text))
    beginnings = _BEGINNING.finditer(text, max(start - REACH, 0), start + REACH)
    return [
        (place, place + length)
        for place in (beginning.start() for beginning in beginnings)
        if place + length <= len(text)
        and checksum(text[place : place + length]) == check
    ]


def marked(text: str, offset: int, quoted: Span) -> Markup:
    """A stretch of a document as HTML, in which what is quoted of it is marked.

    The stretch stands in the document at `offset`.
    """
    start = max(quoted[0] - offset, 0)
    end = min(quoted[1] - offset, len(text))
    if start >= end:
        return escape(text)
    return Markup("{}<mark>{}</mark>{}").format(
        text[:start], text[start:end], text[end:]
    )
