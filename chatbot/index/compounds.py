"""Words written as one to the two words that the corpus writes side by side.

For example, "brainstorming" to the terms of "brain" and "storming".
"""

from __future__ import annotations

import numpy as np

from chatbot.index.lexicon import Lexicon
from chatbot.index.search import Columns
from chatbot.index.store import PassageStore

SHORTEST_PART = 3
SHORTEST_PARTICLE = 2
"""Letters of the shortest stop word that may be the second part ("up" of "start up").
"""
_MOST_PASSAGES = 500
"""Passages that hold both parts after which they are not looked for side by side."""


def split_in_two(
    word: str, lexicon: Lexicon, columns: Columns, store: PassageStore
) -> list[tuple[int, int]]:
    """The terms of each two words that a word is made of, the first part growing.

    Both are words of the language that stand side by side, in this order, in a passage.
    """
    found = []
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PARTICLE + 1):
        first, second = word[:cut], word[cut:]
        is_particle = second in lexicon.analyzer.stop_words
        if len(second) < SHORTEST_PART and not is_particle:
            continue
        if not (lexicon.holds(first) and lexicon.holds(second)):
            continue
        terms = lexicon.term_number(first), lexicon.term_number(second)
        pair = tuple(term for term in terms if term is not None)
        if len(pair) == 2 and _stand_side_by_side(pair, lexicon, columns, store):
            found.append(pair)
    return found


def _stand_side_by_side(
    pair: tuple[int, int], lexicon: Lexicon, columns: Columns, store: PassageStore
) -> bool:
    first, second = (columns.passages_with(term) for term in pair)
    both = np.intersect1d(first, second, assume_unique=True)[:_MOST_PASSAGES]
    for passage in both.tolist():
        sentences = store.sentence_offsets[passage : passage + 2]
        start, end = store.word_offsets[sentences].tolist()
        terms = lexicon.word_terms[store.words[start:end]]
        if np.any((terms[:-1] == pair[0]) & (terms[1:] == pair[1])):
            return True
    return False
