"""Every address gets random bytes, bare and inside of what is genuine: nothing breaks.

`CHATBOT_FUZZ_REQUESTS` sets how many; `CHATBOT_FUZZ_SEED` which.
"""

from __future__ import annotations

import json
import logging
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot import Chatbot
from chatbot.channels.slack.signatures import signed
from chatbot.channels.tables import TABLES
from chatbot.channels.web import create_app
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.insights.journal import Journal
from chatbot.settings import Settings
from tests.slack_mock import TOKEN, slack_mock
from tests.slack_requests import SECRET
from tests.webhook_requests import RECORDED, SETTINGS, recorded

REQUESTS = int(os.environ.get("CHATBOT_FUZZ_REQUESTS", "400"))
SEED = int(os.environ.get("CHATBOT_FUZZ_SEED", "1"))
ADMIN_TOKEN = "a token of the admin"
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH")
CONTENT_TYPES = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain; charset=utf-16",
    "",
)
WORDS = (b"what", b"delivery", b"{", b'"', b"\x00", b"\xed\xa0\x80", b"[" * 99)
HEADERS = (
    "Authorization",
    "Cookie",
    "Origin",
    "Accept-Encoding",
    "Range",
    "If-None-Match",
    "X-Forwarded-For",
    "X-Slack-Signature",
    "X-Slack-Request-Timestamp",
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """An application with every channel on."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "shop.md").write_text("# Delivery\n\nDelivery takes nine days.\n")
    (corpus / "terms.txt").write_text("Returns\nSend it back within a month.\n")
    with slack_mock() as slack:
        settings = SETTINGS.with_values(
            slack_signing_secret=SECRET,
            slack_bot_token=TOKEN,
            slack_api_url=slack.api_url,
            admin_token=ADMIN_TOKEN,
            metrics_token=ADMIN_TOKEN,
            reload_token=ADMIN_TOKEN,
            conversation_limit="off",
            proxy_hops=1,
            log_requests=False,
            allowed_origins="https://shop.example",
        )
        bot = Chatbot.open(corpus, settings=Settings())
        engine = open_database(f"sqlite:///{tmp_path}/fuzz.sqlite", *TABLES)
        yield create_app(bot, settings, Journal(GroupedWrites(engine), keep_days=30))
        engine.dispose()


class Fuzzer:
    """Makes requests of chance, the same for the same seed."""

    def __init__(self, app: Flask, client: FlaskClient, seed: int) -> None:
        self._client = client
        self._chance = random.Random(seed)
        self._paths = sorted({rule.rule for rule in app.url_map.iter_rules()})
        self._genuine = [recorded(name) for name in RECORDED]

    def send(self) -> TestResponse:
        kinds: list[Callable[[], TestResponse]] = [
            self._bare,
            self._json,
            self._webhook,
            self._slack,
        ]
        return self._chance.choice(kinds)()

    def _bytes(self, most: int = 200) -> bytes:
        chance = self._chance
        if chance.random() < 0.3:
            words = (
                b"what",
                b"delivery",
                b"{",
                b'"',
                b"\x00",
                b"\xed\xa0\x80",
                b"[" * 99,
            )
            return b" ".join(chance.choices(words, k=chance.randrange(12)))
        return chance.randbytes(chance.randrange(most))

    def _text(self) -> str:
        return self._bytes().decode("utf-8", "surrogateescape")

    def _headers(self) -> dict[str, str]:
        values = (self._bytes(40).decode("latin-1") for _ in HEADERS)
        headers = {
            name: value.replace("\r", "").replace("\n", "")
            for name, value in zip(HEADERS, values, strict=True)
            if self._chance.random() < 0.2
        }
        if self._chance.random() < 0.3:
            headers["Authorization"] = f"Bearer {ADMIN_TOKEN}"
        return headers | {"Content-Type": self._chance.choice(CONTENT_TYPES)}

    def _bare(self) -> TestResponse:
        path = self._chance.choice(self._paths)
        while "<" in path:
            front, _, rest = path.partition("<")
            path = front + quote_from_bytes(self._bytes(30)) + rest.partition(">")[2]
        return self._client.open(
            path,
            method=self._chance.choice(METHODS),
            query_string=quote_from_bytes(self._bytes(60), safe="=&%"),
            data=self._bytes(),
            headers=self._headers(),
        )

    def _json(self) -> TestResponse:
        values = (self._text(), self._chance.random(), None, [], {"a": self._text()})
        names = ("message", "conversation", "id", "rating", "comment", "token", "q")
        body = {
            name: self._chance.choice(values)
            for name in names
            if self._chance.random() < 0.5
        }
        path = self._chance.choice(("/api/chat", "/api/chat", "/api/feedback"))
        data = json.dumps(body)
        return self._client.post(path, data=data, content_type="application/json")

    def _webhook(self) -> TestResponse:
        request = self._chance.choice(self._genuine)
        body = self._spoilt(request.body)
        return self._client.post(request.path, data=body, headers=request.headers)

    def _slack(self) -> TestResponse:
        types = ("event_callback", "block_actions", "url_verification", self._text())
        event = {"type": self._text(), "text": self._text(), "user": "U1"}
        body = {"type": self._chance.choice(types), "event": event}
        data = self._spoilt(json.dumps(body).encode())
        moment = str(int(time.time()))
        headers = {
            "Content-Type": self._chance.choice(CONTENT_TYPES),
            "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": signed(data, moment, SECRET),
        }
        return self._client.post("/slack/events", data=data, headers=headers)

    def _spoilt(self, body: bytes) -> bytes:
        """A body with some of its bytes replaced, in half of the cases."""
        if self._chance.random() < 0.5:
            return body
        start = self._chance.randrange(len(body) + 1)
        return (
            body[:start] + self._bytes(20) + body[start + self._chance.randrange(9) :]
        )


def test_random_bytes_break_nothing(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with app.test_client() as client, caplog.at_level(logging.ERROR):
        fuzzer = Fuzzer(app, client, SEED)
        for number in range(REQUESTS):
            with fuzzer.send() as response:
                assert response.status_code < 500, (SEED, number, response.request)
    assert [record.getMessage() for record in caplog.records] == []
