"""What a Markdown block says: its items, without scripts, comments and mere images."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.documents.document import Span
from chatbot.documents.outline import Item, trimmed

CODE_LINES = 12
"""A longer block of code is read line by line."""

_CODE_COMMENT = re.compile(r"//|;|(?:#+|--)(?:\s|$)")
_TABLE_MARKS = "|>"
_QUOTE_MARK = ">"

_NOT_TEXT = re.compile(
    r"""
    <!--(?: -?> | .*?(?:-->|\Z) )
    | <(?P<element>script|style)\b .*? (?: </(?P=element)\s*> | (?P<unclosed>\Z) )
    | </?[a-z][\w-]*(?:[\s/][^<>]*)?>
    | <[!?][^<>]*>
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""A comment, script, style sheet or tag in a block of HTML."""

_CLOSING_TAG = re.compile(r"</(?:script|style)\s*>", re.IGNORECASE)
_INLINE_OPENING = re.compile(r"`+|<!--|<(?:script|style)\b", re.IGNORECASE)
_BACKTICKS = re.compile("`+")
_CLOSINGS = {
    "<!--": re.compile("-->"),
    "<script": re.compile(r"</script\s*>", re.IGNORECASE),
    "<style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_MARKUP = re.compile(
    r"""
    !\[ [^\[\]]* \] (?: \( (?:[^()]|\([^()]*\))* \) | \[ [^\[\]]* \] )?
    | \] (?: \( [^()]* \) | \[ [^\[\]]* \] )
    | </?[a-z][\w-]*(?:[\s/][^<>]*)?>
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""An image, the target of a link or a tag in a paragraph."""

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_NOT_LINE_END = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class SourceLines:
    """A text and where its lines start; lines count from 0, as the parser's do."""

    text: str
    starts: Sequence[int]

    def span(self, first: int, last: int) -> Span:
        """The lines from `first` up to but not including `last`, trimmed."""
        return trimmed(self.text, self.starts[first], self.starts[last] - 1)

    def number(self, position: int) -> int:
        """The number, from 1, of the line at a position."""
        return bisect_right(self.starts, position)


def paragraph_items(text: str, start: int, end: int) -> Iterator[Item]:
    """A paragraph as one item, unless it is nothing but images, tags and comments."""
    spans = [trimmed(text, *span) for span in _shown(text, start, end)]
    prose = tuple((first, last) for first, last in spans if first < last)
    words = " ".join(text[first:last] for first, last in prose)
    if _LETTER_OR_DIGIT.search(_MARKUP.sub(" ", words)):
        yield Item(prose[0][0], prose[-1][1], prose)


def code_items(lines: SourceLines, rows: range) -> Iterator[Item]:
    """A block of code as one item; a long one line by line.

    A comment then belongs to the line right below it.
    """
    filled = [row for row in rows if _code(lines, row)]
    if 0 < len(filled) <= CODE_LINES:
        yield Item.of_prose(lines.span(filled[0], filled[-1] + 1))
        return
    first: int | None = None
    for row in filled:
        first = row if first is None else first
        below = _code(lines, row + 1) if row + 1 < rows.stop else ""
        if not (below and _CODE_COMMENT.match(_code(lines, row))):
            yield Item.of_prose(lines.span(first, row + 1))
            first = None


def table_items(lines: SourceLines, rows: range) -> Iterator[Item]:
    """An item for each row with words; the header belongs to the first of them."""
    first = rows.start
    for row in rows[2:]:
        start, end = trimmed(lines.text, *lines.span(row, row + 1), _TABLE_MARKS)
        if start < end:
            whole = lines.span(first, row + 1)
            yield Item(*whole, (trimmed(lines.text, *whole, _TABLE_MARKS),))
            first = row + 1


def html_items(lines: SourceLines, rows: range) -> Iterator[Item]:
    """An item for each line that has words; the tags around them are not its prose."""
    offset = lines.starts[rows.start]
    html = lines.text[offset : lines.starts[rows.stop]]
    words = _NOT_TEXT.sub(lambda found: _NOT_LINE_END.sub(" ", found[0]), html)
    for row in rows:
        whole = lines.span(row, row + 1)
        start, end = trimmed(words, whole[0] - offset, whole[1] - offset)
        if start < end:
            yield Item(*whole, ((offset + start, offset + end),))


def closing_tags(text: str) -> list[int]:
    """Where the closing tags of scripts and style sheets end, in order."""
    return [tag.end() for tag in _CLOSING_TAG.finditer(text)]


def script_end(lines: SourceLines, rows: range, closings: Sequence[int]) -> int:
    """Where the script or style sheet ends that a block of HTML leaves open, or 0.

    `closings` are the text's `closing_tags`. What has none ends with the block.
    """
    start, end = lines.starts[rows.start], lines.starts[rows.stop] - 1
    marks = _NOT_TEXT.finditer(lines.text, start, end)
    is_open = any(mark["unclosed"] is not None for mark in marks)
    following = bisect_right(closings, end)
    return closings[following] if is_open and following < len(closings) else 0


def _code(lines: SourceLines, row: int) -> str:
    """The code on a line, without the marks of a quote that it stands in."""
    start, end = trimmed(lines.text, *lines.span(row, row + 1), _QUOTE_MARK)
    return lines.text[start:end]


def _shown(text: str, start: int, end: int) -> Iterator[Span]:
    """The parts of a paragraph outside of comments, scripts and style sheets."""
    shown = position = start
    missing = set()
    backticks = defaultdict(list)
    for run in _BACKTICKS.finditer(text, start, end):
        backticks[run[0]].append(run.end())
    while opening := _INLINE_OPENING.search(text, position, end):
        mark, position = opening[0].lower(), opening.end()
        if ends := backticks.get(mark):
            following = bisect_right(ends, position)
            position = ends[following] if following < len(ends) else position
            continue
        if mark in missing:
            continue
        closing = _CLOSINGS[mark].search(text, position, end)
        if closing is None:
            missing.add(mark)
            continue
        position = closing.end()
        yield shown, opening.start()
        shown = position
    yield shown, end
