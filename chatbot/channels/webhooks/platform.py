"""What one chat platform has of its own, as the handler of all of them sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Request
from werkzeug.exceptions import BadRequest

from chatbot.channels.tokens import are_equal
from chatbot.reply import Reply


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message as a platform sent it.

    `text` is what was asked, without `call`, the word that called the bot.
    `conversation` names the place and the person. `thread` is the thread to answer in,
    empty outside of one and where the platform finds it by itself. `id` is the
    platform's own name for this very message, empty when it sends none. `from_bot`
    marks what a bot said, which is never answered. `is_command` marks a slash command,
    which only the person who typed it sees.
    """

    text: str
    call: str
    conversation: str
    thread: str = ""
    id: str = ""
    from_bot: bool = False
    is_command: bool = False


class Platform(Protocol):
    """What differs from one chat platform to the next."""

    @property
    def name(self) -> str:
        """The last part of the address that the platform posts to."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What its requests are recognised by, one a webhook; none: it is off."""

    def is_genuine(self, request: Request) -> bool:
        """Whether a request carries, or is signed with, one of the secrets."""

    def read(self, request: Request) -> IncomingMessage:
        """The message that a genuine request carries."""

    def write(
        self, reply: Reply, message: IncomingMessage, public_url: str
    ) -> dict[str, Any]:
        """The JSON that shows a reply where the message came from.

        `public_url` is the server's own address, for links to its source pages.
        """


def secrets_in(setting: str) -> tuple[str, ...]:
    """The secrets of a setting, which commas or spaces separate."""
    return tuple(filter(None, re.split(r"[,\s]+", setting)))


def is_one_of(sent: str, secrets: tuple[str, ...]) -> bool:
    """Whether what was sent is one of the secrets; each of them is compared."""
    are_same = [are_equal(sent, secret) for secret in secrets]
    return any(are_same) and bool(sent)


def text_fields(request: Request) -> dict[str, str]:
    """The texts, numbers and switches of a form or a JSON object, by name.

    Empty for anything else. Characters that no text can hold are replaced.
    """
    fields = json_object(request) if request.is_json else request.form.to_dict()
    return {
        name: text_of(value)
        for name, value in fields.items()
        if isinstance(value, str | int | float)
    }


def json_object(request: Request) -> dict[str, Any]:
    """The JSON object that a request carries; empty when it carries none."""
    try:
        body = request.get_json()
    except (BadRequest, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def text_of(value: object) -> str:
    """A value of JSON as text: without halves of surrogate pairs and without NUL.

    `true` and `false` are written as JSON has them; anything but text, a number or a
    switch is empty.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        return ""
    return str(value).encode(errors="replace").decode().replace("\x00", "")


def without_trigger(text: str, trigger: str) -> str:
    """The text without the word, in any case, that stands at its front."""
    text = text.strip()
    front, rest = text[: len(trigger)], text[len(trigger) :]
    if front.casefold() != trigger.casefold() or rest[:1].isalnum():
        return text
    return rest.lstrip().removeprefix(":").removeprefix(",").lstrip()
