"""The functions of `forward`, compiled by numba: one pass over the words."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.compiling import compiled
from chatbot.index.forward import (
    LAST_BITS,
    ForwardIndex,
    Gathered,
    GramCounts,
    Words,
)


def gather(
    forward: ForwardIndex, passages: NDArray[np.int32], searched: NDArray[np.int32]
) -> Gathered:
    """The same as `forward.gather`."""
    sentences, first_sentences, own, first_words, word_sentences, above, present = (
        _gather(
            passages,
            searched,
            forward.sentence_offsets,
            forward.word_offsets,
            forward.words,
            forward.passage_headings,
            forward.heading_parents,
            forward.heading_word_offsets,
            forward.heading_words,
            forward.word_terms,
        )
    )
    return Gathered(
        sentences,
        first_sentences,
        Words(*own),
        first_words,
        word_sentences,
        Words(*above),
        present,
    )


def count_grams(
    forward: ForwardIndex,
    words: Words,
    word_sentences: NDArray[np.intp],
    heading_words: Words,
    first_sentences: NDArray[np.intp],
    grams: NDArray[np.intp],
) -> GramCounts:
    """The same as `forward.count_grams`."""
    size, sentences = len(first_sentences) - 1, int(first_sentences[-1])
    counts = GramCounts(
        np.zeros((sentences, len(grams))),
        np.zeros((size, len(grams))),
        np.zeros((size, len(grams))),
        np.zeros(size),
        np.zeros(sentences),
        np.zeros(size),
    )
    _count_grams(
        words.numbers,
        word_sentences,
        words.passages,
        heading_words.numbers,
        heading_words.passages,
        grams,
        forward.gram_offsets,
        forward.grams,
        forward.gram_squares,
        counts.in_sentences,
        counts.in_headings,
        counts.in_passages,
        counts.lengths,
        counts.sentence_squares,
        counts.heading_squares,
    )
    return counts


def count_terms(
    terms: NDArray[np.int32],
    owners: NDArray[np.intp],
    size: int,
    wanted: NDArray[np.int32],
) -> NDArray[np.float64]:
    """The same as `forward.count_terms`."""
    counts = np.zeros((size, len(wanted)), dtype=np.float64)
    _count_terms(terms, owners, wanted, counts)
    return counts


def count_other_terms(
    forward: ForwardIndex,
    words: Words,
    first_words: NDArray[np.intp],
    passages: NDArray[np.intp],
    searched: int,
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The same as `forward.count_other_terms`."""
    terms, counts = _count_other_terms(
        words.terms,
        words.numbers,
        words.places,
        forward.is_stop_word,
        first_words,
        passages,
        searched,
    )
    return terms, counts


def find_pairs(
    words: Words,
    sentences: NDArray[np.intp],
    size: int,
    pairs: NDArray[np.int32],
) -> NDArray[np.bool_]:
    """The same as `forward.find_pairs`."""
    held = np.zeros((size, len(pairs)), dtype=bool)
    _find_pairs(words.places, words.passages, sentences, pairs, held)
    return held


@compiled
def _gather(
    passages: Any,
    searched: Any,
    sentence_offsets: Any,
    word_offsets: Any,
    words: Any,
    passage_headings: Any,
    heading_parents: Any,
    heading_word_offsets: Any,
    heading_words: Any,
    word_terms: Any,
) -> Any:
    size, sentence_count, word_count, above_count = len(passages), 0, 0, 0
    first_sentences = np.zeros(size + 1, dtype=np.intp)
    first_words = np.zeros(size + 1, dtype=np.intp)
    for row in range(size):
        passage = passages[row]
        first, end = sentence_offsets[passage], sentence_offsets[passage + 1]
        sentence_count += end - first
        word_count += word_offsets[end] - word_offsets[first]
        first_sentences[row + 1] = sentence_count
        first_words[row + 1] = word_count
        heading = passage_headings[passage]
        while heading >= 0:
            above_count += (
                heading_word_offsets[heading + 1] - heading_word_offsets[heading]
            )
            heading = heading_parents[heading]
    sentences = np.empty(sentence_count, dtype=np.int64)
    word_sentences = np.empty(word_count, dtype=np.intp)
    own = _new_words(word_count)
    above = _new_words(above_count)
    numbers, passage_of = own[0], own[3]
    numbers_above, passage_of_above = above[0], above[3]
    sentence_row, word_row, above_row = 0, 0, 0
    for row in range(size):
        passage = passages[row]
        for sentence in range(sentence_offsets[passage], sentence_offsets[passage + 1]):
            sentences[sentence_row] = sentence
            for position in range(word_offsets[sentence], word_offsets[sentence + 1]):
                numbers[word_row] = words[position]
                passage_of[word_row] = row
                word_sentences[word_row] = sentence_row
                word_row += 1
            sentence_row += 1
        heading = passage_headings[passage]
        while heading >= 0:
            for position in range(
                heading_word_offsets[heading], heading_word_offsets[heading + 1]
            ):
                numbers_above[above_row] = heading_words[position]
                passage_of_above[above_row] = row
                above_row += 1
            heading = heading_parents[heading]
    first, following = _table(searched)
    _find_terms(numbers, own[1], own[2], searched, first, following, word_terms)
    _find_terms(
        numbers_above, above[1], above[2], searched, first, following, word_terms
    )
    present = np.zeros((len(searched), sentence_count + 2 * size), dtype=np.bool_)
    for row in range(word_count):
        place = own[2][row]
        if place < len(searched):
            present[place, word_sentences[row]] = True
            present[place, sentence_count + passage_of[row]] = True
    for row in range(above_count):
        place = above[2][row]
        if place < len(searched):
            present[place, sentence_count + size + passage_of_above[row]] = True
    return (
        sentences,
        first_sentences,
        own,
        first_words,
        word_sentences,
        above,
        present,
    )


@compiled
def _new_words(count: int) -> Any:
    """Room for the arrays of `Words`."""
    return (
        np.empty(count, dtype=np.int32),
        np.empty(count, dtype=np.int32),
        np.empty(count, dtype=np.int32),
        np.empty(count, dtype=np.intp),
    )


@compiled
def _find_terms(
    numbers: Any,
    terms: Any,
    places: Any,
    searched: Any,
    first: Any,
    following: Any,
    word_terms: Any,
) -> None:
    """Fill in the terms of some words, and their places among those `searched`."""
    for row in range(len(numbers)):
        terms[row] = word_terms[numbers[row]]
    for row in range(len(numbers)):
        places[row] = _place_among(terms[row], searched, first, following)


@compiled
def _count_grams(
    words: Any,
    word_sentences: Any,
    passages: Any,
    above: Any,
    above_passages: Any,
    grams: Any,
    gram_offsets: Any,
    word_grams: Any,
    squares: Any,
    in_sentences: Any,
    in_headings: Any,
    in_passages: Any,
    lengths: Any,
    sentence_squares: Any,
    heading_squares: Any,
) -> None:
    first, following = _table(grams)
    # Looked up on their own, so that none waits for the one before.
    starts, ends = np.empty(len(words), np.int64), np.empty(len(words), np.int64)
    for row in range(len(words)):
        starts[row] = gram_offsets[words[row]]
        ends[row] = gram_offsets[words[row] + 1]
    for row in range(len(words)):
        lengths[passages[row]] += ends[row] - starts[row]
        sentence_squares[word_sentences[row]] += squares[words[row]]
    for row in range(len(words)):
        for position in range(starts[row], ends[row]):
            place = _place_among(word_grams[position], grams, first, following)
            if place < len(grams):
                in_sentences[word_sentences[row], place] += 1.0
                in_passages[passages[row], place] += 1.0
    for row in range(len(above)):
        word, passage = above[row], above_passages[row]
        lengths[passage] += gram_offsets[word + 1] - gram_offsets[word]
        heading_squares[passage] += squares[word]
        for position in range(gram_offsets[word], gram_offsets[word + 1]):
            place = _place_among(word_grams[position], grams, first, following)
            if place < len(grams):
                in_headings[passage, place] += 1.0
                in_passages[passage, place] += 1.0


@compiled
def _count_terms(terms: Any, owners: Any, wanted: Any, counts: Any) -> None:
    first, following = _table(wanted)
    for row in range(len(terms)):
        place = _place_among(terms[row], wanted, first, following)
        if place < len(wanted):
            counts[owners[row], place] += 1.0


@compiled
def _count_other_terms(
    terms: Any,
    numbers: Any,
    places: Any,
    is_stop_word: Any,
    first_words: Any,
    passages: Any,
    searched: int,
) -> Any:
    size, count = 0, 0
    for passage in passages:
        size += first_words[passage + 1] - first_words[passage]
    found = np.empty(size, dtype=np.int32)
    owners = np.empty(size, dtype=np.intp)
    for owner in range(len(passages)):
        passage = passages[owner]
        for row in range(first_words[passage], first_words[passage + 1]):
            if places[row] == searched and not is_stop_word[numbers[row]]:
                found[count], owners[count] = terms[row], owner
                count += 1
    distinct, kept = np.sort(found[:count]), 0
    for row in range(count):
        if kept == 0 or distinct[row] != distinct[kept - 1]:
            distinct[kept] = distinct[row]
            kept += 1
    counts = np.zeros((len(passages), kept), dtype=np.float64)
    first, following = _table(distinct[:kept])
    for row in range(count):
        place = _place_among(found[row], distinct[:kept], first, following)
        counts[owners[row], place] += 1.0
    return distinct[:kept], counts


@compiled
def _find_pairs(
    places: Any, passages: Any, sentences: Any, pairs: Any, held: Any
) -> None:
    is_first = np.zeros(places.max() + 1 if len(places) else 0, dtype=np.bool_)
    for column in range(len(pairs)):
        if 0 <= pairs[column, 0] < len(is_first):
            is_first[pairs[column, 0]] = True
    for row in range(len(places) - 1):
        if is_first[places[row]] and sentences[row] == sentences[row + 1]:
            for column in range(len(pairs)):
                first, second = pairs[column]
                if places[row] == first and places[row + 1] == second:
                    held[passages[row], column] = True


@compiled
def _table(wanted: Any) -> Any:
    """For all values of the last bits the first place in `wanted` of one that ends so,
    and for each place the next; -1 where there is none.
    """
    first = np.full(LAST_BITS + 1, -1, dtype=np.int32)
    following = np.empty(len(wanted), dtype=np.int32)
    for place in range(len(wanted) - 1, -1, -1):
        bits = wanted[place] & LAST_BITS
        following[place] = first[bits]
        first[bits] = place
    return first, following


@compiled
def _place_among(value: int, wanted: Any, first: Any, following: Any) -> int:
    """The place of a value among those wanted, or their number."""
    place = first[value & LAST_BITS]
    while place >= 0 and wanted[place] != value:
        place = following[place]
    return place if place >= 0 else len(wanted)
