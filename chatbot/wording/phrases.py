"""Phrases in messages: whole, as a beginning, or anywhere, whatever case and accents.

For example:

    said("What’s the SOURCE?")                    # "whats the source"
    beginning(["what about"]).match("What about Fridays?").end()      # 10
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from chatbot.language.words import plain_form

_APOSTROPHES = regex.compile(r"['’]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_BEGINS_UNSPACED = regex.compile(_UNSPACED)
_ENDS_UNSPACED = regex.compile(rf"{_UNSPACED}$")

REMEMBERED_PATTERNS = 256


def said(message: str) -> str:
    """The words of a message in plain form, with spaces between them."""
    return " ".join(map(plain_form, _WORD.findall(_APOSTROPHES.sub("", message))))


def beginning(phrases: Iterable[str]) -> regex.Pattern[str]:
    """Matches the longest of the phrases that a message begins with."""
    return _pattern(tuple(phrases), at_start=True)


def anywhere(phrases: Iterable[str]) -> regex.Pattern[str]:
    """Finds any of the phrases, as whole words, in a message."""
    return _pattern(tuple(phrases), at_start=False)


@lru_cache(REMEMBERED_PATTERNS)
def _pattern(phrases: tuple[str, ...], at_start: bool) -> regex.Pattern[str]:
    """Without phrases it matches nothing."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    any_of = "|".join(map(_spelt, longest_first)) or r"(?!)"
    before = r"^[^\p{L}\p{M}\p{N}]*" if at_start else ""
    return regex.compile(rf"{before}(?:{any_of})", regex.IGNORECASE)


def _spelt(phrase: str) -> str:
    """A phrase between the ends of words, with anything but letters between its own.

    In a script without spaces a phrase has no ends.
    """
    words = (regex.escape(word).replace("'", "['’]?") for word in phrase.split())
    start = "" if _BEGINS_UNSPACED.match(phrase) else r"(?<![\p{L}\p{M}\p{N}])"
    end = "" if _ENDS_UNSPACED.search(phrase) else r"(?![\p{L}\p{M}\p{N}])"
    return start + r"[^\p{L}\p{M}\p{N}]+".join(words) + end
