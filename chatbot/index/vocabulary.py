"""Segments to the words of a corpus, numbered, with their terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.segments import Segment
from chatbot.index.string_table import opened_table, packed_table
from chatbot.language import wordnet
from chatbot.language.resources import word_list
from chatbot.language.synonyms import listed_words
from chatbot.language.terms import Analyzer
from chatbot.language.words_in_bulk import new_numbers

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a corpus by language, W in all, and their V terms.

    Words of a language are sorted and come one after the other; the same word of two
    languages has two numbers. `analyzers` has an analyzer for each language, sorted by
    name, and `words` its words. `counts`: int64 (W,), how often each word occurs;
    `word_terms`: int32 (W,), the number of its term in `terms`, which are sorted;
    `is_stop_word`: bool (W,). `synonyms` are the lines of each language's synonym list,
    as `synonym_table` reads them. `numbers` gives, for each segment, the number of each
    of its own words, int32; -1 for words that its documents do not hold.
    """

    analyzers: tuple[Analyzer, ...]
    words: tuple[tuple[str, ...], ...]
    counts: NDArray[np.int64]
    word_terms: NDArray[np.int32]
    is_stop_word: NDArray[np.bool_]
    terms: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...]
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
        names = self.all_words
        by_name = np.array(sorted(range(len(names)), key=names.__getitem__), np.intp)
        order = by_name[np.argsort(self.counts[by_name], kind="stable")]
        most_frequent = np.zeros(len(self.terms), dtype=np.int32)
        most_frequent[self.word_terms[order]] = order
        return most_frequent


class CollectedWords:
    """The words of segments, taken in one segment after the other."""

    def __init__(self, segments: Iterable[Segment] = ()) -> None:
        self._found: dict[str, _FoundWords] = {}
        self._sizes: list[int] = []
        for segment in segments:
            self.add(segment)

    def add(self, segment: Segment) -> None:
        """Take in the words of the segment that follows."""
        place = len(self._sizes)
        self._sizes.append(len(segment.arrays["words_offsets"]) - 1)
        for language, words, numbers, counts in _held_words(segment):
            if language not in self._found:
                self._found[language] = _FoundWords()
            self._found[language].add(place, words, numbers, counts)

    def vocabulary(self, others: Iterable[str] = ()) -> Vocabulary:
        """The vocabulary of all segments.

        Besides the words of their documents it has those of the languages' stop word
        and synonym lists, and the `others` in every language. It is asked for once.
        """
        analyzers = tuple(map(Analyzer, sorted(self._found)))
        words_of: list[tuple[str, ...]] = []
        synonyms: list[tuple[str, ...]] = []
        all_counts = []
        numbers_of = [np.full(size, -1, dtype=np.int32) for size in self._sizes]
        size = 0
        for analyzer in analyzers:
            own = self._found[analyzer.language]
            synonyms.append(_synonyms(analyzer, own.words()))
            own.know(_everyday_words(analyzer, synonyms[-1]).union(others))
            names, ranks, counts = own.ranked()
            words_of.append(names)
            all_counts.append(counts)
            for place, numbers, provisional in own.segments:
                numbers_of[place][numbers] = size + ranks[provisional]
            size += len(names)
        terms, word_terms = _terms(analyzers, words_of)
        stop_words = (
            map(analyzer.stop_words.__contains__, names)
            for analyzer, names in zip(analyzers, words_of, strict=True)
        )
        return Vocabulary(
            analyzers,
            tuple(words_of),
            np.concatenate([np.zeros(0, dtype=np.int64), *all_counts]),
            word_terms,
            np.fromiter(chain.from_iterable(stop_words), bool, size),
            terms,
            tuple(synonyms),
            tuple(numbers_of),
        )


class _FoundWords:
    """The words of one language as they are found, numbered in that order.

    `segments` have, for the place of each segment that holds any, their numbers in it
    and in that order.
    """

    def __init__(self) -> None:
        self.segments: list[tuple[int, NDArray[np.intp], NDArray[np.int32]]] = []
        self._numbers = new_numbers()
        self._counts: list[NDArray[np.int64]] = []

    def words(self) -> Iterable[str]:
        """The words so far, in that order."""
        return self._numbers.keys()

    def know(self, words: Iterable[str]) -> None:
        """Give numbers to words whether or not a document holds them."""
        for word in words:
            self._numbers[word]

    def add(
        self,
        place: int,
        words: list[str],
        numbers: NDArray[np.intp],
        counts: NDArray[np.int64],
    ) -> None:
        """Add the words of a segment, with their numbers in it and their counts."""
        mapped = map(self._numbers.__getitem__, words)
        provisional = np.fromiter(mapped, np.int32, len(words))
        self.segments.append((place, numbers, provisional))
        self._counts.append(counts)

    def ranked(self) -> tuple[tuple[str, ...], NDArray[np.int32], NDArray[np.int64]]:
        """The words, sorted; the place of each by its number; their counts, sorted."""
        names = list(self._numbers)
        size = len(names)
        order = sorted(range(size), key=names.__getitem__)
        ranks = np.empty(size, dtype=np.int32)
        ranks[order] = np.arange(size, dtype=np.int32)
        counts = np.zeros(size, dtype=np.int64)
        for (_, _, provisional), own in zip(self.segments, self._counts, strict=True):
            counts[ranks[provisional]] += own
        return tuple(names[number] for number in order), ranks, counts


def _held_words(
    segment: Segment,
) -> Iterator[tuple[str, list[str], NDArray[np.intp], NDArray[np.int64]]]:
    """For each language the words that a segment's documents hold.

    With their numbers in the segment and how often the documents hold them.
    """
    counts = segment.word_counts()
    words = list(opened_table(segment.arrays, "words"))
    bounds = segment.arrays["language_word_offsets"]
    languages = opened_table(segment.arrays, "languages")
    of_documents = np.concatenate(
        list(segment.blocks("document_languages", "documents"))
    )
    for number in np.unique(of_documents).tolist():
        start, end = bounds[number : number + 2].tolist()
        is_held = counts[start:end] > 0
        numbers = start + np.flatnonzero(is_held)
        names = list(compress(words[start:end], is_held.tolist()))
        yield languages[number], names, numbers, counts[numbers]


def _synonyms(analyzer: Analyzer, words: Iterable[str]) -> tuple[str, ...]:
    """The synonyms of a language that ship, and those that are installed for words."""
    listed = word_list(analyzer.language, "synonyms")
    if analyzer.language != wordnet.LANGUAGE:
        return listed
    content = set(words) - analyzer.stop_words
    return (*listed, *wordnet.wordnet_synonyms(content))


def _everyday_words(analyzer: Analyzer, synonyms: Iterable[str]) -> set[str]:
    """The stop words of a language, and the words with synonyms."""
    listed = listed_words(synonyms)
    return {
        word for line in listed for word in analyzer.words(line)
    } | analyzer.stop_words


def _terms(
    analyzers: Sequence[Analyzer], words: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The distinct terms, sorted, and the number of each word's, (W,)."""
    of_words = [
        term
        for analyzer, own in zip(analyzers, words, strict=True)
        for term in analyzer.terms(own)
    ]
    # In the order of their words, which is nearly theirs, they are soon sorted.
    terms = tuple(sorted(dict.fromkeys(of_words)))
    column = dict(zip(terms, range(len(terms)), strict=True))
    numbers = map(column.__getitem__, of_words)
    return terms, np.fromiter(numbers, np.int32, len(of_words))
