"""Conversations are begun, gone on with and remembered by their ids."""

from __future__ import annotations

import pytest

from chatbot.conversation.conversation import Turn
from chatbot.conversation.conversations import Conversations
from chatbot.conversation.memory import MemoryOfProcess
from chatbot.errors import DatabaseError


@pytest.fixture
def conversations() -> Conversations:
    return Conversations(MemoryOfProcess())


def test_without_an_id_a_new_conversation_begins(conversations):
    first, second = conversations.resume(None), conversations.resume("")
    assert len({first.id, second.id, ""}) == 3
    assert not first.is_over
    assert first.conversation.earlier == ()


def test_an_id_goes_on_with_its_conversation(conversations):
    begun = conversations.resume(None)
    conversations.remember(begun, Turn("What does it cost?"), starts_over=False)
    resumed = conversations.resume(begun.id)
    assert resumed.id == begun.id
    assert resumed.conversation.earlier == ("What does it cost?",)


def test_small_talk_alone_begins_a_conversation_too(conversations):
    begun = conversations.resume(None)
    conversations.remember(begun, Turn(), starts_over=False)
    assert conversations.resume(begun.id).id == begun.id


@pytest.mark.parametrize("id_", ["AAAAAAAAAAAAAAAAAAAAAA", "nonsense", "🛶"])
def test_an_unknown_id_begins_a_new_conversation(conversations, id_):
    resumed = conversations.resume(id_)
    assert resumed.is_over
    assert resumed.id != id_
    assert len(resumed.id) == 22


def test_a_name_that_a_channel_gives_begins_a_conversation_under_it(conversations):
    resumed = conversations.resume("slack:C1:U2")
    assert (resumed.id, resumed.is_over) == ("slack:C1:U2", False)


def test_what_starts_over_keeps_its_id(conversations):
    begun = conversations.resume(None)
    conversations.remember(begun, Turn("What does it cost?"), starts_over=False)
    conversations.remember(begun, Turn(), starts_over=True)
    resumed = conversations.resume(begun.id)
    assert (resumed.id, resumed.conversation.earlier) == (begun.id, ())


class Failing:
    """A memory whose database does not answer."""

    def turns(self, conversation: str) -> tuple[Turn, ...] | None:
        raise DatabaseError("The database is away.")

    def add(self, conversation: str, turn: Turn) -> None:
        raise DatabaseError("The database is away.")

    def forget(self, conversation: str) -> None:
        raise DatabaseError("The database is away.")


def test_a_memory_that_fails_is_told_to_the_log_and_costs_nothing_else(caplog):
    conversations = Conversations(Failing())
    resumed = conversations.resume("AAAAAAAAAAAAAAAAAAAAAA")
    assert (resumed.id, resumed.is_lost) == ("AAAAAAAAAAAAAAAAAAAAAA", True)
    assert not conversations.remember(resumed, Turn("What?"), starts_over=False)
    assert caplog.text.count("The database is away.") == 2
