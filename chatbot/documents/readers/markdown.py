"""Markdown: CommonMark's blocks and tables; the text keeps its markup.

Front matter, comments, thematic breaks and link definitions are left out. Headings in
lists and quotes are text of those, not headings of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from chatbot.documents.document import Heading, Span
from chatbot.documents.outline import Block, BlockKind, Item, Outline, trimmed

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\n(?P<fields>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_FIELD = re.compile(r"(?P<name>[\w-]+)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_TAG_OR_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
_NOT_LINE_END = re.compile(r"[^\n]")
_TABLE_MARKS = "|>"
_START = Token("", "", 0)


def read_markdown(text: str, title: str) -> Outline:
    """The outline of a Markdown text with `\\n` line ends.

    Its title is the front matter's, else the first heading of level 1, else `title`.
    """
    body, front_title = _front_matter(text)
    source = "\n" * text.count("\n", 0, body) + text[body:].removeprefix("\ufeff")
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    headings, blocks = _structure(_Lines(text, starts), _parser().parse(source))
    main = next((heading.text for heading in headings if heading.level == 1), title)
    return Outline(text, front_title or main, tuple(headings), tuple(blocks))


@dataclass(frozen=True, slots=True)
class _Lines:
    """A text and where its lines start; lines count from 0, as the parser's do."""

    text: str
    starts: Sequence[int]

    def span(self, first: int, last: int) -> Span:
        """The lines from `first` up to but not including `last`, trimmed."""
        return trimmed(self.text, self.starts[first], self.starts[last] - 1)

    def number(self, position: int) -> int:
        """The number, from 1, of the line at a position."""
        return bisect_right(self.starts, position)


@cache
def _parser() -> MarkdownIt:
    """A parser of blocks only: what stands inside a line is kept as it is."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _front_matter(text: str) -> tuple[int, str]:
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
    lines: _Lines, tokens: Sequence[Token]
) -> tuple[list[Heading], list[Block]]:
    """The headings outside of lists and quotes, and the blocks with their paths."""
    headings: list[Heading] = []
    blocks: list[Block] = []
    path: tuple[Heading, ...] = ()
    lists = 0
    items: list[Item] = []
    prose: list[Span] = []
    for opening, token in pairwise([_START, *tokens]):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
            if items and not lists:
                blocks.append(_block("list", items, lines, path))
                items = []
        elif token.type == "list_item_open" and lists == 1:
            whole = lines.span(*_rows(token))
            prose = []
        elif token.type == "list_item_close" and lists == 1:
            if prose:
                items.append(Item(*whole, tuple(prose)))
        elif opening.type == "heading_open" and not opening.level:
            for heading in _heading(lines, opening, token):
                path = (*(h for h in path if h.level < heading.level), heading)
                headings.append(heading)
        elif leaves := list(_leaves(lines, opening, token)):
            if lists:
                prose += [span for leaf in leaves for span in leaf.prose]
            else:
                kind: BlockKind = "paragraph" if token.type == "inline" else "verbatim"
                blocks.append(_block(kind, leaves, lines, path))
    return headings, blocks


def _block(
    kind: BlockKind, items: Sequence[Item], lines: _Lines, path: tuple[Heading, ...]
) -> Block:
    return Block(kind, tuple(items), lines.number(items[0].start), path)


def _rows(token: Token) -> tuple[int, int]:
    """The first line of a token and the line behind its last."""
    assert token.map is not None
    return token.map[0], token.map[1]


def _heading(lines: _Lines, opening: Token, inline: Token) -> Iterator[Heading]:
    """The heading, unless it is empty."""
    start, end = _inline_span(lines, inline)
    if start < end:
        level = int(opening.tag.removeprefix("h"))
        yield Heading(lines.text[start:end], level, lines.number(start), start, end)


def _leaves(lines: _Lines, opening: Token, token: Token) -> Iterator[Item]:
    """A paragraph as one item; of code, tables and HTML each line that has words."""
    if opening.type in ("paragraph_open", "heading_open"):
        start, end = _inline_span(lines, token)
        if start < end:
            yield Item.of_prose((start, end))
    elif token.type == "fence":
        first, code = _rows(token)[0] + 1, token.content
        count = code.count("\n") + (code[-1:] not in ("", "\n"))
        yield from _kept_lines(lines, range(first, first + count))
    elif token.type == "code_block":
        yield from _kept_lines(lines, range(*_rows(token)))
    elif token.type == "table_open":
        header, last = _rows(token)
        rows = (header, *range(header + 2, last))
        yield from _kept_lines(lines, rows, _TABLE_MARKS)
    elif token.type == "html_block":
        yield from _html_lines(lines, range(*_rows(token)))


def _inline_span(lines: _Lines, inline: Token) -> Span:
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


def _kept_lines(
    lines: _Lines, numbers: Iterable[int], marks: str = ""
) -> Iterator[Item]:
    """An item for each line that has words; `marks` at its ends are not its prose."""
    for number in numbers:
        whole = lines.span(number, number + 1)
        prose = trimmed(lines.text, *whole, marks)
        if prose[0] < prose[1]:
            yield Item(*whole, (prose,))


def _html_lines(lines: _Lines, numbers: range) -> Iterator[Item]:
    """An item for each line that has words; the tags around them are not its prose."""
    offset = lines.starts[numbers.start]
    html = lines.text[offset : lines.starts[numbers.stop]]
    words = _TAG_OR_COMMENT.sub(lambda tag: _NOT_LINE_END.sub(" ", tag[0]), html)
    for number in numbers:
        whole = lines.span(number, number + 1)
        start, end = trimmed(words, whole[0] - offset, whole[1] - offset)
        if start < end:
            yield Item(*whole, ((offset + start, offset + end),))
