"""How far a question and its candidates are spelt alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.evidence import gather
from chatbot.answering.likeness import Likeness, compare
from chatbot.answering.question import read_question
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.grams import gram_keys

TEXT = """\
# Gardening

The gardeners of the allotment water tomatoes. Snails are collected at dusk.

# Tools

Wheelbarrows stand in the shed of the gardener. Ask before borrowing one.

The Allotment Holders Union (AHU) lends ladders.
"""
WATER, TOOLS, UNION = range(3)


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"garden.md": TEXT})


def compared(text: str, index: CorpusIndex) -> Likeness:
    question = read_question(text, index)
    return compare(question, gather(question, np.arange(len(index)), index), index)


def test_the_candidate_that_holds_most_has_one_and_others_less(index):
    passages = compared("tomatoes and snails", index).passages
    assert passages[WATER] == 1
    assert passages[TOOLS] < 0.2


def test_a_word_that_is_written_alike_counts_though_its_stem_is_another(index):
    likeness = compared("wheelbarrowist", index)
    assert likeness.passages.argmax() == TOOLS
    assert 0.5 < likeness.shares[TOOLS, 0] < 1


def test_a_word_that_stands_there_is_held_whole(index):
    assert compared("tomatoes", index).shares[WATER, 0] == pytest.approx(1)


def test_stop_words_are_like_nothing(index):
    likeness = compared("of the in", index)
    assert not likeness.passages.any()
    assert not likeness.shares.any()
    assert not likeness.sentences.any()


def test_a_corrected_word_is_held_less_than_one_spelt_right(index):
    right = compared("collected ladders", index).shares[UNION]
    wrong = compared("collected laders", index).shares[UNION]
    assert right[1] == pytest.approx(1)
    assert 0 < wrong[1] < right[1]


def test_the_long_form_of_an_acronym_is_like_it(index):
    question = read_question("AHU", index)
    assert [alternative.words for alternative in question.concepts[0].alternatives]
    assert compared("AHU", index).shares[WATER, 0] > 0


def test_the_headings_are_compared_by_themselves(index):
    headings = compared("gardening", index).headings
    assert headings[WATER] == pytest.approx(1)
    assert headings[TOOLS] < 0.3


@given(words=st.lists(st.sampled_from(sorted(set(TEXT.split()))), max_size=6))
def test_the_cosine_of_a_sentence_is_that_of_its_vector(index, words):
    """Against vectors written out, for words that are known and not acronyms."""
    question = read_question(" ".join(words), index)
    topics = [concept for concept in question.concepts if concept.carries_topic]
    if any(c.corrected or c.alternatives or c.term is None for c in topics):
        return
    evidence = gather(question, np.arange(len(index)), index)
    found = compare(question, evidence, index).sentences
    idf = gram_idf(index)
    asked = counted(
        [(c.searched_word, c.weight) for c in question.concepts if c.carries_topic]
    )
    for sentence, cosine in enumerate(found.tolist()):
        numbers = evidence.words.numbers[evidence.word_sentences == sentence]
        held = counted(
            [(index.words[n], 1.0) for n in numbers if not index.written_is_stop[n]]
        )
        shared = sum(asked[key] * idf[key] * idf[key] for key in asked.keys() & held)
        norm = length(asked, idf) * occurrences_length(held, idf)
        assert cosine == pytest.approx(min(shared / norm, 1) if norm else 0, rel=1e-5)


def gram_idf(index: CorpusIndex) -> dict[int, float]:
    grams = (gram for word in index.words for gram in index.grams.of_word(word))
    return {key: idf for key, number, idf in grams if number >= 0}


def counted(words: list[tuple[str, float]]) -> dict[int, float]:
    counts: dict[int, float] = {}
    for word, weight in words:
        for key in gram_keys([word])[0].tolist():
            counts[key] = counts.get(key, 0.0) + weight
    return counts


def length(counts: dict[int, float], idf: dict[int, float]) -> float:
    return float(np.sqrt(sum((n * idf[key]) ** 2 for key, n in counts.items())))


def occurrences_length(counts: dict[int, float], idf: dict[int, float]) -> float:
    """Each occurrence is a component of its own."""
    return float(np.sqrt(sum(n * idf[key] ** 2 for key, n in counts.items())))
