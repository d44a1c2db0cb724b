"""Which words of a document a link points at, and whether they still stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from chatbot.channels.source_links import checksum
from chatbot.documents.document import Span

_SPAN = re.compile(r"(\d{1,12})-(\d{1,12})", re.ASCII)

NOTHING_QUOTED: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Quotation:
    """The span of a document that is quoted; empty when none is.

    `moved` says that a link names a span in which other words stand by now.
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
    if len(words) != end - start or not words.strip():
        return Quotation(moved=True)
    if check and check != checksum(words):
        return Quotation(moved=True)
    return Quotation((start, end))


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
