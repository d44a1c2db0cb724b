"""Unknown words to the known words of a language that they may be misspelt for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from chatbot.index.lexicon import Lexicon
from chatbot.language.spelling import Correction, SpellingVocabulary

STEM_COST = 0.3
"""What a correction costs more that only the stems of the words speak for."""
SHORTEST_STEM = 6
"""Letters of the shortest stem that is compared."""


class Corrections:
    """Looks up what a word may be misspelt for among one language's words and stems."""

    def __init__(
        self,
        lexicon: Lexicon,
        counts: NDArray[np.int64],
        word_of: Callable[[int], str],
    ) -> None:
        """`counts` (W,) are those of all words; `word_of` shows a term by a word."""
        own = slice(lexicon.own.start, lexicon.own.stop)
        word_terms = lexicon.word_terms[own]
        terms = np.flatnonzero(np.bincount(word_terms))
        term_counts = np.bincount(word_terms, counts[own]).astype(np.int64)[terms]
        names = list(lexicon.terms)
        self._lexicon = lexicon
        self._word_of = word_of
        self._words = SpellingVocabulary(list(lexicon.words.part(own)), counts[own])
        stems = [names[number] for number in terms.tolist()]
        self._stems = SpellingVocabulary(stems, term_counts)

    def of(self, word: str) -> list[Correction]:
        """Known words that a word may be misspelt for, the most likely first.

        They are near the word itself, or, where an ending was cut off, have a stem near
        the word's own: the form that was meant need not be in the corpus. Each has
        another term than those before it.
        """
        near = self._words.near(word) + self._near_stems(word)
        near.sort(key=lambda found: (found.cost, found.word))
        by_term: dict[int | None, Correction] = {}
        for found in near:
            by_term.setdefault(self._lexicon.term_number(found.word), found)
        return list(by_term.values())

    def _near_stems(self, word: str) -> list[Correction]:
        stem = self._lexicon.analyzer.term(word)
        if not SHORTEST_STEM <= len(stem) < len(word):
            return []
        return [
            Correction(self._word_of(number), found.cost + STEM_COST)
            for found in self._stems.near(stem, most_edits=1)
            if (number := self._lexicon.terms.find(found.word)) is not None
        ]
