"""Short forms and what they stand for, found where a text gives both.

For example:

    find_acronyms("The Chief Product Officer (CPO) leads.")
    # {Acronym("cpo", ("chief", "product", "officer"))}
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from chatbot.language.words import find_words, plain_form

_CAPITALS = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}{2,8}(?=s?(?![\p{L}\p{N}]))")
_IN_BRACKETS = regex.compile(r"\((\p{Lu}{2,8})s?\)")
_BEFORE_BRACKETS = regex.compile(
    r"(?<![\p{L}\p{N}])(\p{Lu}{2,8})s? ?\((\p{L}[\p{L}\p{M}' -]{2,80})\)"
)
_LONG_FORM_CHARACTERS = 100
_WORDS_BETWEEN = 2
"""A long form may have this many words without a letter in the short form ("of")."""


@dataclass(frozen=True, slots=True, order=True)
class Acronym:
    """A short form and the words it stands for, all in plain form."""

    short: str
    long: tuple[str, ...]


def find_acronyms(text: str) -> set[Acronym]:
    """Acronyms that stand beside their long form in brackets, either way round."""
    found = set()
    for match in _IN_BRACKETS.finditer(text):
        start = max(0, match.start() - _LONG_FORM_CHARACTERS)
        words = list(find_words(text[start : match.start()]))
        if long := _long_form(match.group(1), words[bool(start) :]):
            found.add(Acronym(plain_form(match.group(1)), long))
    for match in _BEFORE_BRACKETS.finditer(text):
        words = list(find_words(match.group(2)))
        long = _long_form(match.group(1), words)
        if long and len(long) == len(words):
            found.add(Acronym(plain_form(match.group(1)), long))
    return found


def find_capitals(text: str) -> set[str]:
    """Words of two to eight capitals, in plain form: what may be a short form."""
    return {plain_form(word) for word in _CAPITALS.findall(text)}


def acronyms_of_phrases(
    capitals: set[str], phrases: Iterable[Sequence[str]]
) -> set[Acronym]:
    """Short forms whose letters begin the words of exactly one of the phrases."""
    spelt: dict[str, set[tuple[str, ...]]] = {}
    for phrase in phrases:
        initials = "".join(word[0] for word in phrase)
        if len(phrase) > 1 and initials in capitals:
            spelt.setdefault(initials, set()).add(tuple(phrase))
    return {
        Acronym(short, next(iter(longs)))
        for short, longs in spelt.items()
        if len(longs) == 1
    }


def _long_form(short: str, words: Sequence[str]) -> tuple[str, ...] | None:
    """The last words whose initials spell `short`, or None when they do not."""
    letters = plain_form(short)
    for extra in range(_WORDS_BETWEEN + 1):
        size = len(letters) + extra
        candidate = words[-size:]
        if len(candidate) == size and _spells(letters, candidate):
            return tuple(candidate)
    return None


def _spells(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters begin words of `words` in order, the first and last too."""
    if words[0][0] != letters[0] or words[-1][0] != letters[-1]:
        return False
    initials = iter(word[0] for word in words)
    return all(letter in initials for letter in letters)
