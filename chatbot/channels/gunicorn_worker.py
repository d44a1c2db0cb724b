"""Gunicorn's processes, each with the web server that `server.py` has.

    gunicorn --config deploy/gunicorn.conf.py

Gunicorn starts, watches and replaces the processes; what a connection may do, and how a
process leaves, is that of `serving`, in one process or in several.
"""

from __future__ import annotations

import os
import sys
import time
from types import FrameType

import click
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from chatbot.channels.serving import WebServer, take_short_turns
from chatbot.channels.terminal.characters import visible
from chatbot.errors import ChatbotError
from chatbot.settings import Settings

_RETRY_SECONDS = 5.0
"""How long a process that cannot start waits before gunicorn starts another for it."""

_LOOK_SECONDS = 0.05
"""Time between two looks whether it is told to leave."""


class _First:
    """Tells of all processes which is the first that has started, or could not.

    One that could not ends gunicorn, which fails in its turn when it meets that status
    once more while it ends. Once one has started, others are tried again.
    """

    def __init__(self) -> None:
        """To be made before the processes, which share it."""
        self._token, write = os.pipe()
        os.write(write, b"1")
        os.close(write)

    def claim(self) -> bool:
        """Whether no process was the first before; of several at once one is."""
        return bool(os.read(self._token, 1))


class WebServerWorker(Worker):  # type: ignore[misc]
    """A process of gunicorn that answers until it is told to leave."""

    _server: WebServer | None = None
    _first = _First()

    def load_wsgi(self) -> None:
        """Open the bot; where that fails, say why and leave."""
        try:
            super().load_wsgi()
        except (ChatbotError, OSError) as error:
            is_first = self._first.claim()
            until = time.monotonic() + (0 if is_first else _RETRY_SECONDS)
            while self._is_wanted() and time.monotonic() < until:
                time.sleep(_LOOK_SECONDS)
            if not self._is_wanted():
                sys.exit(0)
            click.echo(visible(f"Error: {error}"), err=True)
            sys.exit(Arbiter.WORKER_BOOT_ERROR if is_first else 1)
        self._first.claim()

    def run(self) -> None:
        """Answer requests; those that have begun when it is told to leave as well."""
        take_short_turns()
        listeners = [listener.sock for listener in self.sockets]
        settings = Settings.from_environment(os.environ)
        server = self._server = WebServer(self.wsgi, listeners, settings)
        while self._is_wanted():
            self.notify()
            server.turn()
        server.leave()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Leave after what has begun."""
        super().handle_exit(sig, frame)
        if self._server:
            self._server.wake()

    def _is_wanted(self) -> bool:
        """Whether it was neither told to leave nor left alone by gunicorn."""
        return bool(self.alive) and self.ppid == os.getppid()
