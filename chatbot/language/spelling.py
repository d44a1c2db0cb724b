"""Misspelt words to words of a vocabulary, by edit distance.

For example:

    vocabulary = SpellingVocabulary(["office", "officer"], np.array([1, 9]))
    vocabulary.near("oficer")               # [Correction("officer", 0.6)]
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import regex
from numpy.typing import NDArray

from chatbot.language.unspaced import split_unspaced

SHORTEST = 4
"""Letters of the shortest word that is corrected."""
TWO_EDITS_FROM = 9
"""Letters of the shortest word in which two mistakes are forgiven."""
SLIP_COST = 0.7
"""What a swap of neighbours or a letter too many or too few of its kind costs: more
often than other mistakes it is one of the finger."""
FIRST_LETTER_COST = 1.0
"""What another first letter costs besides the edit: it is seldom typed wrong."""
FREQUENCY_GAIN = 0.1
"""By how much a word that is ten times as frequent may be farther away."""
_CORRECTABLE = regex.compile(r"[\p{L}\p{M}]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that another may be misspelt for.

    `cost` is about one for each mistake, less a gain for a frequent word.
    """

    word: str
    cost: float


class SpellingVocabulary:
    """Words among which those near a misspelt one are found.

    The words stand by length, in one text, as a million strings would take ten times as
    much memory. `_letters`: uint64 (W,), a bit for each letter of a word;
    words whose letters differ too much are passed over without a closer look.
    """

    def __init__(self, words: Sequence[str], counts: NDArray[np.int64]) -> None:
        """`counts` (W,) is how often each of the `words` occurs."""
        lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        order = np.argsort(lengths, kind="stable")
        self._counts = counts[order]
        self._lengths = lengths[order]
        self._ends = np.cumsum(self._lengths)
        self._text = "".join(words[place] for place in order.tolist())
        self._letters = _letter_bits(self._text, self._lengths)

    def near(self, word: str, most_edits: int = 2) -> list[Correction]:
        """The words that `word` may be misspelt for, most likely first.

        Counts insertions, deletions, substitutions and swaps of neighbours (the optimal
        string alignment distance), at most one in words of fewer than `TWO_EDITS_FROM`
        letters. The cheapest are the most likely, then the alphabet decides.
        """
        if len(word) < SHORTEST or not _is_correctable(word):
            return []
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        edits = min(most_edits, 2 if len(word) >= TWO_EDITS_FROM else 1)
        places = self._with_like_letters(word, edits)
        words = self._words_at(places)
        near = process.extract(
            word, words, scorer=OSA.distance, score_cutoff=edits, limit=None
        )
        found = []
        for candidate, distance, number in near:
            cost = _cost(word, candidate, distance)
            if cost <= edits and _is_correctable(candidate):
                count = int(self._counts[places[number]])
                gain = FREQUENCY_GAIN * math.log10(1 + count)
                found.append(Correction(candidate, cost - gain))
        return sorted(found, key=lambda entry: (entry.cost, entry.word))

    def _words_at(self, places: list[int]) -> list[str]:
        ends = self._ends[places]
        starts = ends - self._lengths[places]
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        return [self._text[start:end] for start, end in spans]

    def _with_like_letters(self, word: str, edits: int) -> list[int]:
        """Places of the words that so many edits may turn into `word`, ascending."""
        least, most = len(word) - edits, len(word) + edits
        start, end = np.searchsorted(self._lengths, [least, most + 1]).tolist()
        (own,) = _letter_bits(word, np.array([len(word)]))
        letters = self._letters[start:end]
        few_missing = _has_at_most(edits, own & ~letters)
        few_extra = _has_at_most(edits, letters & ~own)
        places: list[int] = (np.flatnonzero(few_missing & few_extra) + start).tolist()
        return places


def _is_correctable(word: str) -> bool:
    """Whether a word is of letters, in a script with spaces between words."""
    is_unspaced = any(unspaced for _, unspaced in split_unspaced(word))
    return bool(_CORRECTABLE.fullmatch(word)) and not is_unspaced


def _cost(word: str, candidate: str, distance: int) -> float:
    is_swap = sorted(word) == sorted(candidate)
    if distance == 1 and (is_swap or _runs(word) == _runs(candidate)):
        return SLIP_COST
    has_other_start = word[0] != candidate[0] and not is_swap
    return distance + FIRST_LETTER_COST * has_other_start


def _runs(word: str) -> list[str]:
    """The letters of a word, one for several of a kind in a row."""
    return [letter for letter, _ in groupby(word)]


def _letter_bits(text: str, lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    """For each word the bits of its letters' code points modulo 64, uint64 (W,).

    The words stand on end in `text`.
    """
    if not len(lengths):
        return np.zeros(0, dtype=np.uint64)
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    bits = np.left_shift(np.uint64(1), codes.astype(np.uint64) % np.uint64(64))
    starts = np.cumsum(lengths) - lengths
    found: NDArray[np.uint64] = np.bitwise_or.reduceat(bits, starts)
    return found


def _has_at_most(number: int, bits: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which entries have no more than `number` bits set."""
    for _ in range(number):
        bits = bits & (bits - np.uint64(1))
    few: NDArray[np.bool_] = bits == 0
    return few
