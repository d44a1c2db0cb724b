"""A block of Markdown, such as a list or a paragraph, to HTML with targets and marks.

Each line of it is the target of its number (`#L12`), at the nearest element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
from chatbot.channels.web.source_page.quotation import NOTHING_QUOTED, marked
from chatbot.documents.document import Span

MOST_NESTING = 60

_ANCHOR = Markup('<span id="L{}"></span>')
_ID = Markup(' id="L{}"')
_LINE = Markup('<span class="line"{} data-line="{}">{}\n</span>')
_BLOCK = Markup('<div class="block" id="L{0}" data-line="{0}">{1}</div>\n')
_WRITTEN = Markup('<pre class="written">{}</pre>\n')
_CODE = Markup("<pre>{}<code>{}</code></pre>\n")
_CODE_LANGUAGE = Markup('<span class="code-language">{}</span>')
_TABLE = Markup('<div class="table" role="group" aria-label="Table" tabindex="0">')
_TABLE_END = Markup("</div>")


def render_as_written(source: SourceRows, rows: range, quoted: Span) -> Markup:
    """Rows of a document as they are written."""
    lines = [
        _LINE.format(
            _ID.format(source.line(row)),
            source.line(row),
            marked(source[row], source.start(row), quoted),
        )
        for row in rows
    ]
    return _WRITTEN.format(Markup().join(lines))


def render_block(
    tokens: Sequence[Token],
    source: SourceRows,
    quoted: Span,
    depth_of: Mapping[int, int],
    inline: InlineRenderer,
) -> Markup:
    """A block in its rendered form; as it is written where that cannot be marked.

    `depth_of` gives by its line how deep a heading of the document stands.
    """
    rows = range(*(tokens[0].map or (0, 0)))
    block = _Block(rows, source, quoted, inline)
    _set_headings(tokens, depth_of, source)
    try:
        html = inline.render(list(block.prepared(tokens)))
    except UnmarkableError:
        return render_as_written(source, rows, quoted)
    if block.is_quoted and "<mark>" not in html:
        return render_as_written(source, rows, quoted)
    return _BLOCK.format(source.line(rows.start), html)


class _Block:
    """A block while its tokens are made ready to render."""

    def __init__(
        self, rows: range, source: SourceRows, quoted: Span, inline: InlineRenderer
    ) -> None:
        self.is_quoted = source.overlap(rows, quoted)
        self._source = source
        self._quoted = quoted
        self._inline = inline
        self._anchored = {rows.start}

    def prepared(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """The tokens with targets and marks; raises `UnmarkableError`."""
        columns = iter(inline_columns(self._source, tokens))
        for token in tokens:
            if token.level >= MOST_NESTING - 1:
                raise UnmarkableError
            _set_class(token)
            if token.type == "inline":
                self._set_children(token, next(columns))
            elif token.nesting == 1 and token.map and not token.hidden:
                self._set_id(token, token.map[0])
            if token.type in ("fence", "code_block"):
                yield self._code(token)
            elif token.type == "table_open":
                yield from (raw_html(_TABLE), token)
            elif token.type == "table_close":
                yield from (token, raw_html(_TABLE_END))
            else:
                yield token

    def _set_id(self, token: Token, row: int) -> None:
        if self._is_new(row):
            token.attrSet("id", f"L{self._source.line(row)}")

    def _set_children(self, token: Token, columns: list[int] | None) -> None:
        """Parse a stretch of inline Markdown, whose lines begin at these columns."""
        rows = range(*(token.map or (0, 0)))
        quoted = NOTHING_QUOTED
        if self._source.overlap(rows, self._quoted):
            if columns is None:
                raise UnmarkableError
            quoted = content_span(
                self._source, rows.start, token.content, columns, self._quoted
            )
        anchors = [
            raw_html(_ANCHOR.format(self._source.line(row)))
            for row in rows
            if self._is_new(row)
        ]
        token.children = [*anchors, *self._inline.tokens(token.content, quoted)]

    def _code(self, token: Token) -> Token:
        """A block of code, a row for each line."""
        rows = list(code_rows(token))
        columns = code_columns(self._source, token)
        if columns is None:
            if self.is_quoted:
                raise UnmarkableError
            columns = [0] * len(rows)
        lines = [
            self._code_line(row, code, column)
            for (row, code), column in zip(rows, columns, strict=True)
        ]
        language = token.info.strip()
        label = _CODE_LANGUAGE.format(language) if language else ""
        return raw_html(_CODE.format(label, Markup().join(lines)))

    def _code_line(self, row: int, code: str, column: int) -> Markup:
        line = self._source.line(row)
        id_ = _ID.format(line) if self._is_new(row) else ""
        start = self._source.start(row) + column
        return _LINE.format(id_, line, marked(code, start, self._quoted))

    def _is_new(self, row: int) -> bool:
        """Whether a row has no target so far; it has one from now on."""
        is_new = row not in self._anchored
        self._anchored.add(row)
        return is_new


def _set_headings(
    tokens: Sequence[Token], depth_of: Mapping[int, int], source: SourceRows
) -> None:
    """Give headings their depth on the page; what is none of the document's is text."""
    tag = "p"
    for token in tokens:
        if token.type == "heading_open" and token.map:
            depth = depth_of.get(source.line(token.map[0]))
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
