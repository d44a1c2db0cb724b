"""What a request to the web channel says: the message and its conversation."""

from __future__ import annotations

import re

from chatbot.channels.messages import checked_message
from chatbot.channels.web.refusals import Refusal
from chatbot.errors import MessageError

_ISSUED_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{22}")


def question_of(message: object, limit: int) -> str:
    """The message, when it is text that the bot can read; else raises `Refusal`."""
    if message is None:
        raise Refusal("missing_message", "Send the question as “message”.")
    if not isinstance(message, str):
        raise Refusal("invalid_message", "“message” is not text; send a string.")
    try:
        return checked_message(message, limit)
    except MessageError as error:
        raise Refusal(error.code, str(error)) from None


def issued(conversation: str) -> str | None:
    """The id when it has the form of those the bot issues, or None.

    Other channels name their conversations otherwise, so that the web cannot join them.
    """
    return conversation if _ISSUED_CONVERSATION.fullmatch(conversation) else None
