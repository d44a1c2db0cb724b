"""A reply as it leaves the server, for programs and for the chat page."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

from chatbot.channels.answer_service import Exchange
from chatbot.channels.source_links import quote_path
from chatbot.channels.web.models import Answered
from chatbot.reply import Reply


class AnsweredReplies:
    """Replies as the JSON that the API gives; safe to share between threads.

    One that is given again, in another conversation, is made and checked once.
    """

    def __init__(self, kept: int) -> None:
        """`kept` is how many are kept to be given again."""
        self._anyones = lru_cache(kept)(_anyones)

    def of(self, exchange: Exchange) -> str:
        """The reply of an exchange. Raises `ValidationError` where it is none."""
        reply = exchange.reply
        own = {
            "conversation": reply.conversation,
            "notice": reply.notice,
            "id": exchange.id,
        }
        anyones = self._anyones(replace(reply, conversation="", notice=""))
        return f"{anyones[:-1]},{json.dumps(own)[1:]}"


def _anyones(reply: Reply) -> str:
    """The part of a reply's JSON that is the same in every conversation."""
    checked = Answered.model_validate(shown_reply(reply, ""))
    return checked.model_dump_json(exclude={"conversation", "notice", "id"})


def shown_reply(reply: Reply, exchange: str) -> dict[str, Any]:
    """The reply's JSON with its exchange's id and, as “link”, each quote's place."""
    shown = reply.to_dict() | {"id": exchange}
    for quote, fields in zip(reply.quotes, shown["quotes"], strict=True):
        fields["link"] = quote_path(quote)
    return shown
