"""How sure an answer is, from what the quoted passage holds of the question."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.confidence import Signals, coefficients, confidence, signals
from chatbot.answering.question import read_question
from chatbot.answering.quoting import choose_quotes
from chatbot.answering.ranking import rank
from chatbot.index.corpus_index import CorpusIndex

SHARES = st.floats(0, 1)
NAMES = [field.name for field in fields(Signals)]
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


@given(st.builds(Signals, SHARES, SHARES, SHARES, SHARES))
def test_confidence_is_a_probability(found):
    assert 0 < confidence(found) < 1


@given(
    st.builds(Signals, SHARES, SHARES, SHARES, SHARES),
    st.sampled_from(NAMES),
    SHARES,
)
def test_more_of_the_question_found_never_lowers_confidence(found, name, value):
    more = replace(found, **{name: max(value, getattr(found, name))})
    assert confidence(more) >= confidence(found)


def test_a_question_found_whole_is_sure_and_one_not_found_is_unsure():
    assert confidence(Signals(1, 1, 1, 1)) > 0.9
    assert confidence(Signals(0, 0, 0, 0)) < 0.1


def test_the_file_of_coefficients_names_the_intercept_and_every_signal():
    assert set(coefficients()) == {"intercept", *NAMES}


def test_a_passage_that_holds_every_word_covers_the_question(index):
    assert signals_of("the choir rehearses on Thursdays", index).coverage == (
        pytest.approx(1)
    )


def test_a_word_that_the_corpus_does_not_hold_lowers_every_signal(index):
    known = signals_of("Where does the conductor travel from?", index)
    asked = signals_of("Where does the zeppelin conductor travel from?", index)
    for name in NAMES:
        assert getattr(asked, name) < getattr(known, name)


def test_a_word_that_is_held_in_part_is_alike_but_does_not_cover(index):
    other = signals_of("zeppelin rehearsing conductors", index)
    part = signals_of("fireworks rehearsing conductors", index)
    assert part.coverage == pytest.approx(other.coverage)
    assert part.alike > other.alike


def test_the_long_form_holds_an_acronym(open_corpus):
    text = "The Old Town Choir (OTC) sings.\n\nThe Old Town Choir meets on Mondays.\n"
    index = open_corpus({"a.txt": text})
    found = signals_of("When does the OTC meet on Mondays?", index)
    assert found.alike > 0.9


def test_words_taken_over_do_not_make_an_answer_surer(index):
    question = read_question("zeppelin trombone", index, [("conductor", 0.3)])
    ranking = rank(question, index)
    found = signals(ranking, choose_quotes(ranking, index)[0], index)
    assert found.coverage == found.alike == found.pairs == 0


def test_words_of_two_passages_cover_less_than_words_of_one(index):
    one = signals_of("conductor dog piano", index)
    two = signals_of("conductor dog Thursdays", index)
    assert two.coverage < one.coverage


def test_repeating_a_question_does_not_make_the_bot_surer(index):
    once = signals_of("conductor zeppelin", index)
    often = signals_of("conductor zeppelin " * 20, index)
    assert confidence(often) == pytest.approx(confidence(once))
