"""A reply as it leaves the server, for programs and for the chat page."""

from __future__ import annotations

from typing import Any

from chatbot.channels.source_links import quote_path
from chatbot.reply import Reply


def shown_reply(reply: Reply, exchange: str) -> dict[str, Any]:
    """The reply's JSON with its exchange's id and, as “link”, each quote's place."""
    shown = reply.to_dict() | {"id": exchange}
    for quote, fields in zip(reply.quotes, shown["quotes"], strict=True):
        fields["link"] = quote_path(quote)
    return shown
