"""A message is read with what was said before it, only as far as it needs that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.conversation.conversation import Turn
from chatbot.conversation.reading import Reading
from chatbot.conversation.understanding import (
    ask_of,
    understand,
    understood_before,
)
from chatbot.wording.table import wording

THRESHOLD = 0.4
HEARS = wording("english").hears


def quoted(reading: Reading) -> str:
    assert reading.answer.confidence >= THRESHOLD
    return reading.answer.quotes[0].text


def test_without_earlier_questions_a_message_is_read_by_itself(index):
    reading = understand("Where does the GHM live?", (), index, THRESHOLD)
    assert "customs house" in quoted(reading)
    assert (reading.about, reading.is_lost) == ("", False)


@pytest.mark.parametrize("subject", ["GHM", "general harbour master"])
def test_a_subject_is_carried_over_in_short_or_in_full(index, subject):
    earlier = [f"What is the {subject} paid?"]
    reading = understand("Where does he live?", earlier, index, THRESHOLD)
    assert "customs house" in quoted(reading)
    assert reading.about == "general harbour master"


def test_what_answers_by_itself_takes_nothing_over(index):
    earlier = ["Where does the GHM live?"]
    reading = understand("Who repairs torn sails?", earlier, index, THRESHOLD)
    assert "two sisters" in quoted(reading)
    assert reading.about == ""


@pytest.mark.parametrize(
    "message",
    ["Is the harbour closed?", "Is the harbour that yachts love closed to them?"],
)
def test_what_is_answered_the_same_by_itself_is_about_nothing_else(index, message):
    alone = understand(message, (), index, THRESHOLD)
    earlier = ["What does the kiosk sell in winter?"]
    reading = understand(message, earlier, index, THRESHOLD)
    assert quoted(reading) == quoted(alone)
    assert reading.about == ""


def test_what_is_not_found_either_way_is_about_nothing_else(index):
    earlier = ["What does the kiosk sell?"]
    reading = understand("Where can I park my car?", earlier, index, THRESHOLD)
    assert not reading.is_sure(THRESHOLD)
    assert reading.about == ""


def test_what_a_short_question_needs_is_told(index):
    earlier = ["What does the harbour do in winter?"]
    reading = understand("is it closed?", earlier, index, THRESHOLD)
    assert "closed to yachts" in quoted(reading)
    assert "winter" in reading.about


def test_a_question_word_by_itself_is_asked_of_the_last_topic(index):
    earlier = ["Who built the chapel?"]
    reading = understand("when?", earlier, index, THRESHOLD)
    assert "1907" in quoted(reading)


def test_a_place_that_has_no_name_answers_where(index):
    earlier = ["Do the sisters repair sails?"]
    reading = understand("where?", earlier, index, THRESHOLD)
    assert "in the loft" in quoted(reading)


@pytest.mark.parametrize("message", ["how much?", "how many?"])
def test_where_no_amount_is_said_none_is_answered(index, message):
    earlier = ["Who built the chapel?"]
    assert not understand(message, earlier, index, THRESHOLD).is_sure(THRESHOLD)


def test_what_points_at_nothing_that_is_known_is_lost(index):
    reading = understand("Where does it live?", ["What is a kraken?"], index, THRESHOLD)
    assert reading.is_lost
    assert reading.answer.confidence == 0
    assert reading.about == "kraken"


def test_a_question_is_asked_of_something_else(index):
    earlier = ["What does a berth for a sailing boat cost?"]
    reading = understand("and for a rowing boat?", earlier, index, THRESHOLD)
    assert "twenty crowns" in quoted(reading)
    assert reading.question == "What does a berth for a rowing boat cost?"
    assert reading.about == reading.question


def test_a_question_is_remembered_spelt_right(index):
    reading = understand("Where does the harbuor master live?", (), index, THRESHOLD)
    assert reading.spelt_right == "Where does the harbour master live?"


def test_what_is_not_said_of_something_else_is_lost_but_its_topic_is_kept(index):
    earlier = ["Where does the harbour master live?"]
    reading = understand("what about the sisters?", earlier, index, THRESHOLD)
    assert reading.is_lost
    assert reading.about == "Where does the sisters live?"
    assert reading.topic == "the sisters"


def test_what_a_heading_says_is_asked_by_itself(index):
    earlier = ["What does a berth for a sailing boat cost?"]
    reading = understand("what about winter?", earlier, index, THRESHOLD)
    assert "closed to yachts" in quoted(reading)
    assert reading.about == ""


def test_a_part_with_no_place_in_the_question_is_added_to_it(index):
    reading = ask_of("in winter", ["What does the kiosk sell?"], index, HEARS)
    assert reading is not None
    assert reading.question == "What does the kiosk sell in winter?"
    assert "soup" in quoted(reading)


@pytest.mark.parametrize(
    ("messages", "question"),
    [
        (
            ["What does a berth for a sailing boat cost?", "and a rowing boat?"],
            "What does a berth for a rowing boat cost?",
        ),
        (
            ["What does a berth cost?", "and sailing?", "and rowing?"],
            "What does a berth cost, rowing?",
        ),
    ],
)
def test_a_part_replaces_its_like_where_no_sentence_holds_both(
    index, messages, question
):
    asked: list[str] = []
    for message in messages:
        reading = understand(message, asked, index, THRESHOLD)
        asked.append(reading.question)
    assert asked[-1] == question
    assert "twenty crowns" in quoted(reading)


def test_a_question_asked_before_is_read_again_as_it_was(index):
    earlier = ["What does a berth for a sailing boat cost?"]
    reading = understand("and for a rowing boat?", earlier, index, THRESHOLD)
    turn = Turn(reading.question, is_reworded=reading.is_reworded)
    again = understood_before(turn, earlier, index, THRESHOLD)
    assert again.answer == reading.answer


@given(message=st.text(max_size=60), earlier=st.lists(st.text(max_size=60), max_size=4))
def test_any_message_is_understood_somehow(index, message, earlier):
    reading = understand(message, earlier, index, THRESHOLD)
    assert 0 <= reading.answer.confidence <= 1
    assert reading.answer.interpretation.follow_up_of == reading.about
