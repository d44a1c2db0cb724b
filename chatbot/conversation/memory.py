"""Where conversations are kept: what any such place does, and the one in memory.

For example:

    memory = MemoryOfProcess()
    memory.add("web:1", Turn("What does it cost?"))
    memory.turns("web:1")       # (Turn(question="What does it cost?", …),)
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from chatbot.conversation.conversation import MOST_TURNS, Turn

KEPT_SECONDS = 24 * 60 * 60
"""A conversation without a message for longer is over, and deleted."""

MOST_CONVERSATIONS = 10_000
"""Conversations that a process keeps in memory."""

Clock = Callable[[], float]
"""Gives UTC seconds."""


class Memory(Protocol):
    """Keeps the latest turns of conversations; safe to share between threads."""

    def turns(self, conversation: str) -> tuple[Turn, ...] | None:
        """Its latest turns, oldest first; None for one that is unknown or over."""

    def add(self, conversation: str, turn: Turn) -> None:
        """Remember a turn as the latest; a conversation that is unknown begins."""

    def forget(self, conversation: str) -> None:
        """Forget its turns; the conversation itself goes on."""


class MemoryOfProcess:
    """Keeps conversations as long as the process runs.

    Of more than `MOST_CONVERSATIONS` the least recently used are forgotten.
    """

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, tuple[Turn, ...]]] = OrderedDict()

    def turns(self, conversation: str) -> tuple[Turn, ...] | None:
        with self._lock:
            self._expire()
            kept = self._kept.get(conversation)
        return kept[1] if kept else None

    def add(self, conversation: str, turn: Turn) -> None:
        with self._lock:
            self._expire()
            _, turns = self._kept.pop(conversation, (0.0, ()))
            self._keep(conversation, (*turns, turn)[-MOST_TURNS:])
            if len(self._kept) > MOST_CONVERSATIONS:
                self._kept.popitem(last=False)

    def forget(self, conversation: str) -> None:
        with self._lock:
            self._kept.pop(conversation, None)
            self._keep(conversation, ())

    def _keep(self, conversation: str, turns: tuple[Turn, ...]) -> None:
        self._kept[conversation] = (self._clock(), turns)

    def _expire(self) -> None:
        """Delete conversations that are over: they stand first."""
        oldest = self._clock() - KEPT_SECONDS
        while self._kept:
            conversation, (last_message, _) = next(iter(self._kept.items()))
            if last_message > oldest:
                return
            del self._kept[conversation]


def new_conversation_id() -> str:
    """An id that cannot be guessed: 22 characters of A-Z, a-z, 0-9, - and _."""
    return secrets.token_urlsafe(16)
