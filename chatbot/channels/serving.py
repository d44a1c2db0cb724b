"""Serving: a web application on an address, until someone stops it.

For example:

    with listen("127.0.0.1", 8000) as listener:
        print(url("127.0.0.1", listener))
        serve(WebServer(app, [listener], settings))
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from chatbot.channels.connections import Connection
from chatbot.errors import SettingsError
from chatbot.settings import Settings

SPARE_THREADS = 2
"""Beside those for the questions: what is refused, and the server's own pages."""

TURN_SECONDS = 0.0005

LEAVING_SECONDS = 3
"""How long requests that have begun are answered after a signal to stop."""

KILLED_AFTER_SECONDS = 5
"""After that signal, whatever still keeps the process from ending."""

_MOST_CONNECTIONS = 1000
_MAX_HEADER_BYTES = 16 * 1024
_MAX_BODY_BYTES = 1024 * 1024
"""The largest body that any address takes; most take less, see `refusals`."""

_SMALL_BYTES = 18_000
"""A response of up to this size is sent at once by the thread that reads requests: each
time that a thread which answers sends, it has to wait for its turn again."""

_MAX_BUFFERED_BYTES = 1024**3
"""Of responses not taken by their clients yet, on disk: no thread waits for them."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes a free one.

    Raises `SettingsError` when the address cannot be had.
    """
    advice = "Choose another with --host and --port."
    if not 0 <= port <= 65535:
        raise SettingsError(f"There is no port {port}; ports are 0 to 65535. {advice}")
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family)
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"Cannot listen on {host} port {port}: {_reason(error)}. {advice}"
        ) from error


def url(host: str, listener: socket.socket) -> str:
    """The address to open in a browser, with the port that the socket has."""
    return f"http://{address(host, listener.getsockname()[1])}"


def address(host: str, port: int) -> str:
    """Host and port as one text, which IPv6 needs brackets for."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def take_short_turns() -> None:
    """Let Python's threads take shorter turns than they do by default (5 ms).

    A thread that waited for the database must not wait for the others' whole turns.
    """
    sys.setswitchinterval(TURN_SECONDS)


class WebServer:
    """A web application on sockets, with as many threads as its settings need."""

    def __init__(
        self, app: Flask, listeners: Sequence[socket.socket], settings: Settings
    ) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._map: dict[int, wasyncore.dispatcher] = {}
        self._dispatcher = ThreadedTaskDispatcher()
        limits = Adjustments(
            ident=None,
            connection_limit=_MOST_CONNECTIONS,
            max_request_header_size=_MAX_HEADER_BYTES,
            max_request_body_size=_MAX_BODY_BYTES,
            outbuf_high_watermark=_MAX_BUFFERED_BYTES,
            clear_untrusted_proxy_headers=False,
        )
        limits.send_bytes = _SMALL_BYTES
        self._servers = [
            _Server(
                app,
                self._map,
                _sock=listener,
                dispatcher=self._dispatcher,
                adj=limits,
                sockinfo=(listener.family, listener.type, listener.proto, None),
                bind_socket=False,
            )
            for listener in listeners
        ]
        threads = settings.threads + settings.queue + SPARE_THREADS
        self._dispatcher.set_thread_count(threads)
        self._next_look = 0.0

    def turn(self, seconds: float = 1) -> None:
        """Read, write and accept whatever is due, for so long at the most."""
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + 1
            for connection in self._connections():
                if connection.is_late(now):
                    connection.handle_close()

    def wake(self) -> None:
        """End the turn that is going on; may be called by a signal handler."""
        self._servers[0].pull_trigger()

    def leave(self, seconds: float = LEAVING_SECONDS) -> None:
        """Accept nothing more, and answer what has come, for so long at the most."""
        until = time.monotonic() + seconds
        for server in self._servers:
            wasyncore.dispatcher.close(server)
        while True:
            for connection in self._connections():
                if not connection.is_busy:
                    connection.handle_close()
            if not self._connections() or time.monotonic() > until:
                break
            self.turn(0.05)
        self._end_threads(until)

    def _end_threads(self, until: float) -> None:
        """Let the threads end; what wakes the server is closed once none can use it."""
        threads, ended = self._dispatcher.threads, self._dispatcher.thread_exit_cv
        self._dispatcher.set_thread_count(0)
        with ended:
            remaining = max(until - time.monotonic(), 0)
            if not ended.wait_for(lambda: not threads, remaining):
                return
        for server in self._servers:
            server.trigger.socket.close()
            server.trigger.close()

    def _connections(self) -> list[Connection]:
        return [
            connection
            for server in self._servers
            for connection in list(server.active_channels.values())
        ]


class _Server(TcpWSGIServer):  # type: ignore[misc]
    """Its connections are looked after by `WebServer`, by a clock that never jumps."""

    channel_class = Connection

    def maintenance(self, now: float) -> None:
        pass


def serve(server: WebServer) -> None:
    """Answer requests until SIGTERM or SIGINT comes; what has begun is answered."""
    take_short_turns()
    stop = threading.Event()

    def on_signal(*_: object) -> None:
        if not stop.is_set():
            stop.set()
            server.wake()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    while not stop.is_set():
        server.turn()
    signal.alarm(KILLED_AFTER_SECONDS)
    server.leave()


def _reason(error: OSError | UnicodeError) -> str:
    """The system's own words: `create_server` adds the address in a raw form."""
    if not isinstance(error, OSError):
        return str(error)
    if error.errno is not None and error.errno > 0:
        return os.strerror(error.errno)
    return error.strerror or str(error)
