"""Markdown: CommonMark's blocks and tables; the text keeps its markup.

Front matter, comments, scripts, thematic breaks and link definitions are left out.
Headings in lists and quotes are text of those, not headings of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from chatbot.documents.document import Heading, Span
from chatbot.documents.outline import Block, BlockKind, Item, Outline, trimmed
from chatbot.documents.readers.markdown_items import (
    SourceLines,
    closing_tags,
    code_items,
    html_items,
    paragraph_items,
    script_end,
    table_items,
)
from chatbot.documents.readers.plain_text import read_plain_text

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\n(?P<fields>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_FIELD = re.compile(r"(?P<name>[\w-]+)[ \t]*:(?:[ \t]+(?P<value>.*))?")
MOST_NESTING = 200
"""Levels of tokens, of which a list has two: a parser recurses as often."""

_MARKERS_ALONE = re.compile(r"^(?:[ \t]*(?:[-*+>]|\d{1,9}[.)])){50}.*", re.MULTILINE)
"""Lines of so many marks that no list or quote in another is meant: left out."""

_START = Token("", "", 0)


def read_markdown(text: str, title: str) -> Outline:
    """The outline of a Markdown text with `\\n` line ends.

    Its title is the front matter's, else the first heading of level 1, else `title`.
    Where lists stand in each other so deep that the parser would leave out what comes
    after them, it is read as plain text.
    """
    body, front_title = front_matter(text)
    source = "\n" * text.count("\n", 0, body) + text[body:].removeprefix("\ufeff")
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    tokens = _parser().parse(_MARKERS_ALONE.sub("", source))
    if any(token.level >= MOST_NESTING - 1 for token in tokens):
        return read_plain_text(text, title)
    headings, blocks = _structure(SourceLines(text, starts), tokens)
    main = next((heading.text for heading in headings if heading.level == 1), title)
    return Outline(text, front_title or main, tuple(headings), tuple(blocks))


@cache
def _parser() -> MarkdownIt:
    """A parser of blocks only: what stands inside a line is kept as it is."""
    parser = MarkdownIt("commonmark", {"maxNesting": MOST_NESTING}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def front_matter(text: str) -> tuple[int, str]:
    """Where the text begins below the front matter, and the title given there."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return 0, ""
    lines = [line.rstrip() for line in match["fields"].split("\n")]
    lines = [line for line in lines if line and not line.startswith("#")]
    if not lines or not _FIELD.fullmatch(lines[0]):
        return 0, ""
    for field in filter(None, map(_FIELD.fullmatch, lines)):
        value = (field["value"] or "").strip()
        if field["name"].lower() == "title" and not value.startswith(("|", ">")):
            return match.end(), value.strip("\"'").strip()
    return match.end(), ""


def _structure(
    lines: SourceLines, tokens: Sequence[Token]
) -> tuple[list[Heading], list[Block]]:
    """The headings outside of lists and quotes, and the blocks with their paths."""
    headings: list[Heading] = []
    blocks: list[Block] = []
    path: tuple[Heading, ...] = ()
    lists = 0
    items: list[Item] = []
    prose: list[Span] = []
    kept: list[Span] = []
    for opening, token in _outside_scripts(lines, tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
            if items and not lists:
                blocks.append(_block("list", items, lines, path))
                items = []
        elif token.type == "list_item_open" and lists == 1:
            whole = lines.span(*_rows(token))
            prose, kept = [], []
        elif token.type == "list_item_close" and lists == 1:
            if prose:
                items.append(Item(*whole, tuple(prose), frozenset(kept)))
        elif opening.type == "heading_open" and not opening.level:
            for heading in _heading(lines, opening, token):
                path = (*(h for h in path if h.level < heading.level), heading)
                headings.append(heading)
        elif leaves := list(_leaves(lines, opening, token)):
            kind: BlockKind = "paragraph" if token.type == "inline" else "verbatim"
            spans = [span for leaf in leaves for span in leaf.prose]
            if not lists:
                blocks.append(_block(kind, leaves, lines, path))
            elif kind == "verbatim":
                kept += spans
            prose += spans
    return headings, blocks


def _outside_scripts(
    lines: SourceLines, tokens: Sequence[Token]
) -> Iterator[tuple[Token, Token]]:
    """Each token with the one before it, but for what a script or style sheet holds."""
    closings = closing_tags(lines.text)
    hidden = 0
    for opening, token in pairwise([_START, *tokens]):
        holds_text = token.nesting == 0 or token.type == "table_open"
        if not holds_text or lines.starts[_rows(token)[0]] >= hidden:
            yield opening, token
        if token.type == "html_block":
            hidden = max(hidden, script_end(lines, range(*_rows(token)), closings))


def _block(
    kind: BlockKind,
    items: Sequence[Item],
    lines: SourceLines,
    path: tuple[Heading, ...],
) -> Block:
    return Block(kind, tuple(items), lines.number(items[0].start), path)


def _rows(token: Token) -> tuple[int, int]:
    """The first line of a token and the line behind its last."""
    assert token.map is not None
    return token.map[0], token.map[1]


def _heading(lines: SourceLines, opening: Token, inline: Token) -> Iterator[Heading]:
    """The heading, unless it is empty."""
    start, end = _inline_span(lines, inline)
    if start < end:
        level = int(opening.tag.removeprefix("h"))
        yield Heading(lines.text[start:end], level, lines.number(start), start, end)


def _leaves(lines: SourceLines, opening: Token, token: Token) -> Iterator[Item]:
    """A paragraph as one item; code, tables and HTML as several."""
    if opening.type in ("paragraph_open", "heading_open"):
        yield from paragraph_items(lines.text, *_inline_span(lines, token))
    elif token.type == "fence":
        first, code = _rows(token)[0] + 1, token.content
        count = code.count("\n") + (code[-1:] not in ("", "\n"))
        yield from code_items(lines, range(first, first + count))
    elif token.type == "code_block":
        yield from code_items(lines, range(*_rows(token)))
    elif token.type == "table_open":
        yield from table_items(lines, range(*_rows(token)))
    elif token.type == "html_block":
        yield from html_items(lines, range(*_rows(token)))


def _inline_span(lines: SourceLines, inline: Token) -> Span:
    """The span of a paragraph's or heading's text, without the marks around it."""
    first, last = _rows(inline)
    start, end = lines.span(first, last)
    top = inline.content.split("\n", 1)[0]
    found = lines.text.rfind(top, start, lines.starts[first + 1])
    if found >= 0:
        start = found
        if top == inline.content:
            end = start + len(top)
    return trimmed(lines.text, start, end)
