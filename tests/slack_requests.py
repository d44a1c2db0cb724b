"""What Slack sends, as its documentation shows it, signed as Slack signs it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from chatbot.channels.slack.signatures import signed

QUESTION = "How many days does delivery to the islands take?"
SENTENCE = "Delivery to the islands takes nine days."
SHOP = f"""# Delivery

{SENTENCE} The ferry leaves on Mondays & Fridays.

# Returns

A parcel can be sent back within a month.
"""

Send = Callable[[dict[str, Any]], TestResponse]
"""Posts a body to the application as Slack does."""

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"

_RECORDED = Path(__file__).parent / "channels" / "slack" / "requests"


def recorded(name: str) -> dict[str, Any]:
    """One of the files in `requests/`, by its name without the ending."""
    body: dict[str, Any] = json.loads((_RECORDED / f"{name}.json").read_text("utf-8"))
    return body


def event(name: str, id: str = "", **fields: Any) -> dict[str, Any]:
    """A recorded event, under another id and with other fields of the inner event."""
    body = recorded(name)
    body["event"] |= fields
    body["event_id"] = id or body["event_id"]
    return body


def command(text: str, response_url: str) -> dict[str, Any]:
    """The recorded command with another text and address."""
    return recorded("slash_command") | {"text": text, "response_url": response_url}


def press(name: str, action: str, value: str, response_url: str = "") -> dict[str, Any]:
    """A recorded press of a button, as that of another button."""
    body = recorded(name)
    body["actions"][0] |= {"action_id": action, "value": value}
    return body | {"response_url": response_url} if response_url else body


def encoded(body: dict[str, Any]) -> tuple[bytes, str]:
    """The bytes and the content type of a request: each kind comes in its own way."""
    if "command" in body:
        return urlencode(body).encode(), "application/x-www-form-urlencoded"
    if body["type"] == "block_actions":
        form = {"payload": json.dumps(body)}
        return urlencode(form).encode(), "application/x-www-form-urlencoded"
    return json.dumps(body).encode(), "application/json"


def headers(body: bytes, content_type: str, secret: str = SECRET) -> dict[str, str]:
    """The headers of a request that is signed now."""
    timestamp = str(int(time.time()))
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signed(body, timestamp, secret),
    }
