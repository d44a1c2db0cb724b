"""What cannot be answered: a line in the log, and a word to the person who asked."""

from __future__ import annotations

import logging
import traceback

from slack_bolt.error import BoltError
from slack_sdk.errors import SlackApiError

from chatbot.channels.slack.messages import plain_message

LOG = logging.getLogger("chatbot.slack")

APOLOGY = plain_message(
    "I could not answer this. Ask again in a moment; if it fails again, the server's "
    "log says why."
)


def log_failure(error: Exception) -> None:
    """Log what failed and where, but not its message, in which a question may stand."""
    LOG.error(
        "A request of Slack could not be answered: %s\n%s",
        reason_of(error),
        "".join(traceback.format_tb(error.__traceback__)),
    )


def reason_of(error: BaseException) -> str:
    """What is wrong, in Slack's words where it is Slack that refuses."""
    refusal = error.__context__ if isinstance(error, BoltError) else error
    if isinstance(refusal, SlackApiError):
        return str(refusal.response["error"])
    return type(error).__name__
