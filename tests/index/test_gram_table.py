"""The n-grams of an index: which words have them and how rare they are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chatbot.index.grams import GramTable, pack_grams

WORDS = st.lists(st.text("abcd", min_size=1, max_size=6), unique=True, max_size=12)


def packed(words, counts=None, stops=(), passages=3):
    counts = np.array(counts or [1] * len(words), dtype=np.int64)
    is_stop = np.array([word in stops for word in words], dtype=bool)
    return pack_grams(words, counts, is_stop, passages)


def table_of(words, counts=None, stops=(), passages=3) -> GramTable:
    return GramTable(packed(words, counts, stops, passages))


@given(WORDS)
def test_the_n_grams_of_a_word_are_numbered_in_its_order(words):
    arrays = packed(words)
    table = table_of(words)
    for number, word in enumerate(words):
        numbers = [gram for _, gram, _ in table.of_word(word)]
        start, end = arrays["word_gram_offsets"][number : number + 2]
        assert arrays["word_grams"][start:end].tolist() == numbers


def test_an_n_gram_that_no_word_has_is_told_apart():
    table = table_of(["cider"])
    known, unknown = table.of_word("cider"), table.of_word("pear")
    assert all(number >= 0 for _, number, _ in known)
    assert [number for _, number, _ in unknown] == [-1] * 3
    assert len({key for key, _, _ in unknown}) == 3
    assert {idf for _, _, idf in unknown} == {table.unknown_idf}


def test_an_index_without_words_knows_no_n_gram():
    assert [number for _, number, _ in table_of([]).of_word("aaaa")] == [-1] * 3


def test_stop_words_have_no_n_grams():
    offsets = packed(["cider", "the"], stops=("the",))["word_gram_offsets"]
    assert np.diff(offsets).tolist() == [4, 0]
    table = table_of(["cider", "the"], stops=("the",))
    assert {number for _, number, _ in table.of_word("the")} == {-1}


def test_the_more_often_an_n_gram_occurs_the_less_it_says():
    table = table_of(["cider", "pear"], counts=[9, 1], passages=10)
    cider, pear = (
        {idf for _, _, idf in table.of_word(word)} for word in ("cider", "pear")
    )
    assert max(cider) < min(pear) <= max(pear) < table.unknown_idf


def test_the_average_length_is_that_of_a_passage():
    table = table_of(["cider", "pear"], counts=[3, 2], passages=2)
    assert table.average_length == (3 * 4 + 2 * 3) / 2
