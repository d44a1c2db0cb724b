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

from chatbot.channels.web.source_page.markdown_inline import (
    InlineRenderer,
    UnmarkableError,
    raw_html,
)
from chatbot.channels.web.source_page.markdown_source import (
    SourceRows,
    code_columns,
    code_rows,
    content_span,
    inline_columns,
)
from chatbot.channels.web.source_page.parts import depths
from chatbot.channels.web.source_page.quotation import NOTHING_QUOTED, marked
from chatbot.documents.document import Heading, Span
from chatbot.documents.readers.markdown import front_matter

MOST_NESTING = 60

_ANCHOR = Markup('<span id="L{}"></span>')
_LINE = Markup('<span class="line"{} data-line="{}">{}\n</span>')
_BLOCK = Markup('<div class="block" id="L{0}" data-line="{0}">{1}</div>\n')
_WRITTEN = Markup('<pre class="written">{}</pre>\n')
_CODE = Markup("<pre>{}<code>{}</code></pre>\n")
_CODE_LANGUAGE = Markup('<span class="code-language">{}</span>')
_TABLE = Markup('<div class="table" role="group" aria-label="Table" tabindex="0">')
_TABLE_END = Markup("</div>")


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
    depth_of = dict(zip((h.line for h in headings), depths(headings), strict=True))
    inline = InlineRenderer(inline_parser, env, target)
    start = part[0] or _body_start(text)
    tokens = block_parser.parse(text[start : part[1]], env)
    front = _Page(SourceRows(text, (part[0], start)), quoted, depth_of, inline)
    body = _Page(SourceRows(text, (start, part[1])), quoted, depth_of, inline)
    return Markup().join([*front.blocks([]), *body.blocks(tokens)])


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


class _Page:
    """Turns the tokens of one part into HTML; each line is the target of its number."""

    def __init__(
        self,
        rows: SourceRows,
        quoted: Span,
        depth_of: dict[int, int],
        inline: InlineRenderer,
    ) -> None:
        self._rows = rows
        self._quoted = quoted
        self._depth_of = depth_of
        self._inline = inline

    def blocks(self, tokens: Iterable[Token]) -> Iterator[Markup]:
        """The blocks, and the lines between them that are not blank."""
        shown = 0
        for block in _top_level(tokens):
            first, end = block[0].map or (shown, shown)
            yield from self._between(shown, first)
            yield self._block(block, range(first, end))
            shown = end
        yield from self._between(shown, len(self._rows))

    def _between(self, first: int, end: int) -> Iterator[Markup]:
        rows = [row for row in range(first, end) if self._rows[row].strip()]
        if rows:
            yield self._as_written(range(rows[0], rows[-1] + 1))

    def _block(self, block: list[Token], rows: range) -> Markup:
        is_quoted = self._rows.overlap(rows, self._quoted)
        try:
            html = self._inline.render(self._prepared(block, rows.start, is_quoted))
        except UnmarkableError:
            return self._as_written(rows)
        if is_quoted and "<mark>" not in html:
            return self._as_written(rows)
        return _BLOCK.format(self._rows.line(rows.start), html)

    def _as_written(self, rows: range) -> Markup:
        anchored: set[int] = set()
        lines = (self._line(row, self._rows[row], 0, anchored) for row in rows)
        return _WRITTEN.format(Markup().join(lines))

    def _line(self, row: int, text: str, column: int, anchored: set[int]) -> Markup:
        """What of a row stands from a column on."""
        shown = marked(text, self._rows.start(row) + column, self._quoted)
        return _LINE.format(self._new_id(row, anchored), self._rows.line(row), shown)

    def _new_id(self, row: int, anchored: set[int]) -> Markup:
        if row in anchored:
            return Markup()
        anchored.add(row)
        return Markup(' id="L{}"').format(self._rows.line(row))

    def _prepared(self, block: list[Token], first: int, is_quoted: bool) -> list[Token]:
        """The tokens of a block, ready to render; raises `UnmarkableError`."""
        anchored = {first}
        prepared = []
        columns = dict[int, list[int] | None]()
        if is_quoted:
            for inline, found in inline_columns(self._rows, block):
                columns[id(inline)] = found
        for token in block:
            if token.level >= MOST_NESTING - 1:
                raise UnmarkableError
            _set_class(token)
            if token.type in ("fence", "code_block"):
                prepared.append(self._code(token, anchored, is_quoted))
                continue
            if token.type == "inline":
                quoted = NOTHING_QUOTED
                if is_quoted:
                    quoted = self._quoted_in(token, columns.get(id(token)))
                anchors = self._anchors(token, anchored)
                token.children = [*anchors, *self._inline.tokens(token.content, quoted)]
            elif token.nesting == 1 and token.map and not token.hidden:
                row = token.map[0]
                if row not in anchored:
                    anchored.add(row)
                    token.attrSet("id", f"L{self._rows.line(row)}")
            if token.type == "table_open":
                prepared.append(raw_html(_TABLE))
            prepared.append(token)
            if token.type == "table_close":
                prepared.append(raw_html(_TABLE_END))
        _set_headings(prepared, self._depth_of, self._rows)
        return prepared

    def _quoted_in(self, inline: Token, columns: list[int] | None) -> Span:
        """What of a stretch of inline Markdown is quoted; raises `UnmarkableError`."""
        assert inline.map is not None
        if columns is None:
            if self._rows.overlap(range(*inline.map), self._quoted):
                raise UnmarkableError
            return NOTHING_QUOTED
        first, content = inline.map[0], inline.content
        return content_span(self._rows, first, content, columns, self._quoted)

    def _anchors(self, inline: Token, anchored: set[int]) -> Iterator[Token]:
        """Targets for the lines of a stretch that have none."""
        for row in range(*(inline.map or (0, 0))):
            if row not in anchored:
                anchored.add(row)
                yield raw_html(_ANCHOR.format(self._rows.line(row)))

    def _code(self, token: Token, anchored: set[int], is_quoted: bool) -> Token:
        """A block of code, a row for each line; raises `UnmarkableError`."""
        columns = code_columns(self._rows, token)
        rows = list(code_rows(token))
        if columns is None:
            if is_quoted:
                raise UnmarkableError
            columns = [0] * len(rows)
        lines = [
            self._line(row, code, column, anchored)
            for (row, code), column in zip(rows, columns, strict=True)
        ]
        info = token.info.strip()
        label = _CODE_LANGUAGE.format(info) if info else ""
        return raw_html(_CODE.format(label, Markup().join(lines)))


def _top_level(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens of each block that stands in no other."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _set_headings(
    tokens: Sequence[Token], depth_of: dict[int, int], rows: SourceRows
) -> None:
    """Give headings their depth on the page; what is none of the document's is text."""
    tag = "p"
    for token in tokens:
        if token.type == "heading_open":
            assert token.map is not None
            depth = depth_of.get(rows.line(token.map[0]))
            tag = f"h{depth}" if depth and not token.level else "p"
            if tag == "p":
                token.attrJoin("class", "heading")
        if token.type in ("heading_open", "heading_close"):
            token.tag = tag


def _set_class(token: Token) -> None:
    """How a table's cell is aligned, as a class: styles in a page are not allowed."""
    style = token.attrs.pop("style", "")
    if style:
        token.attrSet("class", str(style).replace("text-align:", "align-"))
