"""The address that Slack posts to: nothing is done for anybody else."""

from __future__ import annotations

import json
import random
import threading
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from chatbot import Chatbot
from chatbot.channels.deliveries import Deliveries
from chatbot.channels.slack.events import MAX_BODY_BYTES, slack_paths
from chatbot.channels.slack.signatures import signed
from chatbot.channels.tables import TABLES
from chatbot.channels.web import create_app
from chatbot.database_writes import GroupedWrites
from chatbot.errors import SettingsError
from chatbot.insights.journal import Journal
from chatbot.insights.tables import EXCHANGES
from chatbot.settings import Settings
from tests.slack_mock import SlackMock
from tests.slack_requests import (
    QUESTION,
    SECRET,
    SENTENCE,
    Send,
    command,
    encoded,
    event,
    headers,
    press,
    recorded,
)

FORGERIES = 1000
PATH = "/slack/events"


@pytest.fixture
def no_work(shop: Chatbot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot is not to be asked anything."""

    def asked(*_: object) -> None:
        pytest.fail("a request that is refused was answered")

    monkeypatch.setattr(shop, "draft", asked)


def status(client: FlaskClient, body: bytes, sent: dict[str, str]) -> int:
    return client.post(PATH, data=body, headers=sent).status_code


@pytest.mark.usefixtures("no_work")
def test_of_a_thousand_forged_requests_none_is_accepted(
    client: FlaskClient, slack: SlackMock
) -> None:
    chance = random.Random(7)
    bodies = [
        encoded(body)
        for body in (
            *(event("app_mention"), event("message_im"), recorded("url_verification")),
            command(QUESTION, slack.response_url),
            press("button_in_thread", "rate-up", "exchange"),
            {"command": "/ask", "ssl_check": "1"},
        )
    ]
    statuses = {
        status(client, *forged(*bodies[number % len(bodies)], chance))
        for number in range(FORGERIES)
    }
    assert statuses == {401}
    assert slack.calls_so_far() == []


def forged(
    body: bytes, content_type: str, chance: random.Random
) -> tuple[bytes, dict[str, str]]:
    """A request that is nearly as Slack signs it."""
    sent = headers(body, content_type)
    timestamp, signature = "X-Slack-Request-Timestamp", "X-Slack-Signature"
    now = int(sent[timestamp])
    kind = chance.randrange(7)
    if kind == 0:
        body += chance.choice([b" ", b"&", b"x"])
    elif kind == 1:
        sent = headers(body, content_type, secret=SECRET[:-1])
    elif kind == 2:
        stale = str(now + chance.choice([-301, 302, -86_400]))
        sent |= {timestamp: stale, signature: signed(body, stale, SECRET)}
    elif kind == 3:
        garbage = chance.choice(["", "now", "1e9", "-1", "0x5", f"{now}.0", "9" * 400])
        sent |= {timestamp: garbage, signature: signed(body, garbage, SECRET)}
    elif kind == 4:
        sent[timestamp] = str(now - chance.randrange(1, 300))
    elif kind == 5:
        cut = chance.randrange(len(sent[signature]))
        sent[signature] = sent[signature][:cut]
    else:
        del sent[chance.choice([timestamp, signature])]
    return body, sent


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"X-Slack-Signature": "v0=", "X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Signature": "v0=ö", "X-Slack-Request-Timestamp": "\xff"},
    ],
)
def test_garbage_is_401_whatever_it_says(
    client: FlaskClient, sent: dict[str, str]
) -> None:
    for body in (b"", b"\xff\xfe", b"{", b"payload=", b"ssl_check=1", b"[" * 60_000):
        assert status(client, body, sent) == 401


def test_a_command_that_is_replayed_gets_401(
    client: FlaskClient, slack: SlackMock
) -> None:
    body, content_type = encoded(command(QUESTION, slack.response_url))
    sent = headers(body, content_type)
    assert status(client, body, sent) == 200
    assert slack.next_call().method == "response_url"
    assert status(client, body, sent) == 401
    assert slack.calls_so_far() == []


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"1", "application/json"),
        (b'"text"', "application/json"),
        (b"[" * 60_000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"payload=[]", "application/x-www-form-urlencoded"),
        (b'{"type": "event_callback", "event": 5}', "application/json"),
        (b'{"type": "block_actions", "actions": []}', "application/json"),
        (b'{"type": "block_actions", "user": 5}', "application/json"),
    ],
)
def test_what_is_signed_but_not_to_be_read_gets_400(
    client: FlaskClient, body: bytes, content_type: str
) -> None:
    assert status(client, body, headers(body, content_type)) == 400


def test_what_is_signed_but_too_large_gets_413(client: FlaskClient) -> None:
    body = b"x" * (MAX_BODY_BYTES + 1)
    assert status(client, body, headers(body, "application/json")) == 413


def test_a_press_comes_with_its_whole_message(send: Send, slack: SlackMock) -> None:
    body = press("button_in_thread", "rate-up", "unknown", slack.response_url)
    body["message"]["text"] = "漢" * 30_000
    assert send(body).status_code == 200


def test_kinds_of_requests_without_an_answer_are_acknowledged(send: Send) -> None:
    for body in (
        event("app_mention", "EvOther", type="reaction_added"),
        press("button_in_thread", "unknown", "value"),
        {**command("x", "https://hooks.slack.example"), "command": "/other"},
    ):
        assert send(body).status_code == 200


def test_nothing_that_is_said_is_logged(
    send: Send,
    client: FlaskClient,
    slack: SlackMock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    secret = "the-secret-words-that-nobody-may-log"
    with caplog.at_level("DEBUG"):
        send(event("app_mention", text=f"<@U0BOT> {secret}"))
        slack.next_call()
        send(command(secret, slack.response_url))
        slack.next_call()
        send(command(QUESTION, slack.response_url))
        assert SENTENCE in slack.next_call().arguments["text"]
        send(event("app_mention", "EvOther", type="reaction_added", text=secret))
        body, content_type = encoded(event("message_im", "EvForged", text=secret))
        status(client, body, headers(body, content_type, secret="wrong"))
        status(client, b'{"' + secret.encode(), headers(body, content_type))
    for words in (secret, QUESTION, SENTENCE):
        assert words not in caplog.text


def test_a_failure_is_told_to_slack_and_not_logged_with_what_was_said(
    send: Send,
    slack: SlackMock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*arguments: str) -> bool:
        raise RuntimeError(QUESTION)

    monkeypatch.setattr(Deliveries, "is_new", fail)
    assert send(event("app_mention")).status_code == 500
    assert "could not be answered: RuntimeError" in caplog.text
    assert QUESTION not in caplog.text


def test_without_its_database_it_answers(
    send: Send, engine: Engine, slack: SlackMock
) -> None:
    for metadata in TABLES:
        metadata.drop_all(engine)
    for body in (event("app_mention"), command(QUESTION, slack.response_url)):
        assert send(body).status_code == 200
        assert SENTENCE in str(slack.next_call().arguments)


def test_it_acknowledges_before_it_answers(
    send: Send, slack: SlackMock, shop: Chatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledged = threading.Event()
    draft = shop.draft

    def slow(*arguments: Any) -> Any:
        assert acknowledged.wait(20)
        return draft(*arguments)

    monkeypatch.setattr(shop, "draft", slow)
    assert send(event("app_mention")).status_code == 200
    acknowledged.set()
    assert slack.next_call().method == "chat.postMessage"


def test_without_a_signing_secret_there_is_no_address(
    shop: Chatbot, slack_settings: Settings, engine: Engine
) -> None:
    settings = replace(slack_settings, slack_signing_secret="")
    client = create_app(
        shop, settings, Journal(GroupedWrites(engine), 30)
    ).test_client()
    body, content_type = encoded(event("app_mention"))
    assert status(client, body, headers(body, content_type)) == 404
    assert slack_paths(settings) == []
    assert slack_paths(slack_settings) == [PATH]


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("", "CHATBOT_SLACK_BOT_TOKEN is not"),
        ("xoxb-wrong", r"Slack refuses CHATBOT_SLACK_BOT_TOKEN \(invalid_auth\)"),
    ],
)
def test_a_bot_token_that_cannot_be_used_is_told_at_the_start(
    shop: Chatbot, slack_settings: Settings, engine: Engine, token: str, told: str
) -> None:
    settings = replace(slack_settings, slack_bot_token=token)
    with pytest.raises(SettingsError, match=told):
        create_app(shop, settings, Journal(GroupedWrites(engine), 30))


def test_when_slack_cannot_be_reached_the_rest_is_served(
    shop: Chatbot,
    slack_settings: Settings,
    engine: Engine,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = replace(slack_settings, slack_api_url="http://127.0.0.1:9/api/")
    client = create_app(
        shop, settings, Journal(GroupedWrites(engine), 30)
    ).test_client()
    assert "Slack cannot be reached at http://127.0.0.1:9/api/" in caplog.text
    assert client.get("/healthz").status_code == 200


def test_forged_requests_leave_no_trace(client: FlaskClient, engine: Engine) -> None:
    body = json.dumps(event("app_mention")).encode()
    status(client, body, {"X-Slack-Signature": "v0=0", "Content-Type": "text/json"})
    with engine.connect() as connection:
        counted = connection.execute(select(func.count()).select_from(EXCHANGES))
        assert counted.scalar() == 0
