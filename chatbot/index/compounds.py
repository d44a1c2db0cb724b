"""Words that are written as one here and as two there.

For example, "brainstorming" to the terms of "brain" and "storming".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chatbot.index.lexicon import Lexicon
from chatbot.index.search import Columns
from chatbot.index.store import PassageStore

SHORTEST_PART = 3
SHORTEST_PARTICLE = 2
"""Letters of the shortest stop word that may be the second part ("up" of "start up").
"""
_MOST_PASSAGES = 500
"""Passages with two words after which they are not looked for side by side."""


class Compounds:
    """Tells how the corpus writes what may be one word or two, in one language."""

    def __init__(self, lexicon: Lexicon, columns: Columns, store: PassageStore) -> None:
        self._lexicon = lexicon
        self._columns = columns
        self._store = store

    def split_in_two(self, word: str) -> list[tuple[int, int]]:
        """The terms of each two words that a word is made of, the first part growing.

        Both are words of the language that stand side by side, in this order, in a
        passage.
        """
        lexicon = self._lexicon
        found = []
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PARTICLE + 1):
            first, second = word[:cut], word[cut:]
            is_particle = second in lexicon.analyzer.stop_words
            if len(second) < SHORTEST_PART and not is_particle:
                continue
            if not (lexicon.holds(first) and lexicon.holds(second)):
                continue
            pair = lexicon.term_number(first), lexicon.term_number(second)
            if pair[0] is None or pair[1] is None:
                continue
            if len(self._side_by_side(pair[0], pair[1])):
                found.append((pair[0], pair[1]))
        return found

    def is_rather_joined(
        self, joined: int, first: int | None, second: int | None
    ) -> bool:
        """Whether no fewer passages hold the joined form alone than two words alone.

        What is written with a hyphen counts as both.
        """
        whole = self._columns.passages_with(joined)
        if first is None or second is None:
            return len(whole) > 0
        parts = self._side_by_side(first, second)
        only_joined = len(np.setdiff1d(whole, parts))
        return only_joined >= max(1, len(np.setdiff1d(parts, whole)))

    def _side_by_side(self, first: int, second: int) -> NDArray[np.int64]:
        """Passages in which two terms stand side by side, ascending."""
        store, columns = self._store, self._columns
        both = np.intersect1d(
            columns.passages_with(first),
            columns.passages_with(second),
            assume_unique=True,
        )
        found = []
        for passage in both[:_MOST_PASSAGES].tolist():
            start, end = store.word_offsets[
                store.sentence_offsets[passage : passage + 2]
            ]
            terms = self._lexicon.word_terms[store.words[start:end]]
            if np.any((terms[:-1] == first) & (terms[1:] == second)):
                found.append(passage)
        return np.array(found, dtype=np.int64)
