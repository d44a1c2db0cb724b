"""A reply as it leaves the server, for programs and for the chat page."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from chatbot.channels.answer_service import Exchange
from chatbot.channels.source_links import quote_path
from chatbot.channels.web.models import Answered
from chatbot.reply import Reply


class AnsweredReplies:
    """Replies as the API gives them; safe to share between threads.

    One that is given again, in another conversation, is made and checked once.
    """

    def __init__(self, kept: int) -> None:
        """`kept` is how many are kept to be given again."""
        self._checked = lru_cache(kept)(_checked)

    def of(self, exchange: Exchange) -> Answered:
        """The reply of an exchange. Raises `ValidationError` where it is none."""
        reply = exchange.reply
        own = {"conversation": reply.conversation, "notice": reply.notice}
        anyones = self._checked(replace(reply, conversation="", notice=""))
        return anyones.model_copy(update=own | {"id": exchange.id})


def _checked(reply: Reply) -> Answered:
    return Answered.model_validate(shown_reply(reply, ""))


def shown_reply(reply: Reply, exchange: str) -> dict[str, Any]:
    """The reply's JSON with its exchange's id and, as “link”, each quote's place."""
    shown = reply.to_dict() | {"id": exchange}
    for quote, fields in zip(reply.quotes, shown["quotes"], strict=True):
        fields["link"] = quote_path(quote)
    return shown
