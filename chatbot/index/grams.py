"""The character n-grams of the corpus's words, to compare words that differ in part.

    arrays = pack_grams(words, counts, stop_words, passages=len(store))
    table = GramTable(arrays)

Shapes: G distinct n-grams, W words. Stop words have no n-grams: their
stretches would count as likeness where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.document_frequency import inverse_document_frequency
from chatbot.language.grams import gram_keys

Arrays = dict[str, NDArray[Any]]
REMEMBERED_WORDS = 4096


class GramTable:
    """N-grams by number; read-only.

    `idf`: float64 (G,). `unknown_idf` is that of an n-gram which no word has.
    `average_length` is the mean number of n-grams of a passage.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._keys = arrays["gram_keys"]
        self.idf = arrays["gram_idf"]
        self.unknown_idf, self.average_length = arrays["gram_statistics"].tolist()

    def __len__(self) -> int:
        return len(self._keys)

    @cached_property
    def of_word(self) -> Callable[[str], list[tuple[int, int, float]]]:
        """Gives key, number and idf of each n-gram of any word; remembers the latest.

        One that no word of the index has is numbered -1.
        """
        return lru_cache(REMEMBERED_WORDS)(self._of_word)

    def _of_word(self, word: str) -> list[tuple[int, int, float]]:
        keys, _ = gram_keys([word])
        numbers = np.searchsorted(self._keys, keys)
        found = []
        for key, number in zip(keys.tolist(), numbers.tolist(), strict=True):
            if number < len(self._keys) and self._keys[number] == key:
                found.append((key, number, float(self.idf[number])))
            else:
                found.append((key, -1, self.unknown_idf))
        return found


def pack_grams(
    words: Sequence[str],
    counts: NDArray[np.int64],
    stop_words: NDArray[np.bool_],
    passages: int,
) -> Arrays:
    """The arrays of a `GramTable`.

    `words` are those of the index, W in order of their numbers, `counts` (W,) how often
    each occurs and `stop_words` (W,) which of them are stop words.

    An n-gram that occurs cf times in N passages is taken to be in

        N · (1 - exp(-cf / N))

    of them: as if its occurrences fell on passages at random, which is the Poisson
    distribution.
    """
    content = np.flatnonzero(~stop_words).astype(np.int32)
    keys, firsts = gram_keys([words[number] for number in content.tolist()])
    owners = np.repeat(content, np.diff(firsts))
    distinct, grams = np.unique(keys, return_inverse=True)
    occurrences = np.bincount(grams, weights=counts[owners], minlength=len(distinct))
    expected = -passages * np.expm1(-occurrences / max(passages, 1))
    idf = inverse_document_frequency(expected, passages)
    unknown = inverse_document_frequency(np.zeros(1), passages)
    average = occurrences.sum() / max(passages, 1)
    lengths = np.bincount(owners, minlength=len(words))
    return {
        "gram_keys": distinct,
        "gram_idf": idf,
        "gram_statistics": np.array([unknown[0], average], dtype=np.float64),
        "word_gram_offsets": np.concatenate([[0], np.cumsum(lengths)]),
        "word_grams": grams.astype(np.int32),
        "word_gram_squares": np.bincount(owners, idf[grams] ** 2, minlength=len(words)),
    }
