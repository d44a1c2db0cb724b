"""What a request to the web channel says: the message and its conversation."""

from __future__ import annotations

import re

from chatbot.channels.messages import checked_message
from chatbot.channels.web.refusals import Refusal
from chatbot.errors import MessageError

_ISSUED_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{22}")


def question_of(message: str, limit: int) -> str:
    """The message, when it is one that the bot can read; else raises `Refusal`."""
    try:
        return checked_message(message, limit)
    except MessageError as error:
        raise Refusal(error.code, str(error)) from None


def issued(conversation: str) -> str | None:
    """The id when it has the form of those the bot issues, or None.

    Other channels name their conversations otherwise, so that the web cannot join them.
    """
    return conversation if _ISSUED_CONVERSATION.fullmatch(conversation) else None
