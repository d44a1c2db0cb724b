"""Microsoft Teams' outgoing webhooks.

https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook
"""

from __future__ import annotations

import base64
import hmac
import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Request

from chatbot.channels.replies import written_reply
from chatbot.channels.tokens import authorization_token, is_recent
from chatbot.channels.webhooks.platform import (
    IncomingMessage,
    is_one_of,
    json_object,
    text_of,
)
from chatbot.errors import SettingsError
from chatbot.reply import Reply

_MENTION = re.compile(r"<at\b[^<>]*>[^<>]*</at>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_LINE_END = re.compile(r"<(?:br|/p|/div)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Teams:
    """Signed JSON whose text is HTML that begins with a mention of the webhook.

    A secret is the security token that Teams shows once, in base64 as it shows it.
    """

    secrets: tuple[str, ...]
    name: str = "teams"

    def __post_init__(self) -> None:
        """Raises `SettingsError` for a secret that is not base64."""
        try:
            for secret in self.secrets:
                base64.b64decode(secret, validate=True)
        except ValueError:
            raise SettingsError(
                "CHATBOT_TEAMS_TOKEN is not base64; set it to the security token as "
                "Teams shows it when the outgoing webhook is created."
            ) from None

    def is_genuine(self, request: Request) -> bool:
        header = request.headers.get("Authorization", "")
        sent = authorization_token(header, "HMAC")
        body = request.get_data()
        expected = tuple(signature(body, secret) for secret in self.secrets)
        return is_one_of(sent, expected) and _is_recent(json_object(request))

    def read(self, request: Request) -> IncomingMessage:
        body = json_object(request)
        sender, place = (_object(body, name) for name in ("from", "conversation"))
        return IncomingMessage(
            text=_plain_text(text_of(body.get("text"))),
            call="the webhook's name",
            conversation=f"teams:{text_of(place.get('id'))}:{text_of(sender.get('id'))}",
            id=text_of(body.get("id")),
            from_bot=text_of(sender.get("role")) == "bot",
        )

    def write(
        self, reply: Reply, message: IncomingMessage, public_url: str
    ) -> dict[str, Any]:
        text = written_reply(reply, _Html(), public_url)
        return {"type": "message", "textFormat": "xml", "text": text}


def signature(body: bytes, secret: str) -> str:
    """What Teams sends behind “HMAC” for a body; its key is the decoded secret."""
    digest = hmac.digest(base64.b64decode(secret), body, "sha256")
    return base64.b64encode(digest).decode()


class _Html:
    """The HTML that Teams takes in a message."""

    line_break = "<br>"

    def escaped(self, text: str) -> str:
        return html.escape(text, quote=False)

    def quoted(self, markup: str) -> str:
        return f"<blockquote>{markup}</blockquote>"

    def in_italics(self, markup: str) -> str:
        return f"<em>{markup}</em>"

    def linked(self, markup: str, address: str) -> str:
        return f'<a href="{html.escape(address)}">{markup}</a>'


def _is_recent(body: dict[str, Any]) -> bool:
    """Whether the time in a signed body, if it has one, is near the server's clock."""
    sent = body.get("timestamp")
    if sent is None:
        return True
    try:
        moment = datetime.fromisoformat(text_of(sent))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return is_recent(moment.timestamp())
    except (ValueError, OverflowError):
        return False


def _object(body: dict[str, Any], name: str) -> dict[str, Any]:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def _plain_text(markup: str) -> str:
    """What a person typed, from the HTML that Teams sends."""
    text = _LINE_END.sub("\n", _MENTION.sub("", markup))
    return html.unescape(_TAG.sub("", text)).replace("\xa0", " ").strip()
