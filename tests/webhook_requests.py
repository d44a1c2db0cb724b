"""The requests that each platform documents, and the shop that they are sent to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from werkzeug.test import TestResponse

from chatbot.settings import Settings

QUESTION = "How many days does delivery to the islands take?"
SENTENCE = "Delivery to the islands takes nine days."
SHOP = f"""Delivery
{SENTENCE} The ferry leaves on Mondays & Fridays.

Returns
A parcel can be sent back within a month. Write <!channel> on the parcel label.
"""

SENT_AT = datetime(2017, 2, 1, 21, 10, 8, tzinfo=UTC).timestamp()
"""The server's clock when the signed one of the recorded requests came."""

SETTINGS = Settings(
    client_limit="off",
    slack_webhook_token="XXXXXXXXXXXXXXXXXXXXXXXX",
    mattermost_token="zmigewsanbbsdf59xnmduzypjc, okwexkjpe3ygb8eq1ww58t483w",
    rocket_chat_token="4hZqgKcGKzqdcGJcDQwBqDs6",
    teams_token="+ZaRRMC8+mpnfGaGsBOmkIFt98bttL5YQRq3p2tXgcE=",
    public_url="https://ask.example",
    max_message_characters=100,
)

_RECORDED = Path(__file__).parent / "channels" / "webhooks" / "requests"


@dataclass(frozen=True)
class Recorded:
    """A request as its platform documents it."""

    path: str
    headers: dict[str, str]
    body: bytes


def recorded(name: str) -> Recorded:
    """One of the files in `requests/`, by its name without the ending."""
    raw = (_RECORDED / f"{name}.http").read_bytes()
    head, _, body = raw.partition(b"\n\n")
    first, *lines = head.decode().splitlines()
    headers = dict(line.split(": ", 1) for line in lines)
    return Recorded(first.split()[1], headers, body)


RECORDED = sorted(file.stem for file in _RECORDED.glob("*.http"))

Send = Callable[[Recorded], TestResponse]
"""Posts a request as it was recorded."""
