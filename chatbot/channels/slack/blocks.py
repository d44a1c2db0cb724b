"""Block Kit: the few blocks that messages are made of, each within Slack's limits.

    section("All orders ship ", bold("within two days"), ".")

The pieces of rich text are literal: Slack looks for no markup, mention or link in them,
so that whatever a document says is shown as it stands and needs no escapes.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block/
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chatbot.channels.shortening import shortened_to

Block = dict[str, Any]
Piece = dict[str, Any]

MAX_TEXT = 3000
"""Characters of one text."""
MAX_LABEL = 75
MAX_ADDRESS = 3000
MAX_HEADER = 150


@dataclass(frozen=True, slots=True)
class Message:
    """What Slack shows: blocks, and where it cannot show them, a text in mrkdwn."""

    text: str
    blocks: tuple[Block, ...]

    def to_dict(self) -> dict[str, Any]:
        """The arguments of `chat.postMessage` that say what is posted."""
        return {
            "text": self.text,
            "blocks": list(self.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
        }


def text(words: str, *, bold: bool = False, italic: bool = False) -> Piece:
    """Words as they are."""
    piece: Piece = {"type": "text", "text": words}
    if bold or italic:
        styles = {"bold": bold, "italic": italic}
        piece["style"] = {name: True for name, is_on in styles.items() if is_on}
    return piece


def link(words: str, address: str) -> Piece:
    """Words that lead to an address; only the words, when Slack cannot take it."""
    if not address or len(address) > MAX_ADDRESS:
        return text(words)
    return {"type": "link", "url": address, "text": words}


def person(user: str) -> Piece:
    """A person, by Slack's id of them; it is shown as their name."""
    return {"type": "user", "user_id": user}


def rich_text(*parts: Block) -> Block:
    return {"type": "rich_text", "elements": list(parts)}


def line(*pieces: Piece) -> Block:
    """A line of rich text."""
    return {"type": "rich_text_section", "elements": _filled(pieces)}


def quote(*pieces: Piece) -> Block:
    """Rich text that is set off as a quote."""
    return {"type": "rich_text_quote", "elements": _filled(pieces)}


def bullets(lines: Iterable[Block]) -> Block:
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def header(words: str) -> Block:
    return {"type": "header", "text": _plain(shortened_to(words, MAX_HEADER))}


def buttons(name: str, *elements: Block) -> Block:
    """A row of buttons; `name` tells it from the message's other rows."""
    return {"type": "actions", "block_id": name, "elements": list(elements)}


def button(action: str, label: str, value: str = "") -> Block:
    """A button; `action` and `value` come back when it is pressed."""
    words = shortened_to(" ".join(label.split()), MAX_LABEL)
    element = {"type": "button", "action_id": action, "text": _plain(words)}
    return element | {"value": value} if value else element


def button_value(words: str) -> str:
    """Words as the value of a button, in which Slack would escape some characters."""
    value = json.dumps(words, ensure_ascii=False)
    for character in "&<>":
        value = value.replace(character, f"\\u{ord(character):04x}")
    return value


def words_of(value: str) -> str:
    """The words of a button's value; empty for a value that `button_value` has not
    written."""
    try:
        words = json.loads(value)
    except ValueError:
        return ""
    return words if isinstance(words, str) else ""


def _plain(words: str) -> Block:
    return {"type": "plain_text", "text": words, "emoji": False}


def _filled(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces that are not empty, which Slack would refuse."""
    return [piece for piece in pieces if piece.get("text") != ""]
