"""What the turns of a conversation come to."""

from __future__ import annotations

from chatbot.conversation.choices import Offer
from chatbot.conversation.conversation import Conversation, Place, Turn

PRICE = Turn("What does it cost?", shown=(Place("a.txt", 0),), headings=("Prices",))
HOURS = Turn("When is it open?", shown=(Place("a.txt", 90),), headings=("Hours",))


def test_a_conversation_without_turns_has_no_question():
    conversation = Conversation.of([])
    assert conversation.earlier == ()
    assert conversation.last is None
    assert conversation.offer is None


def test_questions_stand_oldest_first():
    conversation = Conversation.of([PRICE, HOURS])
    assert conversation.earlier == ("What does it cost?", "When is it open?")
    assert conversation.last == HOURS
    assert conversation.without_last().last == PRICE


def test_what_asks_nothing_leaves_the_last_question_as_it_was():
    offering = Turn("prices", offer=Offer("prices", ("Tickets", "Food")))
    assert Conversation.of([offering, Turn()]).offer == offering.offer


def test_a_new_question_ends_the_offer():
    offering = Turn("prices", offer=Offer("prices", ("Tickets", "Food")))
    assert Conversation.of([offering, HOURS]).offer is None


def test_what_else_is_shown_belongs_to_the_last_question():
    more = Turn(shown=(Place("b.txt", 5),), headings=("Discounts",))
    conversation = Conversation.of([HOURS, PRICE, more])
    assert conversation.last is not None
    assert conversation.last.shown == (Place("a.txt", 0), Place("b.txt", 5))
    assert conversation.answered_headings == {"Hours", "Prices", "Discounts"}


def test_a_question_that_is_taken_back_does_not_count():
    corrected = Turn("What does a child pay?", takes_back=True)
    assert Conversation.of([HOURS, PRICE, corrected]).earlier == (
        "When is it open?",
        "What does a child pay?",
    )
    assert Conversation.of([HOURS, Turn(takes_back=True)]).earlier == ()
    assert Conversation.of([Turn(takes_back=True)]).earlier == ()
