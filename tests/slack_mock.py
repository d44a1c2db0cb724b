"""Slack as the bot sees it: a Web API over HTTP that refuses what Slack would refuse.

It answers the methods that the bot calls, takes what is posted to a `response_url`, and
puts every call where a test can wait for it.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

BOT_USER = "U0BOT"
TOKEN = "xoxb-test"
APP_TOKEN = "xapp-test"
SECONDS = 20
"""How long a test waits for what has to come."""


@dataclass(frozen=True)
class Call:
    """A call of the Web API, or what was posted to a `response_url`."""

    method: str
    arguments: dict[str, Any]
    token: str = ""


@dataclass
class SlackMock:
    """The calls so far, in a queue; `replies` replaces what a method answers."""

    url: str
    calls: queue.Queue[Call] = field(default_factory=queue.Queue)
    replies: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def response_url(self) -> str:
        return f"{self.url}/commands/T1/1/secret"

    def next_call(self) -> Call:
        """The next call that is not about who the bot is."""
        while True:
            call = self.calls.get(timeout=SECONDS)
            if call.method not in ("auth.test", "apps.connections.open"):
                return call

    def calls_so_far(self) -> list[Call]:
        """What is waiting; only when nothing is under way is it all."""
        waiting = []
        while not self.calls.empty():
            waiting.append(self.calls.get())
        return [call for call in waiting if call.method != "auth.test"]

    def answer(self, call: Call) -> dict[str, Any]:
        if call.method in self.replies:
            return self.replies[call.method]
        if call.token not in (TOKEN, APP_TOKEN) and call.method != "response_url":
            return {"ok": False, "error": "invalid_auth"}
        if problem := refusal_of(call.arguments):
            return {"ok": False, "error": problem}
        if call.method == "auth.test":
            return {
                "ok": True,
                "user_id": BOT_USER,
                "bot_id": "B0BOT",
                "team_id": "T1",
                "user": "chatbot",
                "team": "Shop",
                "url": "https://shop.slack.com/",
            }
        if call.method == "conversations.open":
            return {"ok": True, "channel": {"id": "D1"}}
        return {"ok": True, "ts": "1700000000.000900"}


@contextmanager
def slack_mock() -> Iterator[SlackMock]:
    """A mock that answers for as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length).decode()
            if "json" in self.headers.get("Content-Type", ""):
                arguments = json.loads(body or "{}")
            else:
                arguments = {k: v[0] for k, v in parse_qs(body).items()}
            method = "response_url"
            if self.path.startswith("/api/"):
                method = self.path.removeprefix("/api/")
            for name in ("blocks", "view"):
                if isinstance(arguments.get(name), str):
                    arguments[name] = json.loads(arguments[name])
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            call = Call(method, arguments, token)
            reply = json.dumps(mock.answer(call)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)
            mock.calls.put(call)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    mock = SlackMock(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield mock
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def refusal_of(arguments: dict[str, Any]) -> str:
    """Why Slack would refuse a message or a view; empty when it would not.

    https://docs.slack.dev/reference/block-kit/blocks/
    """
    view = arguments.get("view")
    blocks = view["blocks"] if view else arguments.get("blocks", [])
    if len(blocks) > (100 if view else 50) or len(json.dumps(blocks)) > 250_000:
        return "invalid_blocks"
    if sum(length_of(words) for words in _strings(blocks)) > 13_000:
        return "msg_blocks_too_long"
    if length_of(arguments.get("text", "")) > 3_000:
        return "msg_too_long"
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(names)) < len(names) or not all(map(_is_valid, blocks)):
        return "invalid_blocks"
    return ""


def length_of(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _is_valid(block: dict[str, Any]) -> bool:
    if block["type"] == "header":
        return _is_text(block["text"]["text"], 150)
    if block["type"] == "actions":
        elements = block["elements"]
        actions = [element["action_id"] for element in elements]
        return (
            0 < len(elements) <= 25
            and len(set(actions)) == len(actions)
            and all(
                _is_text(element["text"]["text"], 75)
                and length_of(element.get("value", "")) <= 2000
                for element in elements
            )
        )
    if block["type"] == "rich_text":
        return bool(block["elements"]) and all(map(_is_rich_text, block["elements"]))
    return False


def _is_rich_text(part: dict[str, Any]) -> bool:
    if part["type"] == "rich_text_list":
        return bool(part["elements"]) and all(map(_is_rich_text, part["elements"]))
    if part["type"] not in ("rich_text_section", "rich_text_quote"):
        return False
    return bool(part["elements"]) and all(map(_is_piece, part["elements"]))


def _is_piece(piece: dict[str, Any]) -> bool:
    if piece["type"] == "user":
        return bool(piece["user_id"])
    if piece["type"] == "link":
        address = piece["url"]
        is_address = address.startswith(("http://", "https://"))
        return is_address and len(address) <= 3000 and _is_text(piece["text"], 3000)
    return piece["type"] == "text" and _is_text(piece["text"], 3000)


def _is_text(words: str, most: int) -> bool:
    return 0 < length_of(words) <= most
