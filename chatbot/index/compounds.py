"""Words that are written as one here and as two there.

For example, "brainstorming" to the terms of "brain" and "storming".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chatbot.index.kernels import IndexKernels
from chatbot.index.lexicon import Lexicon
from chatbot.index.postings import Postings

SHORTEST_PART = 3
SHORTEST_PARTICLE = 2
"""Letters of the shortest stop word that may be the second part ("up" of "start up").
"""
_MOST_PASSAGES = 500
"""Passages with two words after which they are not looked for side by side."""


class Compounds:
    """Tells how the corpus writes what may be one word or two, in one language."""

    def __init__(
        self, lexicon: Lexicon, postings: Postings, kernels: IndexKernels
    ) -> None:
        self._lexicon = lexicon
        self._postings = postings
        self._kernels = kernels

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
        whole = self._postings.passages_with(joined)
        if first is None or second is None:
            return len(whole) > 0
        parts = self._side_by_side(first, second)
        both = len(_in_both(parts, whole))
        return len(whole) - both >= max(1, len(parts) - both)

    def _side_by_side(self, first: int, second: int) -> NDArray[np.int32]:
        """Passages in which two terms stand side by side, in corpus order."""
        passages_with = self._postings.passages_with
        both = _in_both(*sorted(map(passages_with, (first, second)), key=len))
        both = self._postings.order.in_order(both)
        searched = np.array(sorted({first, second}), dtype=np.int32)
        places = np.searchsorted(searched, [first, second]).astype(np.int32)
        found = self._kernels.gather(both[:_MOST_PASSAGES], searched)
        held = self._kernels.find_pairs(
            found.words,
            found.word_sentences,
            len(found.first_sentences) - 1,
            places[np.newaxis],
        )
        return both[:_MOST_PASSAGES][held[:, 0]]


def _in_both(few: NDArray[np.int32], many: NDArray[np.int32]) -> NDArray[np.int32]:
    """What of an array stands in an ascending one, in the order of the first.

    Quickest with the shorter one first.
    """
    if not len(many):
        return many
    shared: NDArray[np.int32] = few[
        many.take(np.searchsorted(many, few), mode="clip") == few
    ]
    return shared
