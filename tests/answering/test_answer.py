"""A question to an answer, and how it says the question was read."""

from __future__ import annotations

import pytest

from chatbot.answering.answer import MOST_QUOTES, Answer, answer_question
from chatbot.answering.question import read_question
from chatbot.index.corpus_index import CorpusIndex

TEXT = """\
# Ferry

## Tickets

A return ticket costs 90 crowns. Children under six travel free.

## May dogs come on board?

Yes, on a lead. They stay on the car deck.

The Harbour Authority of Norvik (HAN) sets the rules.

## Timetable

The first ferry leaves at six, the last one at ten in the evening.

In a storm the ferry stays in the harbour.

On Sundays the ferry leaves every second hour.

In winter the ferry leaves once a day.

The ferry leaves from the old harbour when the new one is frozen.
"""


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"ferry.md": TEXT})


def answer(text: str, index: CorpusIndex, *carried: tuple[str, float]) -> Answer:
    return answer_question(read_question(text, index, carried), index)


def test_the_first_quote_answers(index):
    found = answer("What does a return ticket cost?", index)
    assert found.quotes[0].text == "A return ticket costs 90 crowns."
    assert found.confidence > 0.5


def test_a_question_like_a_heading_is_answered_by_what_stands_below(index):
    found = answer("May dogs come on board?", index)
    assert found.quotes[0].text == "Yes, on a lead. They stay on the car deck."
    ids = [quote.passage.id for quote in found.quotes]
    assert len(ids) == len(set(ids))


def test_at_most_five_quotes_are_given(index):
    found = answer("the ferry leaves the harbour", index)
    assert len(found.quotes) == MOST_QUOTES == 5


def test_the_headings_of_the_best_passages_come_nearest_first_and_once(index):
    found = answer("Children, when does the last ferry leave in the evening?", index)
    assert found.headings[0] == "Timetable"
    assert "Tickets" in found.headings
    assert len(found.headings) == len(set(found.headings))


@pytest.mark.parametrize("text", ["and in the?", "On what?", "They on a?"])
def test_a_question_of_stop_words_has_quotes_but_no_confidence(index, text):
    found = answer(text, index)
    assert found.quotes
    assert found.confidence == 0


def test_a_question_of_stop_words_is_answered_by_a_heading_that_says_it(open_corpus):
    index = open_corpus({"a.md": "# Who we are\n\nFerrymen.\n\n# How\n\nBy rope.\n"})
    found = answer("Who are we?", index)
    assert found.quotes[0].text == "Ferrymen."
    assert found.confidence > 0.5


@pytest.mark.parametrize("text", ["", "…", "zeppelin", "submarine zeppelin?"])
def test_when_nothing_is_found_there_is_no_quote_and_no_confidence(index, text):
    found = answer(text, index)
    assert found.quotes == ()
    assert found.confidence == 0
    assert found.headings == ()
    assert found.signals is None


def test_words_that_are_nowhere_in_the_corpus_are_named(index):
    found = answer("Does the zeppelin leave at six?", index)
    assert found.interpretation.unknown == ("zeppelin",)


def test_words_that_the_passage_or_its_headings_hold_are_named(index):
    found = answer("What tickets do children need?", index)
    assert found.interpretation.matched == ("tickets", "children")


def test_a_corrected_word_is_named_with_its_correction(index):
    found = answer("What does a retrun tiket cost?", index)
    assert found.interpretation.corrected == (
        ("retrun", "return"),
        ("tiket", "ticket"),
    )


def test_a_synonym_is_named_with_its_word(index):
    found = answer("price of a return ticket", index)
    assert ("price", ("costs",)) in found.interpretation.expanded


def test_a_long_form_is_named_as_one(index):
    found = answer("What does the Harbour Authority of Norvik do?", index)
    assert found.interpretation.expanded == (("harbour authority of norvik", ("han",)),)


def test_words_taken_over_from_earlier_questions_are_named(index):
    found = answer("and for children?", index, ("ticket", 0.3), ("return", 0.3))
    assert found.interpretation.follow_up_of == "ticket return"


def test_chinese_words_taken_over_are_shown_as_they_were_typed(open_corpus):
    index = open_corpus({"a.txt": "首席产品官负责产品战略。她领导两百名员工。"})
    carried = [(pair, 0.3) for pair in ("产品", "品战", "战略")]
    found = answer("员工", index, *carried)
    assert found.interpretation.follow_up_of == "产品战略"


def test_the_same_question_gets_an_equal_answer(index):
    text = "Which ferry leaves the harbour on Sundays?"
    assert answer(text, index) == answer(text, index)
