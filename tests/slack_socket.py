"""Slack's end of Socket Mode: a WebSocket server that speaks its protocol.

https://docs.slack.dev/apis/events-api/using-socket-mode/
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.sync.server import ServerConnection, serve

from tests.slack_mock import SECONDS

HELLO = {
    "type": "hello",
    "connection_info": {"app_id": "A123ABC456"},
    "num_connections": 1,
    "debug_info": {"host": "applink-1", "approximate_connection_time": 18060},
}


@dataclass
class SlackSocket:
    """Slack's end of the WebSocket: connections as they come, and what was said."""

    url: str = ""
    connections: queue.Queue[ServerConnection] = field(default_factory=queue.Queue)
    received: queue.Queue[dict[str, Any]] = field(default_factory=queue.Queue)

    def next_connection(self) -> ServerConnection:
        return self.connections.get(timeout=SECONDS)

    def next_received(self) -> dict[str, Any]:
        return self.received.get(timeout=SECONDS)


@contextmanager
def slack_socket() -> Iterator[SlackSocket]:
    socket = SlackSocket()

    def talk(connection: ServerConnection) -> None:
        connection.send(json.dumps(HELLO))
        socket.connections.put(connection)
        for message in connection:
            socket.received.put(json.loads(message))

    with serve(talk, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        socket.url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/link"
        try:
            yield socket
        finally:
            server.shutdown()
            thread.join()


def envelope(kind: str, id: str, payload: dict[str, Any]) -> str:
    """A request as it comes over the WebSocket."""
    body = {"type": kind, "envelope_id": id, "payload": payload}
    return json.dumps(body | {"accepts_response_payload": kind != "events_api"})
