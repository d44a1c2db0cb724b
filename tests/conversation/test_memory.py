"""What is remembered of conversations, and what is forgotten."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from chatbot.conversation import memory
from chatbot.conversation.choices import Offer
from chatbot.conversation.memory import (
    MOST_QUESTIONS,
    ConversationStore,
    new_conversation_id,
)


def test_questions_of_a_conversation_stand_oldest_first():
    store = ConversationStore()
    store.add("a", "first")
    store.add("a", "second")
    assert store.questions("a") == ("first", "second")


def test_an_unknown_conversation_has_no_questions():
    assert ConversationStore().questions("a") == ()


def test_what_is_on_offer_is_what_the_latest_question_left():
    store = ConversationStore()
    offer = Offer("price", ("Tickets", "Food"))
    assert store.offer("a") is None
    store.add("a", "price", offer)
    assert store.offer("a") == offer
    assert store.offer("b") is None
    store.add("a", "another question")
    assert store.offer("a") is None


def test_conversations_do_not_know_of_each_other():
    store = ConversationStore()
    store.add("a", "first")
    store.add("b", "second")
    assert store.questions("a") == ("first",)
    assert store.questions("b") == ("second",)


def test_only_the_latest_questions_of_a_conversation_are_kept():
    store = ConversationStore()
    for number in range(MOST_QUESTIONS + 5):
        store.add("a", str(number))
    expected = tuple(map(str, range(5, MOST_QUESTIONS + 5)))
    assert store.questions("a") == expected


def test_of_too_many_conversations_the_least_recently_used_is_forgotten(monkeypatch):
    monkeypatch.setattr(memory, "MOST_CONVERSATIONS", 2)
    store = ConversationStore()
    store.add("a", "first")
    store.add("b", "second")
    store.add("a", "third")
    store.add("c", "fourth")
    assert store.questions("a") == ("first", "third")
    assert store.questions("b") == ()
    assert store.questions("c") == ("fourth",)


def test_questions_added_from_several_threads_are_all_kept():
    store = ConversationStore()

    def fill(name: str) -> None:
        for number in range(MOST_QUESTIONS):
            store.add(name, str(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fill, "abcdefgh"))
    expected = tuple(map(str, range(MOST_QUESTIONS)))
    assert all(store.questions(name) == expected for name in "abcdefgh")


def test_a_new_id_is_long_random_and_safe_in_an_address():
    ids = {new_conversation_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", id_) for id_ in ids)
