"""The kinds of answers that the sentences of a text hold, for all of them at once.

It finds what `Kinds.held_in` finds in each sentence.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from chatbot.language.characters import (
    IS_CAPITAL,
    IS_LETTER,
    character_class,
    character_codes,
    counts_before,
)
from chatbot.language.kinds import ANYTHING, CAPITAL, FIGURE, Kinds, Test, signs_of
from chatbot.language.words_in_bulk import BulkWords

_PLAIN_PHRASE = re.compile(r"[a-z]+(?: [a-z]+)*")
_IS_FIGURE = character_class(string.digits)
_IS_SPACE = character_class(" ")

Flags = NDArray[np.bool_]


def kinds_in_bulk(
    text: str,
    spans: NDArray[np.int64],
    words: BulkWords,
    numbers: Mapping[str, int],
    kinds: Kinds,
) -> NDArray[np.uint16]:
    """The kinds that each of the sentences `spans`, (S, 2), of a text holds, (S,).

    `words` are the words of the sentences and `numbers` the number of each word.
    """
    codes = character_codes(text)
    starts, ends = spans[:, 0], spans[:, 1]
    is_figure, is_letter = _IS_FIGURE[codes], IS_LETTER[codes]
    mixed = counts_before(
        (is_figure[:-1] & is_letter[1:]) | (is_letter[:-1] & is_figure[1:])
    )
    capitals = counts_before(_IS_SPACE[codes[:-1]] & IS_CAPITAL[codes[1:]])
    figures = counts_before(is_figure)
    last = np.maximum(ends - 1, starts)
    is_plain = words.is_plain & (mixed[starts] == mixed[last])
    has = {
        FIGURE: figures[ends] > figures[starts],
        CAPITAL: capitals[last] > capitals[starts],
        ANYTHING: np.ones(len(spans), dtype=bool),
    }
    held = np.zeros(len(spans), dtype=np.uint16)
    finder = _Finder(words, numbers, has)
    for test in kinds.tests:
        is_sure, is_asked = finder.told(test)
        held[is_plain & is_sure] |= np.uint16(test.kind)
        asked = np.flatnonzero(is_plain & is_asked & ~is_sure)
        for sentence, (start, end) in zip(
            asked.tolist(), spans[asked].tolist(), strict=True
        ):
            if test.pattern.search(text[start:end]):
                held[sentence] |= np.uint16(test.kind)
    for sentence in np.flatnonzero(~is_plain).tolist():
        start, end = spans[sentence].tolist()
        held[sentence] = kinds.held_in(text[start:end])
    return held


class _Finder:
    """Finds the sentences with some signs or phrases among the plain ones."""

    def __init__(
        self, words: BulkWords, numbers: Mapping[str, int], has: Mapping[str, Flags]
    ) -> None:
        self._words = words
        self._numbers = numbers
        self._has = has
        self._size = len(words.is_plain)
        self._owners = np.repeat(np.arange(self._size), np.diff(words.offsets))

    def told(self, test: Test) -> tuple[Flags, Flags]:
        """Which sentences certainly hold the kind of a test, and which may, (S,)."""
        plain = [phrase for phrase in test.phrases if _PLAIN_PHRASE.fullmatch(phrase)]
        others = [phrase for phrase in test.phrases if phrase not in plain]
        single = {phrase for phrase in plain if " " not in phrase}
        is_sure = self._with_signs(test.sure | single)
        is_asked = self._with_signs(test.signs | signs_of(others))
        for phrase in plain:
            if phrase not in single:
                is_asked |= self._with_phrase(phrase.split())
        return is_sure, is_asked

    def _with_signs(self, signs: frozenset[str] | set[str]) -> Flags:
        found = np.zeros(self._size, dtype=bool)
        for name, has in self._has.items():
            if name in signs:
                found |= has
        wanted = [self._numbers[word] for word in signs if word in self._numbers]
        if wanted:
            is_wanted = np.zeros(len(self._numbers), dtype=bool)
            is_wanted[wanted] = True
            found[self._owners[is_wanted[self._words.numbers]]] = True
        return found

    def _with_phrase(self, phrase: list[str]) -> Flags:
        """The sentences in which the words of a phrase follow one another."""
        found = np.zeros(self._size, dtype=bool)
        wanted = [self._numbers.get(word, -1) for word in phrase]
        words, size = self._words.numbers, len(phrase)
        runs = max(len(words) - size + 1, 0)
        places = np.flatnonzero(words[:runs] == wanted[0])
        for distance, number in enumerate(wanted[1:], 1):
            places = places[words[places + distance] == number]
        owners = self._owners[places]
        found[owners[owners == self._owners[places + size - 1]]] = True
        return found
