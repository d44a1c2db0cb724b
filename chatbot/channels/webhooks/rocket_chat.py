"""Rocket.Chat's outgoing webhooks.

https://docs.rocket.chat/docs/create-outgoing-webhooks
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Request

from chatbot.channels.replies import written_reply
from chatbot.channels.webhooks.markdown import RocketChatMarkdown
from chatbot.channels.webhooks.platform import (
    IncomingMessage,
    is_one_of,
    json_object,
    text_fields,
    text_of,
    without_trigger,
)
from chatbot.reply import Reply

_NO_BOT = (None, False, "", "false")


@dataclass(frozen=True, slots=True)
class RocketChat:
    """JSON with the token in it; `bot` says that a bot wrote the message."""

    secrets: tuple[str, ...]
    name: str = "rocketchat"

    def is_genuine(self, request: Request) -> bool:
        return is_one_of(text_fields(request).get("token", ""), self.secrets)

    def read(self, request: Request) -> IncomingMessage:
        fields = text_fields(request)
        body = json_object(request)
        message = body.get("message")
        thread = text_of(message.get("tmid")) if isinstance(message, dict) else ""
        user = fields.get("user_id") or fields.get("user_name", "")
        trigger = fields.get("trigger_word", "")
        return IncomingMessage(
            text=without_trigger(fields.get("text", ""), trigger),
            call=trigger,
            conversation=f"rocketchat:{fields.get('channel_id', '')}:{thread or user}",
            thread=thread,
            id=fields.get("message_id", ""),
            from_bot=body.get("bot") not in _NO_BOT,
        )

    def write(
        self, reply: Reply, message: IncomingMessage, public_url: str
    ) -> dict[str, Any]:
        response = {"text": written_reply(reply, RocketChatMarkdown(), public_url)}
        return response | ({"tmid": message.thread} if message.thread else {})
