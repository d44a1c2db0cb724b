"""Character n-grams of words, as numbers."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.grams import GRAM_CHARACTERS, gram_keys

WORDS = st.text(
    st.characters(max_codepoint=0xFFFF, exclude_categories=["Cc", "Cs"]), min_size=1
)


def grams(word: str) -> list[int]:
    return gram_keys([word])[0].tolist()


def test_a_word_has_the_n_grams_of_its_letters_and_edges():
    assert len(grams("cider")) == 4
    assert set(grams("cider")) & set(grams("ciders")) == set(grams("cider")[:3])


def test_the_beginning_of_a_word_is_not_its_middle():
    assert not set(grams("cid")) & set(grams("xcidx"))


def test_a_short_word_has_one_n_gram_for_itself():
    assert len(grams("a")) == len(grams("ab")) == 1
    assert grams("a") != grams("b")


def test_no_words_have_no_n_grams():
    keys, offsets = gram_keys([])
    assert (len(keys), offsets.tolist()) == (0, [0])


@given(st.lists(WORDS))
def test_words_have_the_same_n_grams_alone_and_among_others(words):
    keys, offsets = gram_keys(words)
    bounds = itertools.pairwise(offsets)
    assert [keys[a:b].tolist() for a, b in bounds] == list(map(grams, words))


@given(WORDS)
def test_the_n_grams_of_a_word_are_its_stretches_of_four(word):
    edged = f"\x02{word}".ljust(GRAM_CHARACTERS - 1, "\x03") + "\x03"
    stretches = [edged[i : i + 4] for i in range(len(edged) - 3)]
    values = [sum(ord(c) << 16 * (3 - i) for i, c in enumerate(s)) for s in stretches]
    assert grams(word) == values
