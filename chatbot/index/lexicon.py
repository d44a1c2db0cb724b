"""The words of one language of a corpus, and the terms that they have in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from chatbot.index.string_table import StringTable
from chatbot.language.terms import Analyzer

REMEMBERED_WORDS = 4096


@dataclass(frozen=True)
class Lexicon:
    """Looks words of a language up.

    `own` are the numbers of the language's words in `words`, sorted among themselves;
    `word_terms` int32 (W,) maps a word's number to that of its term in `terms`.
    `number` is that of the language itself.
    """

    number: int
    analyzer: Analyzer
    own: range
    words: StringTable
    word_terms: NDArray[np.int32]
    terms: StringTable

    @cached_property
    def _number_of(self) -> Callable[[str], int | None]:
        """Finds the number of a word; those of the latest words are remembered."""
        return lru_cache(REMEMBERED_WORDS)(partial(self.words.find, within=self.own))

    def holds(self, word: str) -> bool:
        """Whether a word is in the language's documents or lists."""
        return self._number_of(word) is not None

    def known_words(self, text: str) -> int:
        """How many words of a text the language knows, repeated ones counted again."""
        return sum(map(self.holds, self.analyzer.words(text)))

    def term_number(self, word: str) -> int | None:
        """The number of a word's term, or None when no document or list has it."""
        number = self._number_of(word)
        if number is not None:
            return self.word_terms.item(number)
        return self.terms.find(self.analyzer.term(word))

    def stop_terms(self) -> set[int]:
        """The terms of the language's stop words."""
        numbers = (self.words.find(word, self.own) for word in self.analyzer.stop_words)
        return {self.word_terms.item(n) for n in numbers if n is not None}
