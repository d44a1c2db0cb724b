"""Questions as they come in: as they were typed, neither empty nor too long."""

from __future__ import annotations

import re

from chatbot.errors import ChatbotError

_NO_BYTE = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")


def typed_text(text: str) -> str:
    """The text as UTF-8, each byte that is none made a replacement character.

    Takes what a stream or an argument holds whose undecodable bytes were kept as
    surrogates.
    """
    text = _NO_BYTE.sub("\ufffd", text)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def checked_question(text: str, most_characters: int) -> str:
    """The question without white space around it.

    Raises `ChatbotError` when there is nothing left, or too much.
    """
    question = text.strip()
    if not question:
        raise ChatbotError("the question is empty; write one in quotes.")
    if len(question) > most_characters:
        raise ChatbotError(
            f"the question is too long; ask it in at most {most_characters:,} "
            "characters (CHATBOT_MAX_MESSAGE)."
        )
    return question
