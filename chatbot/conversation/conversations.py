"""Conversations by their ids: begun, gone on with, and remembered as far as possible.

For example:

    conversations = Conversations(MemoryOfProcess())
    begun = conversations.resume(None)
    conversations.remember(begun, Turn("What does it cost?"))
    conversations.resume(begun.id).conversation.earlier      # ("What does it cost?",)
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from chatbot.conversation.conversation import Conversation, Turn
from chatbot.conversation.memory import Memory, new_conversation_id
from chatbot.errors import DatabaseError

NAME_MARK = ":"
"""Stands in the names that channels give their conversations ("slack:C1:U2")."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Resumed:
    """A conversation to answer a message in.

    `is_over`: the one that was asked for is unknown or over, and this is a new one.
    `is_lost`: what was said in it could not be read.
    """

    id: str
    conversation: Conversation = field(default_factory=Conversation)
    is_over: bool = False
    is_lost: bool = False


class Conversations:
    """All conversations of a bot; safe to share between threads.

    A memory that fails is told to the log, and costs no reply.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def resume(self, id_: str | None) -> Resumed:
        """The conversation of an id, or a new one under a fresh unguessable id.

        A name, such as a channel gives, begins a conversation under that name.
        """
        if not id_:
            return Resumed(new_conversation_id())
        try:
            turns = self._memory.turns(id_)
        except DatabaseError as error:
            _LOG.error("%s", error)
            return Resumed(id_, is_lost=True)
        if turns is not None:
            return Resumed(id_, Conversation.of(turns))
        if NAME_MARK in id_:
            return Resumed(id_)
        return Resumed(new_conversation_id(), is_over=True)

    def remember(self, resumed: Resumed, turn: Turn, *, starts_over: bool) -> bool:
        """Remember a turn, or forget all before it; whether that succeeded."""
        try:
            if starts_over:
                self._memory.forget(resumed.id)
            else:
                self._memory.add(resumed.id, turn)
        except DatabaseError as error:
            _LOG.error("%s", error)
            return False
        return True
