"""Gunicorn's processes, each with the web server that `server.py` has.

    gunicorn --config deploy/gunicorn.conf.py

Gunicorn starts, watches and replaces the processes; what a connection may do, and how a
process leaves, is that of `serving`, in one process or in several.
"""

from __future__ import annotations

import os
from types import FrameType

from gunicorn.workers.base import Worker

from chatbot.channels.serving import WebServer, take_short_turns
from chatbot.settings import Settings


class WebServerWorker(Worker):  # type: ignore[misc]
    """A process of gunicorn that answers until it is told to leave."""

    _server: WebServer | None = None

    def run(self) -> None:
        """Answer requests; those that have begun when it is told to leave as well."""
        take_short_turns()
        listeners = [listener.sock for listener in self.sockets]
        settings = Settings.from_environment(os.environ)
        server = self._server = WebServer(self.wsgi, listeners, settings)
        while self.alive and self.ppid == os.getppid():
            self.notify()
            server.turn()
        server.leave()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Leave after what has begun."""
        super().handle_exit(sig, frame)
        if self._server:
            self._server.wake()
