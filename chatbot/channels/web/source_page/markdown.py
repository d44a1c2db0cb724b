"""Markdown to HTML that is safe to show, block by block, with the quoted words marked.

HTML in the document is text, images are their descriptions, and links lead only where
they may. A block whose quoted words cannot be marked exactly in its rendered form is
shown as it is written, and so is what Markdown keeps to itself, such as the definitions
of links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from chatbot.channels.web.source_page.markdown_block import (
    MOST_NESTING,
    render_as_written,
    render_block,
)
from chatbot.channels.web.source_page.markdown_inline import InlineRenderer
from chatbot.channels.web.source_page.markdown_source import SourceRows
from chatbot.channels.web.source_page.parts import depths
from chatbot.documents.document import Heading, Span
from chatbot.documents.readers.markdown import front_matter


def render_markdown(
    text: str,
    part: Span,
    headings: Sequence[Heading],
    quoted: Span,
    target: Callable[[str], str],
) -> Markup:
    """A part of a Markdown text that begins where a block begins.

    `headings` are those that stand in it; `target` gives the address that a link leads
    to, or an empty string for a link that leads nowhere.
    """
    block_parser, inline_parser = _parsers()
    env: dict[str, Any] = {}
    start = part[0] or _body_start(text)
    tokens = block_parser.parse(text[start : part[1]], env)
    source = SourceRows(text, (start, part[1]))
    depth_of = dict(zip((h.line for h in headings), depths(headings), strict=True))
    inline = InlineRenderer(inline_parser, env, target)
    front = SourceRows(text, (part[0], start))
    html = list(_unrendered(front, range(len(front)), quoted))
    shown = 0
    for block in _top_level(tokens):
        first, end = block[0].map or (shown, shown)
        html += _unrendered(source, range(shown, first), quoted)
        html.append(render_block(block, source, quoted, depth_of, inline))
        shown = end
    html += _unrendered(source, range(shown, len(source)), quoted)
    return Markup().join(html)


def _body_start(text: str) -> int:
    """Where a document begins below its byte order mark and its front matter."""
    body, _ = front_matter(text)
    return body or text.startswith("\ufeff")


@cache
def _parsers() -> tuple[MarkdownIt, MarkdownIt]:
    """A parser of blocks, and one of what stands in them."""
    options = {"html": False, "maxNesting": MOST_NESTING}
    features = ["table", "strikethrough"]
    blocks = MarkdownIt("commonmark", options).enable(features)
    blocks.core.ruler.enableOnly(["normalize", "block"])
    return blocks, MarkdownIt("commonmark", options).enable(features)


def _top_level(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens of each block that stands in no other."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _unrendered(source: SourceRows, rows: range, quoted: Span) -> Iterator[Markup]:
    """Rows that belong to no block, unless all of them are blank."""
    written = [row for row in rows if source[row].strip()]
    if written:
        yield render_as_written(source, range(written[0], written[-1] + 1), quoted)
