"""The structure of a document: what a reader makes and passages are cut from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chatbot.documents.document import Heading, Span

WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""Unicode's white space, the zero-width space and the byte order mark."""

BlockKind = Literal["paragraph", "list", "verbatim"]


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a block that stays together while it is not too long.

    `prose` are the spans in it that hold its sentences: what is left without list
    markers and the like; at least one, and none is blank. No sentence reaches from one
    into the next, and those that are also in `kept` are a sentence each.
    """

    start: int
    end: int
    prose: tuple[Span, ...]
    kept: frozenset[Span] = frozenset()

    @classmethod
    def of_prose(cls, span: Span) -> Item:
        """An item that is prose from its start to its end."""
        return cls(*span, (span,))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list or a stretch of lines to keep as they are.

    A paragraph has one item, a list one for each of its own; each item of a verbatim
    block is one sentence: a line, lines of code, or the first rows of a table. `line`
    is the line of the file on which the block starts. `id`, `title` and `url` are those
    of a record: a block with an `id` becomes exactly one passage.
    """

    kind: BlockKind
    items: tuple[Item, ...]
    line: int
    headings: tuple[Heading, ...] = ()
    id: str = ""
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's text with its title, headings and blocks, in order."""

    text: str
    title: str
    headings: tuple[Heading, ...]
    blocks: Sequence[Block]


def trimmed(text: str, start: int, end: int, marks: str = "") -> Span:
    """The span without white space at its ends; empty when nothing else is in it.

    Characters of `marks` are taken off with the white space.
    """
    unwanted = WHITE_SPACE + marks
    part = text[start:end].rstrip(unwanted)
    end = start + len(part)
    return end - len(part.lstrip(unwanted)), end
