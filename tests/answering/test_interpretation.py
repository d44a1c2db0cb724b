"""Why a passage came first, in plain words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.answer import answer_question
from chatbot.answering.interpretation import (
    MOST_REASONS,
    Interpretation,
    reasons,
    repeated_phrase,
)
from chatbot.answering.question import read_question
from chatbot.answering.ranking import FEATURES, Feature, rank

SEARCH = Feature("search", 1.0, "it matches")
COVERAGE = Feature("coverage", 0.2, "it holds {share} of it")
ORDER = Feature("order", 0.1, "it keeps the order")
LENGTH = Feature("length", 0.1, "it is short")
ALL = (SEARCH, COVERAGE, ORDER, LENGTH)


def test_the_strongest_reason_stands_first_and_at_most_three_are_given():
    assert reasons(ALL, np.array([0.05, 0.2, 0.07, 0.1])) == (
        "it holds all of it",
        "it is short",
        "it keeps the order",
    )


@pytest.mark.parametrize(
    ("contribution", "share"), [(0.2, "all"), (0.15, "most"), (0.1, "part")]
)
def test_how_far_a_feature_holds_is_said(contribution, share):
    said = reasons((COVERAGE,), np.array([contribution]))
    assert said == (f"it holds {share} of it",)


def test_what_adds_nothing_or_next_to_nothing_is_no_reason():
    assert reasons(ALL, np.array([1.0, 0.0, 0.0, 0.001])) == ("it matches",)
    assert reasons(ALL, np.zeros(4)) == ()


@given(st.lists(st.floats(-1, 2), min_size=4, max_size=4))
def test_any_contributions_give_at_most_three_different_reasons(row):
    said = reasons(ALL, np.array(row))
    assert len(set(said)) == len(said) <= MOST_REASONS


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("Who is the Chief Product Officer?", "the chief product officer"),
        ("chief of product", ""),
        ("product officers", ""),
        ("Where does the", ""),
        ("OFFICER LEADS?", "officer leads"),
    ],
)
def test_a_phrase_is_repeated_word_for_word(question, phrase):
    text = "The chief product officer leads. Where does the road end?"
    stop_words = {"who", "is", "the", "of", "where", "does"}
    assert repeated_phrase(question, text, stop_words) == phrase


@given(st.text(alphabet="ab .'é"), st.text(alphabet="ab .'é"))
def test_a_repeated_phrase_stands_in_both_texts(question, text):
    for word in repeated_phrase(question, text, ()).split():
        assert word in question.casefold()
        assert word in text.casefold()


def test_what_the_features_add_is_the_score(open_corpus):
    index = open_corpus({"a.md": "# Ferry\n\nThe old ferry sails.\n\nOld nets dry.\n"})
    ranking = rank(read_question("the old ferry", index), index)
    assert ranking.contributions.shape == (len(ranking), len(FEATURES))
    assert ranking.contributions.sum(axis=1) == pytest.approx(ranking.scores)


def test_an_answer_says_why_it_was_chosen(open_corpus):
    index = open_corpus({"a.md": "# Ferry\n\nThe old boat sails.\n\nOld nets dry.\n"})
    found = answer_question(read_question("the old boat", index), index)
    first, *others = found.interpretation.reasons
    assert first == "“the old boat” stands there word for word"
    assert len(others) == MOST_REASONS - 1


def test_a_heading_that_says_it_is_the_first_reason(open_corpus):
    index = open_corpus(
        {"a.md": "# Old boats\n\nOld boats rot.\n\n# New\n\nThey sail.\n"}
    )
    found = answer_question(read_question("Old boats?", index), index)
    assert found.interpretation.reasons[:2] == (
        "the heading above it says it",
        "“old boats” stands there word for word",
    )


def test_words_that_nothing_is_quoted_for_are_of_the_nearest_passage():
    assert Interpretation(matched=("boat",)).in_words == (
        "In the nearest passage or its headings: boat.",
    )
    assert Interpretation().in_words == ()
