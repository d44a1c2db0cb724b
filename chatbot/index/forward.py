"""Passages to their words: which terms and n-grams stand in which sentences.

These are the readable references for `compiled_forward`, which gives the same arrays.
Shapes: C passages, S sentences of theirs, W words of these, H words of the headings
above, M terms that are looked for, U n-grams.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.ranges import distinct, spread

LAST_BITS = 0xFFF
"""Numbers are looked up by these bits of theirs."""


@dataclass(frozen=True, slots=True)
class ForwardIndex:
    """The words of all passages and headings, as the arrays of a generation.

    The sentences of passage p are sentence_offsets[p]:sentence_offsets[p + 1]; their
    words are those of word_offsets in `words`. `passage_headings` is the innermost
    heading above each passage, `heading_parents` the one above each heading, -1 for
    none; `heading_word_offsets` and `heading_words` hold the headings' words.
    `word_terms` gives each word's term, `is_stop_word` says which carry grammar. The
    n-grams of word w are grams[gram_offsets[w]:gram_offsets[w + 1]]; `gram_squares`,
    float64, is the sum of their squared idf.
    """

    sentence_offsets: NDArray[np.int64]
    word_offsets: NDArray[np.int64]
    words: NDArray[np.int32]
    passage_headings: NDArray[np.int32]
    heading_parents: NDArray[np.int32]
    heading_word_offsets: NDArray[np.int64]
    heading_words: NDArray[np.int32]
    word_terms: NDArray[np.int32]
    is_stop_word: NDArray[np.bool_]
    gram_offsets: NDArray[np.int64]
    grams: NDArray[np.int32]
    gram_squares: NDArray[np.float64]

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> ForwardIndex:
        """The forward index among the arrays of a generation."""
        return cls(
            arrays["passage_sentence_offsets"],
            arrays["sentence_word_offsets"],
            arrays["sentence_words"],
            arrays["passage_headings"],
            arrays["heading_parents"],
            arrays["heading_word_offsets"],
            arrays["heading_words"],
            arrays["written_terms"],
            arrays["written_is_stop"],
            arrays["word_gram_offsets"],
            arrays["word_grams"],
            arrays["word_gram_squares"],
        )


@dataclass(frozen=True, slots=True)
class Words:
    """Words of some passages, in the order of the text, N of them.

    `numbers`: int32 (N,), what is written for them; `terms`: int32 (N,), those of
    their terms; `places`: int32 (N,), the place of each term among the M that are
    looked for, M for none of them; `passages`: intp (N,), the place of the passage that
    each word belongs to, ascending.
    """

    numbers: NDArray[np.int32]
    terms: NDArray[np.int32]
    places: NDArray[np.int32]
    passages: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What some passages hold of the terms that are looked for.

    `sentences`: int64 (S,), the numbers of their sentences; `first_sentences`: intp
    (C + 1,), where each passage's begin. `words` are those of the passages, W of them;
    `first_words`: intp (C + 1,), where each passage's begin, and `word_sentences`: intp
    (W,), the sentence each stands in. `heading_words` are those of all headings above
    each passage, H of them. `present`: bool (M, S + 2 C), which of the terms occur in
    which sentence, passage, and headings above a passage.
    """

    sentences: NDArray[np.int64]
    first_sentences: NDArray[np.intp]
    words: Words
    first_words: NDArray[np.intp]
    word_sentences: NDArray[np.intp]
    heading_words: Words
    present: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class GramCounts:
    """How often passages and their headings have the n-grams that are looked for.

    `in_sentences`: float64 (S, U); `in_headings`: float64 (C, U), in all headings above
    each passage; `in_passages`: float64 (C, U), in these and the passage together.
    `lengths`: float64 (C,), how many n-grams of any kind these have. The sums of the
    squared idf of all n-grams: `sentence_squares`: float64 (S,), of each sentence;
    `heading_squares`: float64 (C,), of the headings above each passage.
    """

    in_sentences: NDArray[np.float64]
    in_headings: NDArray[np.float64]
    in_passages: NDArray[np.float64]
    lengths: NDArray[np.float64]
    sentence_squares: NDArray[np.float64]
    heading_squares: NDArray[np.float64]


def gather(
    forward: ForwardIndex, passages: NDArray[np.int32], searched: NDArray[np.int32]
) -> Gathered:
    """Look for the terms `searched` (M,), ascending, in the passages (C,)."""
    sentences, first_sentences = spread(
        forward.sentence_offsets[passages], forward.sentence_offsets[passages + 1]
    )
    positions, first_words = spread(
        forward.word_offsets[sentences], forward.word_offsets[sentences + 1]
    )
    word_sentences = np.repeat(np.arange(len(sentences)), np.diff(first_words))
    bounds = first_words[first_sentences]
    words = _words(
        forward.words.take(positions),
        np.repeat(np.arange(len(passages)), np.diff(bounds)),
        forward,
        searched,
    )
    above = _words(*_words_above(passages, forward), forward, searched)
    size = len(sentences), len(passages)
    present = np.zeros((len(searched), size[0] + 2 * size[1]), dtype=bool)
    for held, rows in (
        (words, word_sentences),
        (words, size[0] + words.passages),
        (above, size[0] + size[1] + above.passages),
    ):
        found = np.flatnonzero(held.places < len(searched))
        present[held.places[found], rows[found]] = True
    return Gathered(
        sentences, first_sentences, words, bounds, word_sentences, above, present
    )


def count_grams(
    forward: ForwardIndex,
    words: Words,
    word_sentences: NDArray[np.intp],
    heading_words: Words,
    first_sentences: NDArray[np.intp],
    grams: NDArray[np.intp],
) -> GramCounts:
    """Count the n-grams `grams` (U,), in any order, in what was gathered."""
    ascending = grams.argsort()

    def counts(numbers: NDArray[np.int32], owners: NDArray[np.intp], size: int) -> Any:
        places, firsts = spread(
            forward.gram_offsets[numbers], forward.gram_offsets[numbers + 1]
        )
        rows = np.repeat(owners, np.diff(firsts))
        found = np.empty((size, len(grams)))
        found[:, ascending] = count_terms(
            forward.grams.take(places), rows, size, grams[ascending]
        )
        return found

    def lengths(numbers: NDArray[np.int32]) -> NDArray[np.int64]:
        ends = forward.gram_offsets.take(numbers + 1)
        of_words: NDArray[np.int64] = ends - forward.gram_offsets.take(numbers)
        return of_words

    def sums(
        values: NDArray[Any], owners: NDArray[np.intp], size: int
    ) -> NDArray[np.float64]:
        found = np.bincount(owners, values, minlength=size)
        return found.astype(np.float64, copy=False)

    size, sentences = len(first_sentences) - 1, int(first_sentences[-1])
    own, above = words.numbers, heading_words.numbers
    in_sentences = counts(own, word_sentences, sentences)
    in_headings = counts(above, heading_words.passages, size)
    return GramCounts(
        in_sentences,
        in_headings,
        np.add.reduceat(in_sentences, first_sentences[:-1]) + in_headings,
        sums(lengths(own), words.passages, size)
        + sums(lengths(above), heading_words.passages, size),
        sums(forward.gram_squares.take(own), word_sentences, sentences),
        sums(forward.gram_squares.take(above), heading_words.passages, size),
    )


def count_terms(
    terms: NDArray[np.int32],
    owners: NDArray[np.intp],
    size: int,
    wanted: NDArray[Any],
) -> NDArray[np.float64]:
    """How often each of `size` texts has each of the terms wanted, float64 (size, T).

    `wanted` (T,) are ascending; `terms` (N,) are those of the words of all texts and
    `owners` (N,) whose each of them is.
    """
    found = _place_among(terms, wanted)
    hits = np.flatnonzero(found < len(wanted))
    cells = owners.take(hits) * len(wanted) + found.take(hits)
    counts = np.bincount(cells, minlength=size * len(wanted)).astype(np.float64)
    return counts.reshape(size, len(wanted))


def count_other_terms(
    forward: ForwardIndex,
    words: Words,
    first_words: NDArray[np.intp],
    passages: NDArray[np.intp],
    searched: int,
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The terms of some passages that are not among the M looked for, and how often.

    `passages` (B,) are places of passages, the words of each beginning at `first_words`
    (C + 1,); `searched` is M. Stop words do not count. Returns the terms, ascending,
    int32 (T,), and their counts, float64 (B, T).
    """
    rows, firsts = spread(first_words[passages], first_words[passages + 1])
    is_other = words.places.take(rows) == searched
    is_other &= ~forward.is_stop_word.take(words.numbers.take(rows))
    found = words.terms.take(rows)[is_other]
    owners = np.repeat(np.arange(len(passages)), np.diff(firsts))[is_other]
    terms = distinct(found)
    return terms, count_terms(found, owners, len(passages), terms)


def find_pairs(
    words: Words,
    sentences: NDArray[np.intp],
    size: int,
    pairs: NDArray[np.int32],
) -> NDArray[np.bool_]:
    """Which of `size` passages hold two terms side by side, bool (size, N).

    `pairs` (N, 2) are the places of both among the terms that were looked for, -1 for
    one that no passage holds; `sentences` (W,) are those that the words stand in.
    """
    held = np.zeros((size, len(pairs)), dtype=bool)
    is_side_by_side = sentences[1:] == sentences[:-1]
    for column, (first, second) in enumerate(pairs.tolist()):
        is_pair = (words.places[:-1] == first) & (words.places[1:] == second)
        held[words.passages[:-1][is_pair & is_side_by_side], column] = True
    return held


def _words(
    numbers: NDArray[np.int32],
    passages: NDArray[np.intp],
    forward: ForwardIndex,
    searched: NDArray[np.int32],
) -> Words:
    terms = forward.word_terms.take(numbers)
    return Words(numbers, terms, _place_among(terms, searched), passages)


def _place_among(values: NDArray[np.int32], wanted: NDArray[Any]) -> NDArray[np.int32]:
    """The place of each value among those wanted, ascending, or their number, (N,)."""
    places = np.full(len(values), len(wanted), dtype=np.int32)
    if len(wanted):
        # Few values end in the same bits as one that is wanted.
        is_like = np.zeros(LAST_BITS + 1, dtype=bool)
        is_like[wanted & LAST_BITS] = True
        rows = is_like.take(values & LAST_BITS).nonzero()[0]
        alike = values.take(rows)
        found = np.searchsorted(wanted, alike)
        is_wanted = wanted.take(found, mode="clip") == alike
        places[rows[is_wanted]] = found[is_wanted]
    return places


def _words_above(
    passages: NDArray[np.int32], forward: ForwardIndex
) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """The words of all headings above each passage, innermost first, and whose."""
    numbers: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
    owners: list[NDArray[np.intp]] = [np.zeros(0, dtype=np.intp)]
    rows = np.arange(len(passages))
    headings = forward.passage_headings[passages]
    while len(rows):
        rows, headings = rows[headings >= 0], headings[headings >= 0]
        positions, firsts = spread(
            forward.heading_word_offsets[headings],
            forward.heading_word_offsets[headings + 1],
        )
        numbers.append(forward.heading_words[positions])
        owners.append(np.repeat(rows, np.diff(firsts)))
        headings = forward.heading_parents[headings]
    order = np.argsort(np.concatenate(owners), kind="stable")
    return np.concatenate(numbers)[order], np.concatenate(owners)[order]
