"""Words to character n-grams: stretches of four characters, as numbers.

For example, with `^` and `$` for the word's edges:

    gram_keys(["cider"])        # the keys of "^cid", "cide", "ider", "der$"
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GRAM_CHARACTERS = 4
_START, _END = "\x02", "\x03"
"""Control characters, which no word holds, mark where a word begins and ends."""


def gram_keys(words: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The n-grams of each word, and where those of each word begin.

    Returns keys uint64 (N,) and offsets int64 (words + 1,); the keys of word i are
    keys[offsets[i]:offsets[i + 1]]. A word of one letter has one. A key
    holds the four characters in 16 bits each; only characters beyond the basic plane
    may share theirs.
    """
    long_enough = [word.ljust(GRAM_CHARACTERS - 2, _END) for word in words]
    lengths = np.fromiter(map(len, long_enough), np.int64, len(words)) + 2
    padding = _END * (GRAM_CHARACTERS - 1)
    edged = f"{_END}{_START}".join(long_enough)
    text = f"{_START}{edged}{_END}{padding}" if words else padding
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    units = (characters & 0xFFFF).astype(np.uint64)
    keys = np.zeros(len(units) - len(padding), dtype=np.uint64)
    for place in range(GRAM_CHARACTERS):
        keys = (keys << np.uint64(16)) | units[place : place + len(keys)]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    counts = lengths - GRAM_CHARACTERS + 1
    within = np.arange(len(keys)) - np.repeat(offsets[:-1], lengths)
    kept = within < np.repeat(counts, lengths)
    return keys[kept], np.concatenate([[0], np.cumsum(counts)])
