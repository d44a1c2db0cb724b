"""Plain text as people paste it: a line is a paragraph, a short one may be a heading.

A question is a heading with its answer below it. Several short lines in a row are a
list, not headings. A rule under a short line makes it a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Literal

from chatbot.documents.document import Heading
from chatbot.documents.outline import Block, BlockKind, Item, Outline
from chatbot.documents.readers.text_lines import (
    CLOSING_MARKS,
    COLONS,
    QUESTION_MARKS,
    TextLine,
    split_lines,
)

HEADING_WORDS, HEADING_CHARACTERS = 12, 80
"""Bounds of a heading."""

QUESTION_WORDS, QUESTION_CHARACTERS = 24, 160
"""Bounds of a question that is a heading; above those of a heading, one sentence."""

LIST_LINES = 3
"""So many short lines in a row are a list; under a colon, two are."""

_Look = Literal["sure heading", "question", "label", "other"]
"""What a line looks like; a label is any other line that could be a heading."""

_Role = Literal["heading", "item", "row", "short line", "paragraph"]
"""What a line is in its place; rows and short lines belong together as items do."""

_KINDS: Mapping[_Role, BlockKind] = MappingProxyType(
    {
        "item": "list",
        "row": "verbatim",
        "short line": "list",
        "paragraph": "paragraph",
    }
)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_INNER_SENTENCE_END = re.compile(r"[.!?…]\s|[。！？]")
_VALUE = re.compile(r"://|@|[:：]\s+\W?\d")
"""In lines such as `Telephone: 555 0100`, which say something by themselves."""

_NOT_ENDING_A_HEADING = frozenset(".!…;,:。．！；，、：،؛۔।॥።։")


def read_plain_text(text: str, title: str) -> Outline:
    """The outline of a plain text with `\\n` line ends.

    A heading at the very top with another heading right under it is the document's
    title, of level 1, and stands above all others. Without one, all headings are of
    level 1 and the document is called `title`.
    """
    lines = split_lines(text)
    roles = _roles(lines)
    titled = roles[:2] == ["heading", "heading"]
    headings: list[Heading] = []
    blocks: list[Block] = []
    path: tuple[Heading, ...] = ()
    for role, group in _groups(lines, roles):
        first = group[0]
        if role == "heading":
            level = 2 if titled and headings else 1
            heading = Heading(first.text, level, first.number, first.start, first.end)
            headings.append(heading)
            path = (*headings[: level - 1], heading)
        else:
            items = [Item(line.start, line.end, (line.words,)) for line in group]
            blocks.append(Block(_KINDS[role], tuple(items), first.number, path))
    if titled:
        title = headings[0].text
    return Outline(text, title, tuple(headings), tuple(blocks))


def _groups(
    lines: Sequence[TextLine], roles: Sequence[_Role]
) -> Iterator[tuple[_Role, list[TextLine]]]:
    """Each heading and paragraph by itself, other lines with their neighbours."""
    for role, pairs in groupby(zip(roles, lines, strict=True), key=itemgetter(0)):
        group = [line for _, line in pairs]
        if role in ("heading", "paragraph"):
            yield from ((role, [line]) for line in group)
        else:
            yield role, group


def _roles(lines: Sequence[TextLine]) -> list[_Role]:
    looks = [_look(lines, number) for number in range(len(lines))]
    if looks[:3] == ["label"] * 3 and lines[1].below_gap and not lines[2].below_gap:
        looks[0] = "sure heading"
    roles: list[_Role] = []
    for look, run in groupby(looks):
        start, count = len(roles), len(list(run))
        if look == "sure heading":
            roles += ["heading"] * count
        elif look == "other":
            roles += [_other_role(line) for line in lines[start : start + count]]
        elif _is_list(lines, start, count, look):
            roles += ["short line"] * count
        else:
            answers = start > 0 and looks[start - 1] == "question"
            roles.append("short line" if answers else "heading")
            roles += ["heading"] * (count - 1)
    return roles


def _other_role(line: TextLine) -> _Role:
    if line.is_item:
        return "item"
    return "row" if line.in_columns else "paragraph"


def _is_list(lines: Sequence[TextLine], start: int, count: int, look: _Look) -> bool:
    """Whether questions or labels in a row are text: a list, or the end of it all."""
    if start + count == len(lines):
        return True
    if start and not lines[start].below_gap and lines[start - 1].text.endswith(COLONS):
        return count > 1
    return look == "label" and count >= LIST_LINES


def _look(lines: Sequence[TextLine], number: int) -> _Look:
    line = lines[number]
    if line.joined or line.in_columns or not _LETTER_OR_DIGIT.search(line.text):
        return "other"
    text = line.text[line.words[0] - line.start :].rstrip(CLOSING_MARKS)
    is_question = text.endswith(QUESTION_MARKS)
    if line.is_item and not _is_lone(lines, number):
        return "other"
    short = _fits(text, HEADING_WORDS, HEADING_CHARACTERS)
    if line.underlined and short:
        return "sure heading"
    if is_question:
        fits = _fits(text, QUESTION_WORDS, QUESTION_CHARACTERS)
        one = fits and not _INNER_SENTENCE_END.search(text[:-1])
        return "question" if short or one else "other"
    if not short or _VALUE.search(text):
        return "other"
    sentence = text[-1] in _NOT_ENDING_A_HEADING
    return "other" if sentence and not _is_title_case(text) else "label"


def _is_lone(lines: Sequence[TextLine], number: int) -> bool:
    """Whether a numbered line has no list item above or below it: “1. Introduction”."""
    around = (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2])
    return lines[number].numbered and not any(line.is_item for line in around)


def _fits(text: str, words: int, characters: int) -> bool:
    return len(text) <= characters and len(text.split()) <= words


def _is_title_case(text: str) -> bool:
    """Whether all longer words are capitalised, as in “What You Do. It Matters.”"""
    words = ["".join(filter(str.isalpha, word)) for word in text.split()]
    longer = [word for word in words if len(word) >= 4]
    return (
        text.endswith((".", "!"))
        and len(words) >= 3
        and len(longer) >= 2
        and all(word[0].isupper() for word in longer)
        and not text.isupper()
    )
