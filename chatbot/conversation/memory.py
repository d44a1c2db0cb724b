"""The conversations so far: the latest questions of each, in memory."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict

MOST_CONVERSATIONS = 10_000
MOST_QUESTIONS = 20
MOST_CHARACTERS = 500
"""Of a longer question the beginning is remembered."""


class ConversationStore:
    """Questions by conversation id; of the least recently used it forgets the oldest.

    Safe to share between threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._questions: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    def questions(self, conversation: str) -> tuple[str, ...]:
        """The questions of a conversation, oldest first; empty for an unknown id."""
        with self._lock:
            return self._questions.get(conversation, ())

    def add(self, conversation: str, question: str) -> None:
        """Remember a question as the latest of its conversation."""
        with self._lock:
            earlier = self._questions.pop(conversation, ())
            self._questions[conversation] = (*earlier, question[:MOST_CHARACTERS])[
                -MOST_QUESTIONS:
            ]
            if len(self._questions) > MOST_CONVERSATIONS:
                self._questions.popitem(last=False)


def new_conversation_id() -> str:
    """An id that cannot be guessed: 22 characters of A-Z, a-z, 0-9, - and _."""
    return secrets.token_urlsafe(16)
