"""The app's home in Slack: what can be asked, and of which documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatbot.bot import Chatbot
from chatbot.channels.shortening import shortened_to
from chatbot.channels.slack.blocks import (
    Block,
    bullets,
    button,
    button_value,
    buttons,
    header,
    line,
    rich_text,
    text,
)
from chatbot.channels.slack.messages import ASK

MOST_DOCUMENTS = 20
_TITLE_CHARACTERS = 150
_WELCOME = (
    "Ask me here, mention me in a channel, or type /ask. I answer in the documents' "
    "own words, show where they stand, and say so when they do not answer."
)


def home_view(bot: Chatbot) -> dict[str, Any]:
    """The view that `views.publish` takes."""
    starters, documents = bot.suggestions(), bot.documents()
    blocks = [header("Ask the documents"), rich_text(line(text(_WELCOME)))]
    if starters:
        asking = [
            button(f"{ASK}-{number}", words, button_value(words))
            for number, words in enumerate(starters)
        ]
        blocks += [header("To begin with"), buttons("starters", *asking)]
    blocks += [header("What I know"), *_listed([title for _, title in documents])]
    return {"type": "home", "blocks": blocks}


def _listed(titles: Sequence[str]) -> list[Block]:
    """The first titles, and how many more there are."""
    shown = [" ".join(title.split()) for title in titles[:MOST_DOCUMENTS]]
    lines = [line(text(shortened_to(title, _TITLE_CHARACTERS))) for title in shown]
    if left := len(titles) - len(shown):
        lines.append(line(text(f"and {left:,} more")))
    return [rich_text(bullets(lines))]
