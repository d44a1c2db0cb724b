"""The words of a corpus, numbered, with their terms: what a build needs of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.string_table import StringTable, packed_table, table_arrays
from chatbot.language.terms import Analyzer

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a corpus by language, W in all, and their V terms.

    Words of a language are sorted and come one after the other; the same word of two
    languages has two numbers. `analyzers` has an analyzer for each of L languages,
    sorted by name; the words of language l are the rows offsets[l]:offsets[l + 1] of
    `words`, int64 (L + 1,). `counts`: int64 (W,), how often each word occurs;
    `word_terms`: int32 (W,), the number of its term in `terms`, which are sorted;
    `is_stop_word`: bool (W,). `synonyms` are the lines of each language's synonym list,
    as `synonym_table` reads them. `numbers` gives, for each segment, the number of each
    of its written words, int32; -1 for words that no document holds. `of_known` and
    `of_known_terms` are the numbers that the words and terms of the index that
    documents were taken over from have here, int32, -1 for those that are left out.
    """

    analyzers: tuple[Analyzer, ...]
    words: StringTable
    offsets: NDArray[np.int64]
    counts: NDArray[np.int64]
    word_terms: NDArray[np.int32]
    is_stop_word: NDArray[np.bool_]
    terms: StringTable
    synonyms: tuple[tuple[str, ...], ...]
    numbers: tuple[NDArray[np.int32], ...]
    of_known: NDArray[np.int32]
    of_known_terms: NDArray[np.int32]

    @property
    def languages(self) -> list[str]:
        """The names of the languages, sorted."""
        return [analyzer.language for analyzer in self.analyzers]

    def holds(self, word: str, language: int) -> bool:
        """Whether the language of that number has a word."""
        own = range(*self.offsets[language : language + 2].tolist())
        return self.words.find(word, own) is not None

    def segment_terms(self) -> list[NDArray[np.int32]]:
        """For each segment, the term of each of its written words, V for none."""
        terms = np.append(self.word_terms, np.int32(len(self.terms)))
        # Segments of one index have the same numbers, which are looked up once.
        distinct = {id(numbers): numbers for numbers in self.numbers}
        found = {key: terms[numbers] for key, numbers in distinct.items()}
        return [found[id(numbers)] for numbers in self.numbers]

    def arrays(self) -> Arrays:
        """The arrays of an index that hold its words and terms."""
        return {
            **packed_table("languages", self.languages),
            **table_arrays("words", self.words),
            "language_word_offsets": self.offsets,
            "word_terms": self.word_terms,
            "word_counts": self.counts,
            "word_is_stop": self.is_stop_word,
            **table_arrays("terms", self.terms),
            "term_words": self._most_frequent_words(),
        }

    def _most_frequent_words(self) -> NDArray[np.int32]:
        """The most frequent word of each term, of several the last, (V,)."""
        size = len(self.words)
        ranks = self.counts * size + np.arange(size)
        highest = np.zeros(len(self.terms), dtype=np.int64)
        np.maximum.at(highest, self.word_terms, ranks)
        return (highest % max(size, 1)).astype(np.int32)
