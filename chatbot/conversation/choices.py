"""A question back and its reply: the headings on offer, and which one was chosen.

For example:

    chosen_heading("the second one", ("Opening hours", "Prices"))     # "Prices"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.language.words import find_words
from chatbot.wording.phrases import said
from chatbot.wording.table import LANGUAGES, Chooses, wording

LONGEST_CHOICE_BY_NUMBER = 60
"""Characters."""


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
    number = _number(message, len(headings))
    if number is not None:
        return headings[number - 1] if 1 <= number <= len(headings) else None
    words = list(find_words(message))
    same = (heading for heading in headings if list(find_words(heading)) == words)
    return next(same, None) if words else None


def _number(message: str, last: int) -> int | None:
    """The number that a message names in any language; `last` is the last heading's."""
    if len(message) > LONGEST_CHOICE_BY_NUMBER:
        return None
    words = said(message).split()
    named = (_named(words, wording(language).chooses, last) for language in LANGUAGES)
    return next((number for number in named if number is not None), None)


def _named(words: list[str], chooses: Chooses, last: int) -> int | None:
    """The number that words name in one language, or None when they say anything else.

    The words that may stand around it are left out one after the other, as “one” is
    both a number and such a word.
    """
    around = set(map(said, chooses.around))
    signs = {*around, *map(said, chooses.before_digits)}
    digits = [word for word in words if word.isdecimal()]
    if len(digits) == 1 and signs.issuperset(
        word for word in words if word != digits[0]
    ):
        return int(digits[0])
    names = {
        said(name): n for n, names in enumerate(chooses.numbers, 1) for name in names
    }
    names |= {said(name): last for name in chooses.last}
    while words:
        if " ".join(words) in names:
            return names[" ".join(words)]
        if words[0] in around:
            words = words[1:]
        elif words[-1] in around:
            words = words[:-1]
        else:
            return None
    return None
