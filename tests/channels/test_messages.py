"""What a message must be before the bot sees it."""

import pytest

from chatbot.channels.messages import checked_message
from chatbot.errors import MessageError


def test_a_message_loses_the_white_space_around_it():
    assert checked_message(" When?\n", 7) == "When?"


@pytest.mark.parametrize(
    ("text", "code", "advice"),
    [
        ("", "empty_message", "is empty; type a question"),
        (" \n\t\u00a0", "empty_message", "is empty; type a question"),
        ("Whenever?", "message_too_long", "too long; ask in at most 7 characters"),
        ("\ud800", "invalid_message", "half of a surrogate pair"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(text, code, advice):
    with pytest.raises(MessageError, match=advice) as refused:
        checked_message(text, 7)
    assert refused.value.code == code
