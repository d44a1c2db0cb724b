"""Where every channel has its questions answered: in turn, in time, counted and kept.

For example:

    service = AnswerService(bot, settings, journal, Metrics())
    exchange = service.answer("What does it cost?", None, "web")
    exchange.reply.text, exchange.id
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from chatbot.bot import Chatbot
from chatbot.channels.conversation_limit import ConversationLimit
from chatbot.channels.gate import OVERLOADED, Gate
from chatbot.channels.metrics import Metrics
from chatbot.deadline import check_deadline
from chatbot.errors import OverloadedError, UnansweredError
from chatbot.insights.journal import Journal
from chatbot.reply import Reply
from chatbot.settings import Settings


@dataclass(frozen=True, slots=True)
class Exchange:
    """A reply, and the id to rate it by; empty where no journal is kept."""

    reply: Reply
    id: str


class AnswerService:
    """A bot with the limits of its settings; safe to share between threads."""

    def __init__(
        self,
        bot: Chatbot,
        settings: Settings,
        journal: Journal | None,
        metrics: Metrics,
    ) -> None:
        """Raises `SettingsError` when a limit of the settings cannot be used."""
        self._bot = bot
        self._journal = journal
        self._metrics = metrics
        self._deadline_seconds = settings.deadline_seconds
        self._gate = Gate(settings.threads, settings.queue)
        self._conversation_limit = ConversationLimit(settings)

    def check_room(self, channel: str) -> None:
        """Raises `OverloadedError` for a question that would be turned away."""
        if self._gate.is_full:
            error = OverloadedError(OVERLOADED)
            self._metrics.refused(channel, error)
            raise error

    def answer(
        self,
        message: str,
        conversation: str | None,
        channel: str,
        asked_at: float | None = None,
    ) -> Exchange:
        """The reply to a message that was asked at this moment of `time.monotonic()`.

        Raises `UnansweredError` in place of one.
        """
        began = time.monotonic() if asked_at is None else asked_at
        try:
            if conversation:
                self._conversation_limit.count(conversation)
            with (
                self._metrics.inside.track_inprogress(),
                self._gate.passed(began + self._deadline_seconds),
            ):
                draft = self._bot.draft(message, conversation)
                check_deadline()
                with self._recording(message, draft.reply, channel) as id_:
                    reply = self._bot.remember(draft)
        except UnansweredError as error:
            self._metrics.refused(channel, error)
            raise
        self._metrics.replied(channel, reply, time.monotonic() - began)
        return Exchange(reply, id_)

    def _recording(
        self, message: str, reply: Reply, channel: str
    ) -> AbstractContextManager[str]:
        """Keeps an exchange with what is remembered meanwhile; gives its id."""
        if not self._journal:
            return nullcontext("")
        return self._journal.recording(message, reply, channel)
