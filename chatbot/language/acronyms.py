"""Short forms and what they stand for, found where a text gives both.

For example:

    find_acronyms("The Chief Product Officer (CPO) leads.")
    # {Acronym("cpo", ("chief", "product", "officer"))}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import regex

from chatbot.language.words import find_words, plain_form

_SHORT = r"\p{Lu}[\p{L}\p{N}&]{0,6}\p{Lu}"
"""Two to eight letters, digits and "&", from one capital to another."""
_CAPITALS = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}{2,8}(?=s?(?![\p{L}\p{N}]))")
_IN_BRACKETS = regex.compile(rf"\(({_SHORT})s?\)")
_BEFORE_BRACKETS = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])({_SHORT})s? ?\((\p{{L}}[\p{{L}}\p{{M}}' -]{{2,80}})\)"
)
_LONG_FORM_CHARACTERS = 100
_WORDS_BETWEEN = 2
"""A long form may have this many words without a letter in the short form ("of")."""
_LETTERS_SHARING_A_WORD = 4
"""Letters of the shortest short form of which two may stand for one word ("HTML")."""


@dataclass(frozen=True, slots=True, order=True)
class Acronym:
    """A short form and the words it stands for, all in plain form."""

    short: str
    long: tuple[str, ...]


def packed_acronym(acronym: Acronym) -> str:
    """An acronym as one line; words hold no spaces."""
    return " ".join((acronym.short, *acronym.long))


def opened_acronym(line: str) -> Acronym:
    """The acronym that `packed_acronym` made a line of."""
    short, *long = line.split(" ")
    return Acronym(short, tuple(long))


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


def acronyms_of_headings(
    capitals: set[str],
    headings: Iterable[Sequence[str]],
    stop_words: Collection[str] = (),
) -> set[Acronym]:
    """Short forms whose letters begin the words of one heading, or of a part of some.

    A part counts that has three words or more, begins and ends with no stop word and
    stands in two different headings. Letters that more than one phrase begins with
    stand for none.
    """
    wholes = set(map(tuple, headings))
    longest = max(map(len, capitals), default=0)
    occurrences: Counter[tuple[str, ...]] = Counter()
    for heading in wholes:
        starts = range(len(heading))
        spans = ((i, j) for i in starts for j in starts if 1 <= j - i < longest)
        parts = {heading[i : j + 1] for i, j in spans}
        occurrences.update(part for part in parts if _initials(part) in capitals)
    spelt: dict[str, set[tuple[str, ...]]] = {}
    for phrase, count in occurrences.items():
        is_bounded = phrase[0] not in stop_words and phrase[-1] not in stop_words
        if phrase in wholes or (is_bounded and count > 1 and len(phrase) > 2):
            spelt.setdefault(_initials(phrase), set()).add(phrase)
    return {
        Acronym(short, next(iter(longs)))
        for short, longs in spelt.items()
        if len(longs) == 1
    }


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


def _long_form(short: str, words: Sequence[str]) -> tuple[str, ...] | None:
    """The last words whose letters spell `short`, or None when they do not.

    As many words as letters come first, then some more, then one fewer.
    """
    letters = "".join(filter(str.isalpha, plain_form(short)))
    count = len(letters)
    most = count + _WORDS_BETWEEN
    fewer = [count - 1] if count >= _LETTERS_SHARING_A_WORD else []
    for size in (*range(count, most + 1), *fewer):
        candidate = words[-size:]
        if len(candidate) == size > 1 and _spells(letters, candidate):
            return tuple(candidate)
    return None


def _spells(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters begin words of `words` in order, the first and last too.

    When there are fewer words than letters, each word has one or more ("HTML").
    """
    if len(words) < len(letters):
        return _share_out(letters, words)
    if not (_begins(words[0], letters[0]) and _begins(words[-1], letters[-1])):
        return False
    rest = iter(words)
    return all(any(_begins(word, letter) for word in rest) for letter in letters)


def _share_out(letters: str, words: Sequence[str]) -> bool:
    """Whether each word begins with the next of the letters and has some in order."""
    if not words:
        return not letters
    first, *others = words
    return any(
        _begins(first, letters[0])
        and _has_in_order(first[1:], letters[1:own])
        and _share_out(letters[own:], others)
        for own in range(1, len(letters) - len(others) + 1)
    )


def _begins(word: str, letter: str) -> bool:
    """Whether a letter stands for the beginning of a word; "x" does for "ex"."""
    return word.startswith((letter, "ex") if letter == "x" else letter)


def _has_in_order(word: str, letters: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)
