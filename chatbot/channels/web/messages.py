"""What a request to the web channel says: the message and its conversation."""

from __future__ import annotations

import re

from chatbot.channels.messages import checked_message
from chatbot.channels.web.refusals import Refusal
from chatbot.conversation.memory import new_conversation_id
from chatbot.errors import MessageError

_ISSUED_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{22}")


def question_of(message: str, limit: int) -> str:
    """The message, when it is one that the bot can read; else raises `Refusal`."""
    try:
        return checked_message(message, limit)
    except MessageError as error:
        raise Refusal(error.code, str(error)) from None


def issued(conversation: str) -> str | None:
    """The id when it has the form of those the bot issues; None when there is none.

    Other channels name their conversations otherwise: so that the web cannot join them,
    such an id is replaced by one that is as unknown.
    """
    if not conversation or _ISSUED_CONVERSATION.fullmatch(conversation):
        return conversation or None
    return new_conversation_id()
