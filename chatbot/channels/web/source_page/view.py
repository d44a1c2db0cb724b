"""A document, or a part of a long one, made ready for its page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from markupsafe import Markup

from chatbot.channels.web.source_page.links import safe_target, slug
from chatbot.channels.web.source_page.markdown import render_markdown
from chatbot.channels.web.source_page.parts import (
    PART_CHARACTERS,
    cut,
    depths,
    line_start,
    part_at,
)
from chatbot.channels.web.source_page.plain_text import render_plain_text
from chatbot.channels.web.source_page.quotation import Quotation
from chatbot.channels.web.source_page.records import render_records
from chatbot.documents.document import Document, Heading, Span, is_of_records
from chatbot.documents.formats import MARKDOWN_SUFFIXES
from chatbot.index.lazy_sequence import LazySequence
from chatbot.language.languages import LANGUAGE_OF_CODE

_CODE_OF_LANGUAGE = {name: code for code, name in LANGUAGE_OF_CODE.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the list of contents; `depth` 2 is the outermost."""

    text: str
    line: int
    depth: int


@dataclass(frozen=True, slots=True)
class SourceView:
    """What the source page shows.

    `number` is that of the part, counted from 1, of `parts`, each named by its first
    heading or an empty string. `quoted_line` is 0 when nothing is quoted.
    """

    source: str
    title: str
    language: str
    body: Markup
    contents: tuple[Entry, ...]
    number: int
    parts: tuple[str, ...]
    quoted_line: int
    quote_moved: bool
    is_markdown: bool
    as_written: bool


def view_of(
    document: Document,
    quotation: Quotation,
    number: int,
    as_written: bool,
    sources: Callable[[], Container[str]],
) -> SourceView:
    """The part of a document that holds what is quoted, or else part `number`.

    `as_written` asks for Markdown as it is written; `sources` gives the documents of
    the corpus.
    """
    spans = cut(document.text, _starts(document))
    if quotation.found:
        number = part_at(spans, quotation.span[0]) + 1
    number = min(max(number, 1), len(spans))
    part = _reaching(spans[number - 1], quotation.span, document.text)
    headings = _within(document.headings, part)
    return SourceView(
        source=document.source,
        title=document.title,
        language=_CODE_OF_LANGUAGE.get(document.language, ""),
        body=_body(document, part, headings, quotation.span, as_written, sources),
        contents=tuple(
            Entry(" ".join(heading.text.split()), heading.line, depth)
            for heading, depth in zip(headings, depths(headings), strict=True)
        ),
        number=number,
        parts=tuple(_name(document, span) for span in spans),
        quoted_line=line_of(document, quotation.span[0]) if quotation.found else 0,
        quote_moved=quotation.moved,
        is_markdown=_is_markdown(document),
        as_written=as_written,
    )


def _reaching(part: Span, quoted: Span, text: str) -> Span:
    """A part that reaches to the end of what is quoted, unless that is very long."""
    start, end = part
    if not end < quoted[1] <= end + PART_CHARACTERS:
        return part
    line_end = text.find("\n", quoted[1])
    return start, line_end if line_end >= 0 else len(text)


def _body(
    document: Document,
    part: Span,
    headings: Sequence[Heading],
    quoted: Span,
    as_written: bool,
    sources: Callable[[], Container[str]],
) -> Markup:
    text = document.text
    if is_of_records(document.source):
        passages = document.passages
        first = bisect_left(passages, part[0], key=lambda passage: passage.start)
        end = bisect_left(passages, part[1], key=lambda passage: passage.start)
        return render_records(passages[first:end], headings, quoted)
    if not _is_markdown(document):
        return render_plain_text(text, part, headings, quoted)
    begins_block = part[0] == 0 or _starts_at(headings, text, part[0])
    if as_written or not begins_block:
        return render_plain_text(text, part, (), quoted)
    anchors = {slug(h.text): f"#L{h.line}" for h in reversed(headings)}
    target = partial(
        safe_target, source=document.source, sources=sources, anchors=anchors
    )
    return render_markdown(text, part, headings, quoted, target)


def _starts(document: Document) -> Sequence[int]:
    """Where a part may begin: at a heading, or, of records, at a record."""
    text, headings, passages = document.text, document.headings, document.passages

    def heading_start(number: int) -> int:
        return line_start(text, headings[number].start)

    def record_start(number: int) -> int:
        start = passages[number].start
        title = bisect_left(headings, start, key=lambda heading: heading.start) - 1
        has_title = title >= 0 and headings[title].end + 1 == start
        return headings[title].start if has_title else start

    if is_of_records(document.source):
        return LazySequence(range(len(passages)), record_start)
    return LazySequence(range(len(headings)), heading_start)


def _starts_at(headings: Sequence[Heading], text: str, offset: int) -> bool:
    return bool(headings) and line_start(text, headings[0].start) == offset


def _within(headings: Sequence[Heading], part: Span) -> Sequence[Heading]:
    """The headings that stand in a part."""
    first, end = (
        bisect_left(headings, offset, key=lambda heading: heading.start)
        for offset in part
    )
    return headings[first:end]


def _name(document: Document, part: Span) -> str:
    headings = _within(document.headings, part)
    return " ".join(headings[0].text.split()) if headings else ""


def line_of(document: Document, offset: int) -> int:
    """The line of the file on which an offset of the document stands."""
    if not is_of_records(document.source):
        return document.text.count("\n", 0, offset) + 1
    passages = document.passages
    number = bisect_right(passages, offset, key=lambda passage: passage.start) - 1
    return passages[max(number, 0)].line


def _is_markdown(document: Document) -> bool:
    return PurePosixPath(document.source).suffix.lower() in MARKDOWN_SUFFIXES
