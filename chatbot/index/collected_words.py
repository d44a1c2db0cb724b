"""Segments to the vocabulary of a corpus.

The words of documents that were read are collected one by one. Those of an index that
is brought up to date are sorted and have their terms already: they are taken as they
are, and joined with what was read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.known_words import KnownWords
from chatbot.index.ranges import distinct
from chatbot.index.segments import Arrays, Segment
from chatbot.index.sorted_tables import Joined, joined
from chatbot.index.string_table import StringTable, concatenated, opened_table
from chatbot.index.vocabulary import Vocabulary
from chatbot.language import wordnet
from chatbot.language.resources import word_list
from chatbot.language.synonyms import listed_words
from chatbot.language.terms import Analyzer
from chatbot.language.words_in_bulk import new_numbers


class CollectedWords:
    """The words of segments, taken in one segment after the other.

    `known` are the arrays of an index, whose documents may be among the segments; those
    of the others are as `packing` makes them.
    """

    def __init__(
        self, segments: Iterable[Segment] = (), known: Arrays | None = None
    ) -> None:
        self._known = KnownWords(known)
        self._found: dict[str, _FoundWords] = {}
        self._segments: list[Segment] = []
        for segment in segments:
            self.add(segment)

    def add(self, segment: Segment) -> None:
        """Take in the words of the segment that follows."""
        place = len(self._segments)
        self._segments.append(segment)
        if self._known.has(segment):
            self._known.take(segment)
            return
        for language, words, numbers, counts in _held_words(segment):
            found = self._found.setdefault(language, _FoundWords())
            found.add(place, words, numbers, counts)

    def vocabulary(self, others: Collection[str] = ()) -> Vocabulary:
        """The vocabulary of all segments.

        Besides the words of their documents it has those of the languages' stop word
        and synonym lists, and the `others` in every language. It is asked for once.
        """
        parts = [
            _Part.of(name, self._found.get(name, _FoundWords()), self._known, others)
            for name in sorted({*self._found, *self._known.languages})
        ]
        sizes = [len(part.words.strings) for part in parts]
        offsets = np.cumsum([0, *sizes], dtype=np.int64)
        terms, word_terms = _terms(parts, self._known)
        of_known = self._numbers_of_known(parts, offsets)
        return Vocabulary(
            tuple(part.analyzer for part in parts),
            concatenated([part.words.strings for part in parts]),
            offsets,
            _on_end([part.counts for part in parts], np.int64),
            word_terms,
            _on_end([part.is_stop_word for part in parts], np.bool_),
            terms.strings,
            tuple(part.synonyms for part in parts),
            self._numbers(parts, offsets, of_known),
            of_known,
            terms.of_table,
        )

    def _numbers_of_known(
        self, parts: Sequence[_Part], offsets: NDArray[np.int64]
    ) -> NDArray[np.int32]:
        """The numbers that the known words have in the vocabulary."""
        of_known = np.full(len(self._known.words), -1, dtype=np.int32)
        for part, first in zip(parts, offsets.tolist(), strict=False):
            numbers = part.words.of_table
            of_known[part.known_rows] = np.where(numbers < 0, -1, numbers + first)
        return of_known

    def _numbers(
        self,
        parts: Sequence[_Part],
        offsets: NDArray[np.int64],
        of_known: NDArray[np.int32],
    ) -> tuple[NDArray[np.int32], ...]:
        """For each segment, the numbers that its written words have here."""
        of_written = np.append(of_known, np.int32(-1))[self._known.word_numbers]
        numbers_of = [
            of_written
            if self._known.has(segment)
            else np.full(len(segment.arrays["words_offsets"]) - 1, -1, dtype=np.int32)
            for segment in self._segments
        ]
        for part, first in zip(parts, offsets.tolist(), strict=False):
            for place, own, found in part.found_in:
                numbers_of[place][own] = first + part.words.of_others[found]
        return tuple(numbers_of)


class _FoundWords:
    """The words of one language as they are found, numbered in that order.

    `segments` have, for the place of each segment that holds any, their numbers in it,
    their numbers in that order, and how often its documents hold them.
    """

    def __init__(self) -> None:
        self.segments: list[
            tuple[int, NDArray[np.intp], NDArray[np.int32], NDArray[np.int64]]
        ] = []
        self._numbers = new_numbers()

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
        self.segments.append((place, numbers, provisional, counts))

    def ranked(self) -> tuple[list[str], NDArray[np.int32]]:
        """The words, sorted, and the place of each by its number."""
        names = list(self._numbers)
        order = sorted(range(len(names)), key=names.__getitem__)
        ranks = np.empty(len(names), dtype=np.int32)
        ranks[order] = np.arange(len(names), dtype=np.int32)
        return [names[number] for number in order], ranks


@dataclass(frozen=True, slots=True)
class _Part:
    """The words of one language, known and found, joined.

    `known_rows` are those that it has among the known words; `new` are the words that
    are not known. `counts`: int64 (own words,) and `is_stop_word`: bool (own words,).
    `found_in` has, for the place of each segment, the numbers of the words in it and
    their places among those that were joined with the known ones.
    """

    analyzer: Analyzer
    synonyms: tuple[str, ...]
    known_rows: slice
    words: Joined
    new: list[str]
    counts: NDArray[np.int64]
    is_stop_word: NDArray[np.bool_]
    found_in: list[tuple[int, NDArray[np.intp], NDArray[np.int32]]]

    @classmethod
    def of(
        cls,
        language: str,
        found: _FoundWords,
        known: KnownWords,
        others: Collection[str],
    ) -> _Part:
        """Join the words that were found and the `others` with those that are known."""
        analyzer = Analyzer(language)
        rows = known.rows(language)
        table, counts_before = known.words.part(rows), known.counts[rows]
        is_held = counts_before > 0
        held = _held(table, is_held)
        synonyms = _synonyms(analyzer, chain(found.words(), held))
        found.know(_everyday_words(analyzer, synonyms).union(others))
        names, ranks = found.ranked()
        words = joined(table, is_held, names)
        new = list(compress(names, words.is_new.tolist()))
        is_kept = words.of_table >= 0
        counts = np.zeros(len(words.strings), dtype=np.int64)
        counts[words.of_table[is_kept]] = counts_before[is_kept]
        for _, _, provisional, own in found.segments:
            counts[words.of_others[ranks[provisional]]] += own
        is_stop_word = np.zeros(len(words.strings), dtype=bool)
        is_stop_word[words.of_table[is_kept]] = known.is_stop_word[rows][is_kept]
        is_new_stop_word = map(analyzer.stop_words.__contains__, new)
        is_stop_word[words.of_others[words.is_new]] = list(is_new_stop_word)
        found_in = [(p, own, ranks[number]) for p, own, number, _ in found.segments]
        return cls(analyzer, synonyms, rows, words, new, counts, is_stop_word, found_in)


def _held(table: StringTable, is_held: NDArray[np.bool_]) -> Iterator[str]:
    """The strings that are held, decoded only when they are asked for."""
    yield from compress(table, is_held.tolist())


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
    for number in distinct(of_documents).tolist():
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
    content = (word for word in words if word not in analyzer.stop_words)
    return (*listed, *wordnet.wordnet_synonyms(content))


def _everyday_words(analyzer: Analyzer, synonyms: Iterable[str]) -> set[str]:
    """The stop words of a language, and the words with synonyms."""
    listed = listed_words(synonyms)
    return {
        word for line in listed for word in analyzer.words(line)
    } | analyzer.stop_words


def _terms(
    parts: Sequence[_Part], known: KnownWords
) -> tuple[Joined, NDArray[np.int32]]:
    """The distinct terms, joined with the known ones, and that of each word, (W,)."""
    is_used = np.zeros(len(known.terms), dtype=bool)
    for part in parts:
        is_used[known.word_terms[part.known_rows][part.words.of_table >= 0]] = True
    stems = [part.analyzer.terms(part.new) for part in parts]
    # In the order of their words, which is nearly theirs, they are soon sorted.
    names = sorted(dict.fromkeys(chain.from_iterable(stems)))
    terms = joined(known.terms, is_used, names)
    number_of = dict(zip(names, terms.of_others.tolist(), strict=True))
    word_terms = []
    for part, own_stems in zip(parts, stems, strict=True):
        own = np.empty(len(part.words.strings), dtype=np.int32)
        is_kept = part.words.of_table >= 0
        known_terms = known.word_terms[part.known_rows][is_kept]
        own[part.words.of_table[is_kept]] = terms.of_table[known_terms]
        numbers = map(number_of.__getitem__, own_stems)
        own[part.words.of_others[part.words.is_new]] = list(numbers)
        word_terms.append(own)
    return terms, _on_end(word_terms, np.int32)


def _on_end(arrays: Sequence[NDArray[Any]], dtype: type) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype=dtype), *arrays])
