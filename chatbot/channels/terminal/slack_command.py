"""`python -m chatbot slack`: the bot in Slack over Socket Mode, until it is stopped."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import nullcontext

from chatbot.channels.keeping import keep_in_database
from chatbot.channels.slack.socket_mode import connected, require_tokens
from chatbot.channels.terminal.progress import open_bot
from chatbot.channels.terminal.screen import PlainScreen
from chatbot.channels.watching import watching
from chatbot.settings import Settings


def run_slack(settings: Settings) -> None:
    """Connect to Slack and answer there until Ctrl-C or a signal to stop.

    Raises `ChatbotError` when the documents, the database or Slack cannot be opened.
    """
    require_tokens(settings)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    bot = open_bot(settings)
    for line in (*bot.report.notices, *bot.report.skipped):
        _tell(str(line))
    journal = keep_in_database(bot, settings)
    try:
        with (
            connected(bot, settings, journal),
            watching(bot, _tell) if settings.watch else nullcontext(),
        ):
            screen = PlainScreen(sys.stdout)
            screen.show([("Answering in Slack (Ctrl-C stops)", "text")])
            bot.warm_up()
            threading.Event().wait()
    except KeyboardInterrupt:
        return


def _tell(line: str) -> None:
    """Write a line to standard error."""
    PlainScreen(sys.stderr).show([(line, "text")])
