"""The conversations so far: the latest questions of each, in memory."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass

from chatbot.conversation.choices import Offer

MOST_CONVERSATIONS = 10_000
MOST_QUESTIONS = 20
MOST_CHARACTERS = 500
"""Of a longer question the beginning is remembered."""


@dataclass(frozen=True, slots=True)
class _Conversation:
    """Its questions, oldest first, and the headings on offer since the latest."""

    questions: tuple[str, ...] = ()
    offer: Offer | None = None


class ConversationStore:
    """Conversations by id; of the least recently used it forgets the oldest.

    Safe to share between threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._conversations: OrderedDict[str, _Conversation] = OrderedDict()

    def questions(self, conversation: str) -> tuple[str, ...]:
        """The questions of a conversation, oldest first; empty for an unknown id."""
        return self._get(conversation).questions

    def offer(self, conversation: str) -> Offer | None:
        """The headings on offer in a conversation, if it has a choice to make."""
        return self._get(conversation).offer

    def add(self, conversation: str, question: str, offer: Offer | None = None) -> None:
        """Remember a question as the latest, and what is on offer from now on."""
        with self._lock:
            earlier = self._conversations.pop(conversation, _Conversation())
            questions = (*earlier.questions, question[:MOST_CHARACTERS])
            self._conversations[conversation] = _Conversation(
                questions[-MOST_QUESTIONS:], offer
            )
            if len(self._conversations) > MOST_CONVERSATIONS:
                self._conversations.popitem(last=False)

    def _get(self, conversation: str) -> _Conversation:
        with self._lock:
            return self._conversations.get(conversation, _Conversation())


def new_conversation_id() -> str:
    """An id that cannot be guessed: 22 characters of A-Z, a-z, 0-9, - and _."""
    return secrets.token_urlsafe(16)
