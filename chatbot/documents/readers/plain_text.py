"""Plain text as people paste it: a line is a paragraph, a short one may be a heading.

A question is a heading with its answer below it. Several short lines in a row are a
list, not headings. A rule under a short line makes it a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from types import MappingProxyType
from typing import Literal

from chatbot.documents.document import Heading
from chatbot.documents.outline import Block, BlockKind, Item, Outline
from chatbot.documents.punctuation import COLONS, QUESTION_MARKS
from chatbot.documents.readers.text_lines import (
    CLOSING_MARKS,
    TextLine,
    ends_sentence,
    split_lines,
    starts_in_lower_case,
)
from chatbot.documents.readers.wrapping import join_wrapped

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
_CODE = re.compile(r"[#@][a-z]|[$<|\\{}`]")
"""Begins a command, a directive or a tag, none of which is a heading."""

_VALUE = re.compile(r"://|@|[:：]\s+\W?\d")
"""In lines such as `Telephone: 555 0100`, which say something by themselves."""

_FIELD = re.compile(r"[^\W\d_][:：]\s+\S")
"""In lines such as `Chair: Ada Holm`, which do so when several stand together."""

_NOT_ENDING_A_HEADING = frozenset(".!…;,:{}。．！；，、：،؛۔।॥።։")


def read_plain_text(text: str, title: str) -> Outline:
    """The outline of a plain text with `\\n` line ends.

    A heading at the very top with another heading right under it is the document's
    title, of level 1, and stands above all others. Without one, all headings are of
    level 1 and the document is called `title`.
    """
    lines = join_wrapped(text, split_lines(text))
    roles = _roles(lines)
    titled = roles[:2] == ["heading", "heading"]
    headings: list[Heading] = []
    blocks: list[Block] = []
    path: tuple[Heading, ...] = ()
    section: int | None = None
    for role, group in _groups(lines, roles):
        first = group[0]
        if role == "heading":
            level = 2 if titled and headings else 1
            heading = Heading(first.text, level, first.number, first.start, first.end)
            headings.append(heading)
            path = (*headings[: level - 1], heading)
            section = first.ordinal
        else:
            if section is not None and first.ordinal == section + 1:
                path, section = path[:-1], None
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
            roles += [
                "heading" if _stands_out(lines, looks, number) else "short line"
                for number in range(start, start + count)
            ]
        else:
            for number in range(start, start + count):
                part = (
                    (number == start > 0 and looks[start - 1] == "question")
                    or _is_field(lines, looks, number)
                    or _is_fragment(lines, looks, number)
                )
                roles.append("short line" if part else "heading")
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


def _stands_out(lines: Sequence[TextLine], looks: Sequence[_Look], number: int) -> bool:
    """Whether a label in a row of labels is a heading: alone below a gap.

    No gaps stand between the labels above it. Below it is text, or, below another gap,
    labels without gaps as well.
    """
    line, below = lines[number], lines[number + 1 : number + 3]
    if not (number and below and line.below_gap and looks[number] == "label"):
        return False
    if looks[number - 1] != "label" or lines[number - 1].below_gap:
        return False
    if looks[number + 1] != "label":
        return not _is_fragment(lines, looks, number)
    is_row = looks[number + 1 : number + 3] == ["label"] * 2 and not below[1].below_gap
    return is_row and below[0].below_gap


def _is_field(lines: Sequence[TextLine], looks: Sequence[_Look], number: int) -> bool:
    """Whether a label and one right above or below it are like “Chair: Ada Holm”."""
    first = number if lines[number].below_gap else number - 1
    last = number + 1
    if last < len(lines) and not lines[last].below_gap:
        last += 1
    return any(
        all(looks[n] == "label" and _FIELD.search(lines[n].text) for n in pair)
        for pair in pairwise(range(max(first, 0), last))
    )


def _is_fragment(
    lines: Sequence[TextLine], looks: Sequence[_Look], number: int
) -> bool:
    """Whether a line goes on with the text right above it, or right below it."""
    line = lines[number]
    for below in lines[number + 1 : number + 2]:
        goes_on = starts_in_lower_case(below.text) or below.text[0] == "{"
        if goes_on and not below.below_gap:
            return True
    if line.below_gap or looks[number - 1] != "other":
        return False
    above = lines[number - 1]
    if above.is_item or above.in_columns or ends_sentence(above.text):
        return False
    return looks[number] == "label" or starts_in_lower_case(line.text)


def _look(lines: Sequence[TextLine], number: int) -> _Look:
    line = lines[number]
    if line.joined or line.in_columns or not _has_words(line):
        return "other"
    text = line.text[line.words[0] - line.start :].rstrip(CLOSING_MARKS)
    is_question = text.endswith(QUESTION_MARKS)
    if line.is_item and not _is_lone(lines, number):
        return "other"
    short = _fits(text, HEADING_WORDS, HEADING_CHARACTERS)
    if short and (line.underlined or _is_section(lines, number)):
        return "sure heading"
    if is_question:
        fits = _fits(text, QUESTION_WORDS, QUESTION_CHARACTERS)
        one = fits and not _INNER_SENTENCE_END.search(text[:-1])
        return "question" if short or one else "other"
    if not short or _VALUE.search(text) or _CODE.match(text):
        return "other"
    sentence = text[-1] in _NOT_ENDING_A_HEADING
    return "other" if sentence and not _is_title_case(text) else "label"


def _is_lone(lines: Sequence[TextLine], number: int) -> bool:
    """Whether a numbered line has no list item above or below it: “1. Introduction”.

    Between gaps, only a numbered line as far to the left makes it one of a list.
    """
    line = lines[number]
    around = (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2])
    if line.ordinal is None:
        return False
    if not _is_between_gaps(lines, number):
        return not any(other.is_item for other in around)
    return all(other.ordinal is None or other.indent != line.indent for other in around)


def _is_between_gaps(lines: Sequence[TextLine], number: int) -> bool:
    below = lines[number + 1 : number + 2]
    return lines[number].below_gap and all(line.below_gap for line in below)


def _is_section(lines: Sequence[TextLine], number: int) -> bool:
    """Whether a line is like “2. Our terms.” or “ANNEX: Our terms.”, above text.

    It stands between gaps. After a number, half of the longer words begin in upper
    case. After a word in capitals, the text below is indented, as that of a note is
    not.
    """
    line = lines[number]
    below = lines[number + 1 : number + 2]
    if not (below and _is_between_gaps(lines, number)):
        return False
    text = line.text[line.words[0] - line.start :]
    if _INNER_SENTENCE_END.search(text) or not ends_sentence(text):
        return False
    first, *others = text.split()
    if line.ordinal is None:
        capitals = len(first) > 2 and first.isupper() and first.endswith(COLONS)
        return capitals and line.indent < below[0].indent
    longer = [first, *(word for word in others if len(word) >= 4)]
    return 2 * sum(word[0].islower() for word in longer) <= len(longer)


def _has_words(line: TextLine) -> bool:
    return _LETTER_OR_DIGIT.search(line.text) is not None


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
