"""The order of the candidates and the features that it rests on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.features import (
    coverage,
)
from chatbot.answering.question import read_question
from chatbot.answering.ranking import CANDIDATES, FEATURES, WEIGHTS, Ranking, rank
from chatbot.index.corpus_index import CorpusIndex

TEXT = """\
# Bakery

The oven is lit at three, long before the first customer comes.

Rye bread rests for a day. Then it is cut. In the window it looks best.

Customers who bring a bread bag of their own pay less for rye rolls.

The window faces the market, and the market faces the window of the town hall.

# Deliveries

A cargo bicycle brings rolls to every hotel before breakfast.

Hotels order the evening before; the bicycle of the bakery cannot turn back.
"""


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"bakery.md": TEXT})


@pytest.fixture(scope="module")
def identical(open_corpus) -> CorpusIndex:
    return open_corpus({"echo.txt": "The same words stand here.\n" * 150})


def ranked(text: str, index: CorpusIndex) -> Ranking:
    return rank(read_question(text, index), index)


def texts(ranking: Ranking, index: CorpusIndex) -> list[str]:
    numbers = ranking.evidence.passages[ranking.order]
    return [index.store.passage(number).text for number in numbers.tolist()]


def by_text(
    values: np.ndarray, ranking: Ranking, index: CorpusIndex
) -> dict[str, float]:
    """A feature of the candidates by the first word of their passage."""
    return {
        index.store.passage(number).text.split()[0]: round(float(value), 6)
        for number, value in zip(
            ranking.evidence.passages.tolist(), values.tolist(), strict=True
        )
    }


def test_the_passage_that_holds_most_of_the_question_comes_first(index):
    ranking = ranked("When is the oven lit?", index)
    assert texts(ranking, index)[0].startswith("The oven is lit at three")


def test_candidates_stand_by_falling_score(index):
    ranking = ranked("rye bread in the window", index)
    scores = ranking.scores[ranking.order]
    assert len(ranking) == len(scores) > 1
    assert (np.diff(scores) <= 0).all()


def test_holding_all_words_counts_for_more_than_repeating_one(index):
    ranking = ranked("rye bread window", index)
    assert texts(ranking, index)[0].startswith("Rye bread rests")


def test_a_heading_counts_for_the_passages_below_it(index):
    ranking = ranked("deliveries to a hotel", index)
    assert texts(ranking, index)[0].startswith("A cargo bicycle")
    held = by_text(coverage(ranking.question, ranking.evidence), ranking, index)
    assert held["A"] == 1 > held["Hotels"]


def test_passages_that_score_the_same_stand_in_corpus_order(identical):
    ranking = ranked("same words", identical)
    numbers = ranking.evidence.passages[ranking.order]
    assert (np.diff(numbers) > 0).all()


def test_at_most_a_hundred_passages_are_candidates(identical):
    assert len(identical) == 150
    assert len(ranked("same words", identical)) == CANDIDATES == 100


@pytest.mark.parametrize("text", ["", "?!", "zeppelin", "yourselves"])
def test_a_question_of_which_nothing_is_found_has_no_candidates(index, text):
    ranking = ranked(text, index)
    assert len(ranking) == 0
    assert ranking.order.tolist() == ranking.scores.tolist() == []


@given(words=st.lists(st.sampled_from(sorted(set(TEXT.split()))), max_size=8))
def test_what_the_features_add_is_the_score_and_no_more_than_their_weights(
    index, words
):
    ranking = rank(read_question(" ".join(words), index), index)
    assert ranking.contributions.shape == (len(ranking), len(FEATURES))
    assert np.allclose(ranking.contributions.sum(axis=1), ranking.scores)
    assert (ranking.contributions >= 0).all()
    assert (ranking.contributions <= WEIGHTS + 1e-9).all()


def test_no_two_features_have_a_name_in_common():
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)
