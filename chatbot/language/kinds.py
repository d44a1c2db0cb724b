"""Kinds of answers: which a question asks for, and which a sentence holds.

For example:

    kinds = kinds_of("english")
    kinds.asked_for("How much does it cost?")           # Kind.MONEY
    kinds.held_in("It costs $5 a month.")               # Kind.MONEY | Kind.COUNT …

Figures, currency signs and capitals are told by their shape; words that ask for a kind
or give one away stand in `data/<language>/kinds.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import IntFlag
from functools import cache, cached_property
from typing import NamedTuple

import regex

from chatbot.language.resources import word_list


class Kind(IntFlag):
    """What an answer is; a sentence may hold several kinds."""

    NONE = 0
    MONEY = 1
    DURATION = 2
    COUNT = 4
    TIME = 8
    PERSON = 16
    PLACE = 32
    REASON = 64
    MANNER = 128
    DEFINITION = 256
    YES_NO = 512
    """Asked for only: any sentence that says the same may confirm or deny it."""


_BRIEF_WORDS = 3
"""A definition is asked for briefly when at most this many words follow."""

_YEAR = r"(?<!\p{N})[12]\d{3}(?!\p{N})"
_CLOCK = r"(?<!\p{N})\d{1,2}[:.h]\d\d(?!\p{N})"
_NAME = r"\p{Lu}[\p{Ll}\p{M}]+"
_AMOUNT = r"\p{Sc}\s?\p{N}|\p{N}\s?\p{Sc}"


_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNS = (regex.compile(r"\p{N}"), regex.compile(r" \p{Lu}"))
_ASCII_SIGNS = (re.compile(r"[0-9]"), re.compile(r" [A-Z]"))
FIGURE, CAPITAL, ANYTHING = "0", "A", ""
"""Signs of a sentence beside its words: a figure, a capital behind a space, none."""


class Test(NamedTuple):
    """A kind of answer and the pattern of the sentences that hold one.

    Every such sentence has one of the `signs` or of the signs of the `phrases`:
    patterns are slow, and most sentences need not be searched with most of them. One of
    the phrases suffices, and so does any of the `sure` signs.
    """

    kind: Kind
    pattern: regex.Pattern[str]
    signs: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    sure: frozenset[str] = frozenset()

    def all_signs(self) -> frozenset[str]:
        """The signs of which every sentence that holds one has any."""
        return self.signs | self.sure | signs_of(self.phrases)


class Kinds:
    """Tells kinds of answers in one language; read-only."""

    def __init__(self, language: str) -> None:
        self._phrases = _phrases(word_list(language, "kinds"))
        self._asked = {
            kind: _LazyPattern(self._listed(f"asks for {name}"))
            for name, kind in _NAMED.items()
        }
        self._brief = _LazyPattern(
            self._listed("asks for definition briefly"), at_start=True
        )
        self._yes_no = _LazyPattern(self._listed("asks for yes or no"), at_start=True)
        self._points_back = _LazyPattern(self._listed("points back"), at_start=True)
        self._closing = _LazyPattern(self._listed("asks for definition"), at_end=True)

    def _listed(self, *names: str) -> tuple[str, ...]:
        """The phrases of some lists."""
        return tuple(p for name in names for p in self._phrases.get(name, ()))

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """Which kinds a sentence holds; patterns that take long to be compiled."""

        def words(name: str) -> str:
            return _any_of(self._listed(name))

        number, unit = words("number"), words("unit of time")
        figure = rf"(?:\p{{N}}|{number})"
        currency = words("currency")
        money = rf"{_AMOUNT}|\p{{N}}\s?(?:{currency})|(?:{currency})\s?\p{{N}}"
        hour = rf"(?<!\p{{N}})\d{{1,2}}\s?(?:{words('hour of the clock')})"
        duration = rf"{figure}.{{0,20}}(?:{unit})|{words('how often')}"
        person = rf"(?<=[\p{{Ll}},;] ){_NAME}|^{_NAME} {_NAME}"
        place = (
            rf"(?i:{words('preposition of place')}) (?:(?:\p{{Ll}}+ )?{_NAME}"
            rf"|(?:[\p{{L}}'’-]+ ){{0,3}}(?i:{words('place')}))"
        )
        return (
            Test(Kind.MONEY, _compiled(money), frozenset({FIGURE})),
            Test(
                Kind.DURATION,
                _compiled(duration),
                signs_of(self._listed("unit of time")),
                self._listed("how often"),
            ),
            Test(
                Kind.COUNT,
                _compiled(rf"\p{{N}}|{number}"),
                phrases=self._listed("number"),
                sure=frozenset({FIGURE}),
            ),
            Test(
                Kind.TIME,
                _compiled(rf"{_YEAR}|{_CLOCK}|{hour}|{words('calendar')}"),
                frozenset({FIGURE}),
                self._listed("calendar"),
            ),
            Test(Kind.PERSON, regex.compile(person), frozenset({CAPITAL})),
            Test(
                Kind.PLACE,
                regex.compile(place),
                signs_of(self._listed("place")) | {CAPITAL},
            ),
            *(
                Test(
                    kind,
                    _compiled(words(f"gives {name}")),
                    phrases=self._listed(f"gives {name}"),
                )
                for kind, name in (
                    (Kind.REASON, "reason"),
                    (Kind.MANNER, "manner"),
                    (Kind.DEFINITION, "definition"),
                )
            ),
        )

    @cached_property
    def _signs(self) -> tuple[frozenset[str], ...]:
        return tuple(test.all_signs() for test in self.tests)

    def asked_for(self, question: str) -> Kind:
        """The kinds of answer that a question asks for."""
        asked, words = Kind.NONE, _signs_in(question)
        for kind, pattern in self._asked.items():
            if pattern.search(question, words):
                asked |= kind
        brief = self._brief.search(question, words)
        if brief and len(question[brief.end() :].split()) <= _BRIEF_WORDS:
            asked |= Kind.DEFINITION
        if not asked and self._yes_no.search(question, words):
            asked = Kind.YES_NO
        return asked

    def closing(self, question: str) -> str:
        """The end of a question that only asks for a definition, if it ends so."""
        found = self._closing.search(question, _signs_in(question))
        return found.group() if found else ""

    def held_in(self, sentence: str) -> Kind:
        """The kinds of answer that a sentence holds."""
        signs = _signs_in(sentence)
        figure, capital = _ASCII_SIGNS if sentence.isascii() else _SIGNS
        if figure.search(sentence):
            signs.add(FIGURE)
        if capital.search(sentence):
            signs.add(CAPITAL)
        held = 0
        for test, needed in zip(self.tests, self._signs, strict=True):
            if not needed.isdisjoint(signs) and test.pattern.search(sentence):
                held |= test.kind
        return Kind(held)

    def points_back(self, sentence: str) -> bool:
        """Whether a sentence begins by pointing at the one before it."""
        return self._points_back.search(sentence, _signs_in(sentence)) is not None


class _LazyPattern:
    """Finds any of some phrases; compiled for the first text that may hold one."""

    def __init__(
        self, phrases: Sequence[str], *, at_start: bool = False, at_end: bool = False
    ) -> None:
        self._phrases = phrases
        self._start = r"\A\P{L}*" if at_start else ""
        self._end = r"\P{L}*+\Z" if at_end else ""
        self._signs = signs_of(phrases)

    def search(self, text: str, signs: set[str]) -> regex.Match[str] | None:
        """Where a phrase is found first in a text that has these signs."""
        return None if self._signs.isdisjoint(signs) else self._pattern.search(text)

    @cached_property
    def _pattern(self) -> regex.Pattern[str]:
        return _compiled(f"{self._start}(?:{_any_of(self._phrases)}){self._end}")


@cache
def kinds_of(language: str) -> Kinds:
    """The kinds as one language tells them."""
    return Kinds(language)


_NAMED = {
    "money": Kind.MONEY,
    "duration": Kind.DURATION,
    "count": Kind.COUNT,
    "time": Kind.TIME,
    "person": Kind.PERSON,
    "place": Kind.PLACE,
    "reason": Kind.REASON,
    "manner": Kind.MANNER,
    "definition": Kind.DEFINITION,
}


def _phrases(lines: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """From the name of each list to its phrases; a name may stand on several lines."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        name, _, listed = line.partition(":")
        phrases = tuple(p.strip() for p in listed.split(",") if p.strip())
        found[name.strip()] = (*found.get(name.strip(), ()), *phrases)
    return found


def _signs_in(text: str) -> set[str]:
    """The words of a text as signs, and the one that any text has."""
    return {ANYTHING, *_LETTERS.findall(text.lower())}


def signs_of(phrases: Sequence[str]) -> frozenset[str]:
    """The longest word of each phrase; one that is all wildcards may be anything."""
    return frozenset(
        max(
            (
                word
                for part in phrase.lower().split()
                if "*" not in part
                for word in _LETTERS.findall(part)
            ),
            key=len,
            default=ANYTHING,
        )
        for phrase in phrases
    )


def _any_of(phrases: Sequence[str]) -> str:
    """A pattern of any of the phrases as whole words; `*` stands for letters."""
    if not phrases:
        return r"(?!)"
    escaped = (regex.escape(p, literal_spaces=True) for p in phrases)
    joined = "|".join(p.replace(r"\*", r"[\p{L}\p{M}]*") for p in escaped)
    return rf"(?<![\p{{L}}\p{{M}}])(?:{joined})(?![\p{{L}}\p{{M}}])"


def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.IGNORECASE)
