"""A question back and its reply: the headings on offer, and which one was chosen.

For example:

    chosen_heading("the second one", ("Opening hours", "Prices"))     # "Prices"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from chatbot.language.words import find_words

_NUMBERS = {
    name: number
    for number, names in enumerate(
        ("one|first|1st", "two|second|2nd", "three|third|3rd", "four|fourth|4th"), 1
    )
    for name in names.split("|")
}
_NUMBERED = regex.compile(
    r"(?:the )?(?:(?:number|no(?= \p{Nd})|option|choice|heading) )?"
    rf"(?:(?P<digits>\p{{Nd}}{{1,2}})|(?P<name>{'|'.join(_NUMBERS)})|(?P<last>last))"
    r"(?: (?:one|option|choice|heading))?(?: please)?"
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that was asked and the headings under which its answer may stand."""

    question: str
    headings: tuple[str, ...]


def chosen_heading(message: str, headings: Sequence[str]) -> str | None:
    """The heading that a message chooses, by its words or its number from 1, or None.

    A message that says anything else is a new question.
    """
    if message in headings:
        return message
    said = " ".join(find_words(message))
    numbered = _NUMBERED.fullmatch(said)
    if numbered:
        number = _number(numbered, len(headings))
        return headings[number - 1] if 1 <= number <= len(headings) else None
    same = (heading for heading in headings if " ".join(find_words(heading)) == said)
    return next(same, None) if said else None


def _number(numbered: regex.Match[str], last: int) -> int:
    """The number that a message names; `last` is that of the last heading."""
    if numbered["digits"]:
        return int(numbered["digits"])
    return _NUMBERS[numbered["name"]] if numbered["name"] else last
