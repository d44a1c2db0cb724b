"""Slack's outgoing webhooks and slash commands: a form comes, mrkdwn goes.

https://api.slack.com/legacy/custom-integrations/outgoing-webhooks
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Request

from chatbot.channels import mrkdwn
from chatbot.channels.webhooks.platform import (
    IncomingMessage,
    is_one_of,
    text_fields,
    without_trigger,
)
from chatbot.reply import Reply


@dataclass(frozen=True, slots=True)
class Slack:
    """The token stands in the form; a command is answered for its sender alone."""

    secrets: tuple[str, ...]
    name: str = "slack"

    def is_genuine(self, request: Request) -> bool:
        return is_one_of(request.form.get("token", ""), self.secrets)

    def read(self, request: Request) -> IncomingMessage:
        form = text_fields(request)
        trigger, command = form.get("trigger_word", ""), form.get("command", "")
        user = form.get("user_id") or form.get("user_name", "")
        channel = form.get("channel_id", "")
        return IncomingMessage(
            text=mrkdwn.plain_text(without_trigger(form.get("text", ""), trigger)),
            call=command or trigger,
            conversation=f"slack:{channel}:{form.get('thread_ts') or user}",
            id=form.get("trigger_id") or form.get("timestamp", ""),
            from_bot=user == "USLACKBOT" or form.get("user_name") == "slackbot",
            is_command=bool(command),
        )

    def write(
        self, reply: Reply, message: IncomingMessage, public_url: str
    ) -> dict[str, Any]:
        response = {"text": mrkdwn.from_reply(reply, public_url)}
        if message.is_command:
            response["response_type"] = "ephemeral"
        return response
