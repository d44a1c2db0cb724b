"""Misspelt words to words of the corpus, by edit distance.

For example:

    correct("oficer", ["office", "officer"], frequencies=[1, 9])       # "officer"
"""

from __future__ import annotations

from collections.abc import Sequence

_SWAP_FROM = 4
_MISSING_OR_EXTRA_FROM = 5
_SUBSTITUTION_FROM = 6
_TWO_EDITS_FROM = 8
"""Lengths of a misspelt word from which each kind of mistake is forgiven: in a short
word, another letter more often makes another word."""


def correct(
    word: str, vocabulary: Sequence[str], frequencies: Sequence[int]
) -> str | None:
    """The word of the vocabulary that `word` most likely is, or None.

    Counts insertions, deletions, substitutions and swaps of neighbours (the optimal
    string alignment distance), two in words of eight letters, one in shorter ones. The
    first letter is taken to be right but for a swap. Of equally near words the more
    frequent wins, then the alphabet.
    """
    if not word.isalpha() or len(word) < _SWAP_FROM:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    edits = 2 if len(word) >= _TWO_EDITS_FROM else 1
    near = process.extract(
        word, vocabulary, scorer=OSA.distance, score_cutoff=edits, limit=None
    )
    candidates = [
        (int(distance), -frequencies[number], candidate)
        for candidate, distance, number in near
        if candidate.isalpha() and _is_plausible(word, candidate)
    ]
    return min(candidates)[2] if candidates else None


def _is_plausible(word: str, candidate: str) -> bool:
    if sorted(word) == sorted(candidate):
        return True
    same_length = len(word) == len(candidate)
    least = _SUBSTITUTION_FROM if same_length else _MISSING_OR_EXTRA_FROM
    return len(word) >= least and word[0] == candidate[0]
