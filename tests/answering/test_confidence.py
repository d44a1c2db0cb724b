"""How sure an answer is, from what the quoted passage holds of the question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.confidence import Signals, confidence, signals
from chatbot.answering.question import read_question
from chatbot.answering.quoting import choose_quotes
from chatbot.answering.ranking import rank
from chatbot.index.corpus_index import CorpusIndex

SHARES = st.floats(0, 1)
TEXT = """\
The choir rehearses on Thursdays in the old fire station.

New singers are tested in spring. They pay no fee in their first year.

The conductor travels from Ghent, and her dog sleeps under the piano.
"""


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"choir.txt": TEXT})


def signals_of(text: str, index: CorpusIndex) -> Signals:
    ranking = rank(read_question(text, index), index)
    return signals(ranking, choose_quotes(ranking, index)[0], index)


@given(st.floats(0, 1), st.floats(0, 10))
def test_confidence_is_a_probability(coverage, score_share):
    assert 0 < confidence(Signals(coverage, score_share)) < 1


@given(SHARES, SHARES, SHARES)
def test_more_of_the_question_found_never_lowers_confidence(less, more, other):
    less, more = sorted((less, more))
    assert confidence(Signals(less, other)) <= confidence(Signals(more, other))
    assert confidence(Signals(other, less)) <= confidence(Signals(other, more))


def test_a_question_found_whole_is_sure_and_one_not_found_is_unsure():
    assert confidence(Signals(1, 1)) > 0.9
    assert confidence(Signals(0, 0)) < 0.1


def test_a_passage_that_holds_every_word_covers_the_question(index):
    assert signals_of("the choir rehearses on Thursdays", index).coverage == (
        pytest.approx(1)
    )


def test_a_word_that_the_corpus_does_not_hold_lowers_both_signals(index):
    known = signals_of("Where does the conductor travel from?", index)
    asked = signals_of("Where does the zeppelin conductor travel from?", index)
    assert asked.coverage < known.coverage
    assert asked.score_share < known.score_share


def test_words_of_two_passages_cover_less_than_words_of_one(index):
    one = signals_of("conductor dog piano", index)
    two = signals_of("conductor dog Thursdays", index)
    assert two.coverage < one.coverage


def test_repeating_a_question_does_not_make_the_bot_surer(index):
    once = signals_of("conductor zeppelin", index)
    often = signals_of("conductor zeppelin " * 20, index)
    assert confidence(often) == pytest.approx(confidence(once))
