"""The character n-grams of the corpus's words, to compare words that differ in part.

    arrays = pack_grams(words, counts, stop_words, passages=len(store))
    table = GramTable(arrays)

Shapes: G distinct n-grams, W written words. Stop words have no n-grams: their stretches
would count as likeness where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.document_frequency import inverse_document_frequency
from chatbot.index.ranges import spread
from chatbot.language.grams import gram_keys

Arrays = dict[str, NDArray[Any]]
REMEMBERED_WORDS = 4096


class GramTable:
    """N-grams by number, the keys in any order; read-only.

    `idf`: float64 (G,). `unknown_idf` is that of an n-gram which no word has.
    `average_length` is the mean number of n-grams of a passage.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._keys = arrays["gram_keys"]
        self._words = arrays["gram_words"]
        self.idf = arrays["gram_idf"]
        self.unknown_idf, self.average_length = arrays["gram_statistics"].tolist()

    @cached_property
    def _by_key(self) -> NDArray[np.intp]:
        """The n-grams in the order of their keys."""
        return self._keys.argsort()

    @cached_property
    def of_word(self) -> Callable[[str], list[tuple[int, int, float]]]:
        """Gives key, number and idf of each n-gram of any word; remembers the latest.

        One that no word of the index has is numbered -1.
        """
        return lru_cache(REMEMBERED_WORDS)(self._of_word)

    def _of_word(self, word: str) -> list[tuple[int, int, float]]:
        keys, _ = gram_keys([word])
        numbers = _numbers_of(keys, self._keys, self._by_key)
        found = []
        for key, number in zip(keys.tolist(), numbers.tolist(), strict=True):
            if number >= 0 and self._words[number]:
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
    """
    keys, offsets = _keys(words, stop_words)
    distinct, grams = np.unique(keys, return_inverse=True)
    owners = np.repeat(np.arange(len(words)), np.diff(offsets))
    occurrences = _sums(grams, counts[owners], len(distinct))
    return {
        "gram_keys": distinct,
        "word_gram_offsets": offsets,
        "word_grams": grams.astype(np.int32),
        "gram_words": np.bincount(grams, minlength=len(distinct)).astype(np.int32),
        **_weighed(offsets, grams, occurrences, passages),
    }


@dataclass(frozen=True, slots=True)
class WordChanges:
    """What became of the written words of an index: its W, and `added` ones.

    `counts`: int64 (W,), by how much each occurs more often; `is_lost`: bool (W,),
    which are in the vocabulary no more. `added_counts`: int64 (added,) and
    `added_stop_words`: bool (added,).
    """

    counts: NDArray[np.int64]
    is_lost: NDArray[np.bool_]
    added: Sequence[str]
    added_counts: NDArray[np.int64]
    added_stop_words: NDArray[np.bool_]


def extend_grams(
    before: Mapping[str, NDArray[Any]], changes: WordChanges, passages: int
) -> tuple[Arrays, Arrays]:
    """The arrays of a `GramTable` that goes on with the one before.

    The first are the rows that come behind what there is, offsets without the first
    entry; the second are written anew.
    """
    keys, offsets = _keys(changes.added, changes.added_stop_words)
    known = before["gram_keys"]
    distinct, places = np.unique(keys, return_inverse=True)
    numbers = _numbers_of(distinct, known, known.argsort())
    is_new = numbers < 0
    size = len(known) + int(np.count_nonzero(is_new))
    numbers[is_new] = np.arange(len(known), size)
    grams = numbers[places]
    added_counts = np.repeat(changes.added_counts, np.diff(offsets))
    occurrences = _sums(grams, added_counts, size)
    words = np.bincount(grams, minlength=size)

    def of_words(rows: NDArray[np.intp]) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        own = before["word_gram_offsets"]
        found, firsts = spread(own[rows], own[rows + 1])
        return before["word_grams"][found], np.diff(firsts)

    changed = np.flatnonzero(changes.counts)
    found, lengths = of_words(changed)
    more = np.repeat(changes.counts[changed], lengths)
    occurrences += _sums(found, more, size)
    lost, _ = of_words(np.flatnonzero(changes.is_lost))
    words -= np.bincount(lost, minlength=size)
    occurrences[: len(known)] += before["gram_occurrences"]
    words[: len(known)] += before["gram_words"]
    all_offsets = before["word_gram_offsets"]
    rows = {
        "gram_keys": distinct[is_new],
        "word_gram_offsets": offsets[1:] + all_offsets[-1],
        "word_grams": grams.astype(np.int32),
    }
    all_offsets = np.concatenate([all_offsets, rows["word_gram_offsets"]])
    all_grams = np.concatenate([before["word_grams"], rows["word_grams"]])
    anew = {
        "gram_words": words.astype(np.int32),
        **_weighed(all_offsets, all_grams, occurrences, passages),
    }
    return rows, anew


def _sums(
    numbers: NDArray[Any], values: NDArray[np.int64], size: int
) -> NDArray[np.float64]:
    """The sum of the values of each number."""
    return np.bincount(numbers, values, minlength=size).astype(np.float64)


def _keys(
    words: Sequence[str], stop_words: NDArray[np.bool_]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The keys of the n-grams of each word, and where those of each word begin."""
    content = np.flatnonzero(~stop_words)
    keys, firsts = gram_keys([words[number] for number in content.tolist()])
    lengths = np.zeros(len(words), dtype=np.int64)
    lengths[content] = np.diff(firsts)
    return keys, np.concatenate([[0], np.cumsum(lengths)])


def _numbers_of(
    keys: NDArray[np.uint64], known: NDArray[np.uint64], by_key: NDArray[np.intp]
) -> NDArray[np.intp]:
    """The number of each key among the known ones, -1 for others."""
    places = np.searchsorted(known, keys, sorter=by_key)
    numbers = np.full(len(keys), -1, dtype=np.intp)
    if len(known):
        nearest = by_key.take(places, mode="clip")
        is_known = known[nearest] == keys
        numbers[is_known] = nearest[is_known]
    return numbers


def _weighed(
    offsets: NDArray[np.int64],
    grams: NDArray[Any],
    occurrences: NDArray[np.float64],
    passages: int,
) -> Arrays:
    """What the n-grams say, by how often each occurs, float64 (G,).

    An n-gram that occurs cf times in N passages is taken to be in

        N · (1 - exp(-cf / N))

    of them: as if its occurrences fell on passages at random, which is the Poisson
    distribution.
    """
    expected = -passages * np.expm1(-occurrences / max(passages, 1))
    idf = inverse_document_frequency(expected, passages)
    unknown = inverse_document_frequency(np.zeros(1), passages)
    average = occurrences.sum() / max(passages, 1)
    owners = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    squares = np.bincount(owners, (idf**2)[grams], minlength=len(offsets) - 1)
    return {
        "gram_occurrences": occurrences,
        "gram_idf": idf,
        "gram_statistics": np.array([unknown[0], average], dtype=np.float64),
        "word_gram_squares": squares,
    }
