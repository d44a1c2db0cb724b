"""What every channel asks of a message before the bot sees it."""

from __future__ import annotations

from chatbot.errors import MessageError


def checked_message(text: str, most_characters: int) -> str:
    """The message without white space around it.

    Raises `MessageError` when nothing is left of it, when that is longer than
    `most_characters`, or when it cannot be written as UTF-8.
    """
    message = text.strip()
    if not message:
        raise MessageError("empty_message", "The message is empty; type a question.")
    if len(message) > most_characters:
        raise MessageError(
            "message_too_long",
            f"The message is too long; ask in at most {most_characters:,} characters.",
        )
    try:
        message.encode()
    except UnicodeEncodeError:
        raise MessageError(
            "invalid_message",
            "The message is not valid text: it holds half of a surrogate pair.",
        ) from None
    return message
