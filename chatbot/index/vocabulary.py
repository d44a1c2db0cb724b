"""Segments to the words of a corpus, numbered, with their terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.index.segments import Segment
from chatbot.index.string_table import opened_table, packed_table
from chatbot.language.resources import word_list
from chatbot.language.synonyms import listed_words
from chatbot.language.terms import Analyzer

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a corpus by language, W in all, and their V terms.

    Words of a language are sorted and come one after the other; the same word of two
    languages has two numbers. `analyzers` has an analyzer for each language, sorted by
    name, and `words` its words. `counts`: int64 (W,), how often each word occurs;
    `word_terms`: int32 (W,), the number of its term in `terms`, which are sorted;
    `is_stop_word`: bool (W,). `numbers` gives, for each segment, the number of each of
    its own words, int32; -1 for words that its documents do not hold.
    """

    analyzers: tuple[Analyzer, ...]
    words: tuple[tuple[str, ...], ...]
    counts: NDArray[np.int64]
    word_terms: NDArray[np.int32]
    is_stop_word: NDArray[np.bool_]
    terms: tuple[str, ...]
    numbers: tuple[NDArray[np.int32], ...]

    @property
    def languages(self) -> list[str]:
        """The names of the languages, sorted."""
        return [analyzer.language for analyzer in self.analyzers]

    @property
    def all_words(self) -> list[str]:
        """The words in the order of their numbers."""
        return [word for own in self.words for word in own]

    def arrays(self) -> Arrays:
        """The arrays of an index that hold its words and terms."""
        sizes = [len(own) for own in self.words]
        return {
            **packed_table("languages", self.languages),
            **packed_table("words", self.all_words),
            "language_word_offsets": np.cumsum([0, *sizes], dtype=np.int64),
            "word_terms": self.word_terms,
            "word_counts": self.counts,
            "word_is_stop": self.is_stop_word,
            **packed_table("terms", self.terms),
            "term_words": self._most_frequent_words(),
        }

    def _most_frequent_words(self) -> NDArray[np.int32]:
        """The most frequent word of each term, of several the last by name, (V,)."""
        names = np.array(self.all_words, dtype=object)
        by_name = np.argsort(names, kind="stable")
        order = by_name[np.argsort(self.counts[by_name], kind="stable")]
        most_frequent = np.zeros(len(self.terms), dtype=np.int32)
        most_frequent[self.word_terms[order]] = order
        return most_frequent


def collect_words(segments: Sequence[Segment], others: Iterable[str]) -> Vocabulary:
    """The vocabulary of all segments.

    Besides the words of their documents it has those of the languages' stop word and
    synonym lists, and the `others` in every language.
    """
    held = [_held_words(segment) for segment in segments]
    languages = sorted({language for own in held for language in own})
    analyzers = tuple(map(Analyzer, languages))
    words: list[tuple[str, ...]] = []
    places: dict[str, dict[str, int]] = {}
    size = 0
    for analyzer in analyzers:
        found = (
            own[analyzer.language].words for own in held if analyzer.language in own
        )
        names = sorted(_everyday_words(analyzer).union(others, *found))
        words.append(tuple(names))
        places[analyzer.language] = dict(
            zip(names, range(size, size + len(names)), strict=True)
        )
        size += len(names)
    numbers, counts = [], np.zeros(size, dtype=np.int64)
    for segment, own in zip(segments, held, strict=True):
        mapped = np.full(len(segment.arrays["words_offsets"]) - 1, -1, dtype=np.int32)
        for language, words_of in own.items():
            found_at = list(map(places[language].__getitem__, words_of.words))
            mapped[words_of.numbers] = found_at
            counts[found_at] += words_of.counts
        numbers.append(mapped)
    terms, word_terms = _terms(analyzers, words)
    is_stop_word = np.array(
        [
            word in analyzer.stop_words
            for analyzer, own in zip(analyzers, words, strict=True)
            for word in own
        ],
        dtype=bool,
    )
    return Vocabulary(
        analyzers,
        tuple(words),
        counts,
        word_terms,
        is_stop_word,
        terms,
        tuple(numbers),
    )


class _HeldWords(NamedTuple):
    """Words that documents hold, their numbers in the segment and how often they do."""

    words: list[str]
    numbers: NDArray[np.intp]
    counts: NDArray[np.int64]


def _held_words(segment: Segment) -> dict[str, _HeldWords]:
    """The words of a segment's documents, by language."""
    counts = segment.word_counts()
    words = list(opened_table(segment.arrays, "words"))
    bounds = segment.arrays["language_word_offsets"]
    languages = opened_table(segment.arrays, "languages")
    found = {}
    for block in segment.blocks("document_languages", "documents"):
        for number in np.unique(block).tolist():
            own = slice(*bounds[number : number + 2].tolist())
            held = own.start + np.flatnonzero(counts[own])
            names = [words[place] for place in held.tolist()]
            found[languages[number]] = _HeldWords(names, held, counts[held])
    return found


def _everyday_words(analyzer: Analyzer) -> set[str]:
    """The words of a language's lists."""
    synonyms = listed_words(word_list(analyzer.language, "synonyms"))
    listed = {word for line in synonyms for word in analyzer.words(line)}
    return listed | analyzer.stop_words


def _terms(
    analyzers: Sequence[Analyzer], words: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The distinct terms, sorted, and the number of each word's, (W,)."""
    of_words = [
        term
        for analyzer, own in zip(analyzers, words, strict=True)
        for term in analyzer.terms(own)
    ]
    terms = tuple(sorted(set(of_words)))
    column = dict(zip(terms, range(len(terms)), strict=True))
    return terms, np.array([column[term] for term in of_words], dtype=np.int32)
