"""Asking for a reply while a request waits: what cannot be answered is a refusal."""

from __future__ import annotations

from flask import g

from chatbot.channels.answer_service import AnswerService, Exchange
from chatbot.channels.web.arrival import arrived_at
from chatbot.channels.web.refusals import Busy, TooFast
from chatbot.errors import TooManyMessagesError, UnansweredError


def ask(
    service: AnswerService, message: str, conversation: str | None, channel: str
) -> Exchange:
    """The reply to a message of the current request, which is noted for its log.

    Raises `Busy` or `TooFast`.
    """
    g.question = message
    try:
        exchange = service.answer(message, conversation, channel, arrived_at())
    except TooManyMessagesError as error:
        raise TooFast(str(error), error.wait) from None
    except UnansweredError as error:
        raise Busy(str(error)) from None
    g.reply = exchange.reply
    return exchange
