"""What the web channel refuses: too much, too fast, too late, too many at once."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot import Chatbot
from chatbot.bot import Draft
from chatbot.channels.web import create_app
from chatbot.channels.web.arrival import ARRIVED_AT
from chatbot.conversation.conversations import Resumed
from chatbot.dialogue.response import Response
from chatbot.errors import SettingsError
from chatbot.reply import Reply
from chatbot.settings import Settings

QUESTION = {"message": "How long does delivery take?"}
PATIENCE = 60


def client_of(shop: Chatbot, **values: Any) -> FlaskClient:
    return create_app(shop, Settings(**values)).test_client()


def refused(response: TestResponse, status: int, code: str) -> dict[str, str]:
    """The error of a refusal, which says when to try again."""
    error: dict[str, str] = response.get_json()["error"]
    assert (response.status_code, error["code"]) == (status, code)
    assert int(response.headers["Retry-After"]) >= 1
    assert error["message"]
    return error


class HeldBot(Chatbot):
    """A bot that answers once it may."""

    def __init__(self) -> None:
        self.has_begun = threading.Event()
        self.may_go_on = threading.Event()

    def draft(self, message: str, conversation: str | None = None) -> Draft:
        self.has_begun.set()
        self.may_go_on.wait(PATIENCE)
        response = Response(Reply("small_talk", "Hello.", ""))
        return Draft(message, response, Resumed("x"))

    def remember(self, draft: Draft) -> Reply:
        return draft.reply


def test_programs_that_watch_the_server_are_not_limited(shop: Chatbot) -> None:
    client = client_of(shop, client_limit="1/hour", metrics_token="secret")
    assert client.post("/api/chat", json=QUESTION).status_code == 200
    for path in ("/healthz", "/readyz", "/metrics", "/widget.js", "/static/pages.css"):
        with client.get(path, headers={"Authorization": "Bearer secret"}) as response:
            assert response.status_code == 200, path
    assert client.get("/api/sources").status_code == 429


def test_a_client_that_asks_too_much_is_told_how_long_to_wait(shop: Chatbot) -> None:
    client = client_of(shop, client_limit="2/hour")
    for _ in range(2):
        assert client.post("/api/chat", json=QUESTION).status_code == 200
    error = refused(client.post("/api/chat", json=QUESTION), 429, "too_many_requests")
    assert "seconds" in error["message"]
    refused(client.get("/api/sources"), 429, "too_many_requests")


def test_the_limit_is_each_clients_own(shop: Chatbot) -> None:
    client = client_of(shop, client_limit="1/hour")
    for address in ("192.0.2.1", "192.0.2.2", "2001:db8::1"):
        there = {"REMOTE_ADDR": address}
        for status in (200, 429):
            response = client.post("/api/chat", json=QUESTION, environ_base=there)
            assert response.status_code == status


def test_all_addresses_of_an_ipv6_network_are_one_client(shop: Chatbot) -> None:
    client = client_of(shop, client_limit="1/hour")
    for last, status in (("1", 200), ("ffff", 429)):
        there = {"REMOTE_ADDR": f"2001:db8::{last}"}
        response = client.get("/api/sources", environ_base=there)
        assert response.status_code == status


def test_what_watches_the_server_is_not_limited(shop: Chatbot) -> None:
    client = client_of(shop, client_limit="1/hour")
    for path in ("/healthz", "/readyz", "/static/icon.svg") * 2:
        with client.get(path) as response:
            assert response.status_code == 200


def test_forwarded_addresses_are_believed_of_configured_proxies_alone(
    shop: Chatbot,
) -> None:
    for hops, status in ((0, 429), (1, 200)):
        client = client_of(shop, client_limit="1/hour", proxy_hops=hops)
        for address in ("192.0.2.1", "192.0.2.2"):
            forged = {"X-Forwarded-For": f"{address}9, {address}"}
            response = client.get("/api/sources", headers=forged)
        assert response.status_code == status


def test_a_client_cannot_name_itself_behind_a_proxy(shop: Chatbot) -> None:
    client = client_of(shop, client_limit="1/hour", proxy_hops=1)
    for forged, status in (("203.0.113.1", 200), ("203.0.113.2", 429)):
        headers = {"X-Forwarded-For": f"{forged}, 192.0.2.7"}
        assert client.get("/api/sources", headers=headers).status_code == status


def test_a_conversation_that_goes_too_fast_is_told_how_long_to_wait(
    shop: Chatbot,
) -> None:
    client = client_of(shop, conversation_limit="2/hour")
    conversation = client.post("/api/chat", json=QUESTION).get_json()["conversation"]
    going_on = QUESTION | {"conversation": conversation}
    for _ in range(2):
        assert client.post("/api/chat", json=going_on).status_code == 200
    refused(client.post("/api/chat", json=going_on), 429, "too_many_requests")
    assert client.post("/api/chat", json=QUESTION).status_code == 200


def test_a_store_of_counters_that_is_gone_costs_no_reply(shop: Chatbot) -> None:
    """Nothing listens on port 1; the limits hold in memory then."""
    client = client_of(
        shop,
        limits_url="redis://127.0.0.1:1",
        client_limit="3/hour",
        conversation_limit="1/hour",
    )
    going_on = QUESTION | {"conversation": "A" * 22}
    statuses = [client.post("/api/chat", json=going_on).status_code for _ in range(2)]
    assert statuses == [200, 429]


def test_a_question_that_waited_too_long_gets_503(shop: Chatbot) -> None:
    client = client_of(shop, deadline_seconds=2)
    long_ago = {ARRIVED_AT: time.monotonic() - 3}
    response = client.post("/api/chat", json=QUESTION, environ_overrides=long_ago)
    error = refused(response, 503, "busy")
    assert "again" in error["message"]
    assert client.get("/healthz", environ_overrides=long_ago).status_code == 200


def test_what_cannot_wait_any_more_gets_503_at_once() -> None:
    bot = HeldBot()
    client = client_of(bot, threads=1, queue=0)
    replies: list[TestResponse] = []
    worker = threading.Thread(
        target=lambda: replies.append(
            client.application.test_client().post("/api/chat", json=QUESTION)
        )
    )
    worker.start()
    assert bot.has_begun.wait(PATIENCE)
    refused(client.post("/api/chat", json=QUESTION), 503, "busy")
    assert client.get("/healthz").status_code == 200
    bot.may_go_on.set()
    worker.join(PATIENCE)
    assert replies[0].status_code == 200
    assert client.post("/api/chat", json=QUESTION).status_code == 200


@pytest.mark.parametrize(
    "values",
    [
        {"client_limit": "many"},
        {"conversation_limit": "many"},
        {"limits_url": "nowhere"},
    ],
)
def test_a_limit_that_cannot_be_used_is_told(
    shop: Chatbot, values: dict[str, str]
) -> None:
    with pytest.raises(SettingsError):
        create_app(shop, Settings(**values))
