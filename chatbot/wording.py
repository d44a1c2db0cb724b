"""The bot's own words: everything it says that is not a quote."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.conversation.small_talk import SmallTalk

_SMALL_TALK: dict[SmallTalk, str] = {
    "greeting": (
        "Hello! Ask me about the documents here: I answer in their own words and show "
        "where they stand."
    ),
    "thanks": "You are welcome.",
    "goodbye": "Goodbye!",
    "help": (
        "Ask a question about the documents here. I answer in their own words, show "
        "where they stand, and say so when they do not answer."
    ),
}
_MOST_WORDS_NAMED = 3

CLARIFY_TEXT = (
    "More than one part of the documents speaks of this. Which one do you mean?"
)
"""What to say before the headings that a question could mean."""


def small_talk_text(kind: SmallTalk) -> str:
    """What to say to a message that is not a question."""
    return _SMALL_TALK[kind]


def not_found_text(unknown: Sequence[str]) -> str:
    """What to say when the documents do not answer or hold the `unknown` words."""
    text = "The documents do not cover this."
    if unknown:
        named = ", ".join(f"“{word}”" for word in unknown[:_MOST_WORDS_NAMED])
        text += f" They say nothing of {named}."
    return text
