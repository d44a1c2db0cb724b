"""The web server on real sockets: slow clients, what is no HTTP, and leaving."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest
from flask import Flask

from chatbot.channels import connections
from chatbot.channels.serving import WebServer, listen
from chatbot.settings import Settings

PATIENCE = 60
BEGUN = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "
LARGE = 40 * 1024 * 1024
"""Bytes of a response: more than the system takes over for a client."""


class Held:
    """Something that begins, and goes on once it may."""

    def __init__(self) -> None:
        self.has_begun = threading.Event()
        self.may_go_on = threading.Event()


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def app(held: Held) -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def page() -> str:
        return "here"

    @app.get("/held")
    def wait() -> str:
        held.has_begun.set()
        held.may_go_on.wait(PATIENCE)
        return "done"

    @app.get("/large")
    def large() -> bytes:
        return bytes(LARGE)

    return app


class Running:
    """A server that runs in a thread until it is told to leave."""

    def __init__(self, app: Flask) -> None:
        listener = listen("127.0.0.1", 0)
        self.address = listener.getsockname()
        self._server = WebServer(app, [listener], Settings(threads=1, queue=1))
        self._stop = threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._server.turn(0.01)
        self._server.leave(PATIENCE)

    def stop(self) -> None:
        if not self._stop.is_set():
            self._stop.set()
            self._server.wake()

    def connect(self) -> socket.socket:
        return socket.create_connection(self.address, timeout=PATIENCE)

    def get(self, path: str) -> bytes:
        connection = HTTPConnection(*self.address, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        finally:
            connection.close()


@contextmanager
def running(app: Flask) -> Iterator[Running]:
    server = Running(app)
    try:
        yield server
    finally:
        server.stop()
        server.thread.join(PATIENCE)


@pytest.fixture
def server(app: Flask) -> Iterator[Running]:
    with running(app) as server:
        yield server


def received(client: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    parts = iter(lambda: client.recv(65536), b"")
    try:
        return b"".join(parts)
    except ConnectionResetError:
        return b""


def test_clients_that_send_nothing_whole_hold_no_thread(server: Running) -> None:
    slow = [server.connect() for _ in range(50)]
    for client in slow:
        client.sendall(BEGUN)
    assert server.get("/") == b"here"
    for client in slow:
        client.close()


def test_clients_that_take_no_response_hold_no_thread(server: Running) -> None:
    slow = [server.connect() for _ in range(12)]
    for client in slow:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
    assert server.get("/") == b"here"
    for client in slow:
        client.close()


def test_of_requests_that_come_together_none_waits_for_the_next(
    server: Running, held: Held
) -> None:
    with server.connect() as client, client.makefile("rb") as responses:
        client.sendall(
            b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
            b"GET /held HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        assert held.has_begun.wait(PATIENCE)
        while responses.readline() != b"\r\n":
            pass
        assert responses.read(4) == b"here"
        held.may_go_on.set()
        assert responses.read().endswith(b"done")


@pytest.mark.parametrize("drips", [False, True])
def test_a_request_that_takes_too_long_is_cut_off(
    server: Running, monkeypatch: pytest.MonkeyPatch, drips: bool
) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.05)
    with server.connect() as client:
        client.sendall(BEGUN)
        if drips:
            client.settimeout(0.01)
            with pytest.raises((ConnectionError, EOFError)):
                drip(client)
        else:
            assert received(client) == b""


def drip(client: socket.socket) -> None:
    """Send a byte now and then, as long as the server takes it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        client.sendall(b"x")
        try:
            if not client.recv(1):
                raise EOFError
        except TimeoutError:
            continue


def test_an_idle_connection_is_closed(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "IDLE_SECONDS", 0.05)
    with server.connect() as client:
        assert received(client) == b""


def test_a_response_that_is_not_taken_in_time_is_cut_off(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "RESPONSE_SECONDS", 0.05)
    with server.connect() as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        client.recv(1)
        assert eventually(lambda: len(server._server._connections()) == 0)
        assert len(received(client)) < LARGE


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < until:
        threading.Event().wait(0.01)
    return holds()


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"GET / HTTP/1.1\r\nA: ".ljust(16 * 1024, b"x"), b"431", "header_fields"),
        (b"POST / HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", b"413", "entity"),
        (b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"400", "bad_request"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: x\r\n\r\n", b"501", "implemented"),
        (b"\xff\xfe\r\n\r\n", b"400", "bad_request"),
        (b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n", b"400", "bad_request"),
    ],
)
def test_what_is_no_request_is_refused_in_json_without_a_banner(
    server: Running, sent: bytes, status: bytes, code: str
) -> None:
    with server.connect() as client:
        client.sendall(sent)
        head, _, body = received(client).partition(b"\r\n\r\n")
    assert head.split()[1] == status
    error = json.loads(body)["error"]
    assert code in error["code"]
    assert error["message"]
    assert b"nosniff" in head
    assert b"Content-Security-Policy" in head
    assert b"Server:" not in head
    assert b"waitress" not in head + body


def test_what_has_begun_is_answered_before_the_server_leaves(
    app: Flask, held: Held
) -> None:
    with running(app) as server, server.connect() as idle, server.connect() as half:
        half.sendall(BEGUN)
        replies: list[bytes] = []
        asking = threading.Thread(target=lambda: replies.append(server.get("/held")))
        asking.start()
        assert held.has_begun.wait(PATIENCE)
        server.stop()
        assert received(idle) == b""
        assert received(half) == b""
        with pytest.raises(ConnectionError):
            server.connect()
        held.may_go_on.set()
        asking.join(PATIENCE)
        assert replies == [b"done"]
        server.thread.join(PATIENCE)
        assert not server.thread.is_alive()


def test_what_takes_too_long_does_not_keep_the_server(app: Flask, held: Held) -> None:
    with listen("127.0.0.1", 0) as listener:
        server = WebServer(app, [listener], Settings(threads=1, queue=1))
        with socket.create_connection(listener.getsockname(), PATIENCE) as client:
            client.sendall(b"GET /held HTTP/1.1\r\nHost: x\r\n\r\n")
            while not held.has_begun.is_set():
                server.turn(0.01)
            server.leave(seconds=0.05)
            held.may_go_on.set()
            server.leave(PATIENCE)
