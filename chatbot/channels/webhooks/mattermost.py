"""Mattermost's outgoing webhooks and slash commands.

https://developers.mattermost.com/integrate/webhooks/outgoing/
https://developers.mattermost.com/integrate/slash-commands/custom/
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Request

from chatbot.channels.replies import written_reply
from chatbot.channels.tokens import authorization_token
from chatbot.channels.webhooks.markdown import MattermostMarkdown
from chatbot.channels.webhooks.platform import (
    IncomingMessage,
    is_one_of,
    text_fields,
    without_trigger,
)
from chatbot.reply import Reply


@dataclass(frozen=True, slots=True)
class Mattermost:
    """A form or JSON, with the token in the header or in the body.

    A webhook is answered under the message, a command for its sender alone.
    """

    secrets: tuple[str, ...]
    name: str = "mattermost"

    def is_genuine(self, request: Request) -> bool:
        header = request.headers.get("Authorization", "")
        token = authorization_token(header, "Token")
        return is_one_of(token or text_fields(request).get("token", ""), self.secrets)

    def read(self, request: Request) -> IncomingMessage:
        fields = text_fields(request)
        trigger, command = fields.get("trigger_word", ""), fields.get("command", "")
        user = fields.get("user_id") or fields.get("user_name", "")
        channel = fields.get("channel_id", "")
        return IncomingMessage(
            text=without_trigger(fields.get("text", ""), trigger),
            call=command or trigger,
            conversation=f"mattermost:{channel}:{fields.get('root_id') or user}",
            id=fields.get("trigger_id") or fields.get("post_id", ""),
            is_command=bool(command),
        )

    def write(
        self, reply: Reply, message: IncomingMessage, public_url: str
    ) -> dict[str, Any]:
        return {
            "text": written_reply(reply, MattermostMarkdown(), public_url),
            "response_type": "ephemeral" if message.is_command else "comment",
        }
