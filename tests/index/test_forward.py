"""Passages to their words, in numpy and compiled: the same arrays."""

from __future__ import annotations

from dataclasses import astuple
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.index import compiled_forward, forward
from chatbot.index.forward import ForwardIndex, Gathered, Words

WORDS, TERMS, GRAMS = 12, 9, 15


def offsets_of(lengths: list[int]) -> np.ndarray:
    return np.cumsum([0, *lengths], dtype=np.int64)


def numbers(draw: st.DrawFn, count: int, below: int) -> np.ndarray:
    drawn = draw(st.lists(st.integers(0, below - 1), min_size=count, max_size=count))
    return np.array(drawn, dtype=np.int32)


@st.composite
def forward_indexes(draw: st.DrawFn) -> ForwardIndex:
    """Some passages under some headings; every passage has a sentence."""
    few = st.integers(0, 4)
    sentences = draw(st.lists(st.integers(1, 3), min_size=1, max_size=6))
    words = draw(st.lists(few, min_size=sum(sentences), max_size=sum(sentences)))
    above = draw(st.lists(few, max_size=4))
    parents = [draw(st.integers(-1, number - 1)) for number in range(len(above))]
    innermost = [draw(st.integers(-1, len(above) - 1)) for _ in sentences]
    grams = draw(st.lists(few, min_size=WORDS, max_size=WORDS))
    return ForwardIndex(
        sentence_offsets=offsets_of(sentences),
        word_offsets=offsets_of(words),
        words=numbers(draw, sum(words), WORDS),
        passage_headings=np.array(innermost, dtype=np.int32),
        heading_parents=np.array(parents, dtype=np.int32),
        heading_word_offsets=offsets_of(above),
        heading_words=numbers(draw, sum(above), WORDS),
        word_terms=numbers(draw, WORDS, TERMS),
        is_stop_word=np.arange(WORDS) % 5 == 1,
        gram_offsets=offsets_of(grams),
        grams=numbers(draw, sum(grams), GRAMS),
        gram_squares=np.sqrt(np.arange(WORDS) + 0.3),
    )


@st.composite
def gathered(draw: st.DrawFn) -> tuple[ForwardIndex, Gathered, Gathered]:
    """What both kinds gather of some passages and terms."""
    index = draw(forward_indexes())
    last = len(index.sentence_offsets) - 2
    passages = draw(st.lists(st.integers(0, last), unique=True))
    searched = draw(st.sets(st.integers(0, TERMS - 1)))
    asked = (
        np.array(passages, dtype=np.int32),
        np.array(sorted(searched), dtype=np.int32),
    )
    return (
        index,
        forward.gather(index, *asked),
        compiled_forward.gather(index, *asked),
    )


def same(first: np.ndarray, second: np.ndarray) -> bool:
    return first.dtype == second.dtype and np.array_equal(first, second)


def flat(found: Gathered) -> list[np.ndarray]:
    words = (*astuple(found.words), *astuple(found.heading_words))
    others = (
        found.sentences,
        found.first_sentences,
        found.first_words,
        found.word_sentences,
        found.present,
    )
    return [*words, *others]


@settings(max_examples=200)
@given(gathered())
def test_both_kinds_gather_the_same_arrays(
    found: tuple[ForwardIndex, Gathered, Gathered],
) -> None:
    _, uncompiled, compiled = found
    assert all(map(same, flat(uncompiled), flat(compiled)))


@settings(max_examples=200)
@given(gathered(), st.sets(st.integers(0, GRAMS + 3)))
def test_both_kinds_count_the_same_n_grams(
    found: tuple[ForwardIndex, Gathered, Gathered], wanted: set[int]
) -> None:
    index, gathered_words, _ = found
    grams = np.array(sorted(wanted), dtype=np.intp)
    asked = (
        gathered_words.words,
        gathered_words.word_sentences,
        gathered_words.heading_words,
        gathered_words.first_sentences,
        grams,
    )
    counts = forward.count_grams(index, *asked)
    compiled = compiled_forward.count_grams(index, *asked)
    assert all(map(same, astuple(counts), astuple(compiled)))
    assert counts.in_passages.sum() == (
        counts.in_sentences.sum() + counts.in_headings.sum()
    )
    if len(wanted) == GRAMS + 4:
        words = gathered_words.words.numbers
        lengths = index.gram_offsets[words + 1] - index.gram_offsets[words]
        assert counts.in_sentences.sum() == lengths.sum()
        assert counts.in_headings.sum() == counts.lengths.sum() - lengths.sum()


@settings(max_examples=200)
@given(gathered(), st.lists(st.tuples(st.integers(-1, 8), st.integers(-1, 8))))
def test_both_kinds_find_the_same_pairs(
    found: tuple[ForwardIndex, Gathered, Gathered], pairs: list[tuple[int, int]]
) -> None:
    _, held, _ = found
    wanted = np.array(pairs, dtype=np.int32).reshape(len(pairs), 2)
    asked = (
        held.words,
        held.word_sentences,
        len(held.first_sentences) - 1,
        wanted,
    )
    assert same(forward.find_pairs(*asked), compiled_forward.find_pairs(*asked))


@given(gathered(), st.sets(st.integers(0, TERMS - 1)))
def test_both_kinds_count_the_same_terms(
    found: tuple[ForwardIndex, Gathered, Gathered], wanted: set[int]
) -> None:
    _, held, _ = found
    size = len(held.first_sentences) - 1
    terms = np.array(sorted(wanted), dtype=np.int32)
    asked = (held.words.terms, held.words.passages, size, terms)
    assert same(forward.count_terms(*asked), compiled_forward.count_terms(*asked))


@pytest.mark.parametrize("kind", [forward, compiled_forward])
def test_numbers_that_end_in_the_same_bits_are_told_apart(kind: ModuleType) -> None:
    terms = 5 + np.arange(4, dtype=np.int32) * (forward.LAST_BITS + 1)
    owners = np.array([0, 0, 1, 1], dtype=np.intp)
    counts = kind.count_terms(terms, owners, 2, terms[[1, 3]])
    assert counts.tolist() == [[1, 0], [0, 1]]


@settings(max_examples=200)
@given(gathered(), st.sets(st.integers(0, 5)))
def test_both_kinds_count_the_same_other_terms(
    found: tuple[ForwardIndex, Gathered, Gathered], chosen: set[int]
) -> None:
    index, held, _ = found
    size = len(held.first_sentences) - 1
    asked = (
        held.words,
        held.first_words,
        np.array([place for place in chosen if place < size], dtype=np.intp),
        len(held.present),
    )
    counted = forward.count_other_terms(index, *asked)
    compiled = compiled_forward.count_other_terms(index, *asked)
    assert all(map(same, counted, compiled))


@pytest.fixture
def two_passages() -> ForwardIndex:
    """“a b. c” under “d” under “e”, and “b a”; each letter is a word and a term."""
    return ForwardIndex(
        sentence_offsets=np.array([0, 2, 3]),
        word_offsets=np.array([0, 2, 3, 5]),
        words=np.array([0, 1, 2, 1, 0], dtype=np.int32),
        passage_headings=np.array([0, -1], dtype=np.int32),
        heading_parents=np.array([1, -1], dtype=np.int32),
        heading_word_offsets=np.array([0, 1, 2]),
        heading_words=np.array([3, 4], dtype=np.int32),
        word_terms=np.arange(5, dtype=np.int32),
        is_stop_word=np.arange(5) == 1,
        gram_offsets=np.array([0, 1, 2, 2, 2, 4]),
        grams=np.array([7, 7, 6, 8], dtype=np.int32),
        gram_squares=np.array([9.0, 9.0, 0.0, 0.0, 5.0]),
    )


def gather_all(index: ForwardIndex, searched: list[int]) -> Gathered:
    passages = np.array([0, 1], dtype=np.int32)
    return forward.gather(index, passages, np.array(searched, dtype=np.int32))


def test_terms_are_found_in_sentences_passages_and_headings(
    two_passages: ForwardIndex,
) -> None:
    present = gather_all(two_passages, [0, 2, 4]).present.astype(int).tolist()
    #                     sentences  passages  headings
    assert present == [[1, 0, 1, 1, 1, 0, 0], [0, 1, 0, 1, 0, 0, 0], [0] * 5 + [1, 0]]


def test_the_words_of_all_headings_above_count(two_passages: ForwardIndex) -> None:
    above: Words = gather_all(two_passages, [0]).heading_words
    assert above.numbers.tolist() == [3, 4]
    assert above.passages.tolist() == [0, 0]


def test_a_pair_stands_in_one_sentence_in_its_order(
    two_passages: ForwardIndex,
) -> None:
    found = gather_all(two_passages, [0, 1, 2])
    pairs = np.array([[0, 1], [1, 2], [1, 0], [-1, 0]], dtype=np.int32)
    held = forward.find_pairs(found.words, found.word_sentences, 2, pairs)
    assert held.tolist() == [[True, False, False, False], [False, False, True, False]]


def test_an_n_gram_counts_once_for_each_word_that_has_it(
    two_passages: ForwardIndex,
) -> None:
    found = gather_all(two_passages, [])
    counts = forward.count_grams(
        two_passages,
        found.words,
        found.word_sentences,
        found.heading_words,
        found.first_sentences,
        np.array([6, 7]),
    )
    assert counts.in_sentences.tolist() == [[0, 2], [0, 0], [0, 2]]
    assert counts.in_headings.tolist() == [[1, 0], [0, 0]]
    assert counts.in_passages.tolist() == [[1, 2], [0, 2]]
    assert counts.lengths.tolist() == [4, 2]
    assert counts.sentence_squares.tolist() == [18, 0, 18]
    assert counts.heading_squares.tolist() == [5, 0]


def test_other_terms_are_neither_looked_for_nor_stop_words(
    two_passages: ForwardIndex,
) -> None:
    found = gather_all(two_passages, [2])
    terms, counts = forward.count_other_terms(
        two_passages, found.words, found.first_words, np.array([1, 0]), 1
    )
    assert terms.tolist() == [0]
    assert counts.tolist() == [[1], [1]]
