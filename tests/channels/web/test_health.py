"""Alive, ready, and the figures for Prometheus."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.insights.journal import Journal
from chatbot.settings import Settings

TOKEN = "a token of the watcher"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def client(shop: Chatbot, journal: Journal) -> FlaskClient:
    return create_app(shop, Settings(metrics_token=TOKEN), journal).test_client()


def figures(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """The samples by their name and labels' values."""
    text = client.get("/metrics", headers=BEARER).get_data(as_text=True)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def ask(client: FlaskClient, message: str, **body: Any) -> None:
    client.post("/api/chat", json={"message": message, **body})


def test_a_server_with_index_and_database_is_ready(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.get_json()) == (200, {"status": "ready"})


def test_without_its_database_it_is_alive_and_not_ready(
    client: FlaskClient, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import create_engine

    journal.engine = create_engine("sqlite:////nowhere/at/all.sqlite")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.get_json()["missing"] == ["database"]
    assert client.get("/healthz").status_code == 200


def test_replies_are_counted_by_kind(client: FlaskClient) -> None:
    ask(client, "How long does delivery take?")
    ask(client, "hello")
    ask(client, "Where do zebras sleep?")
    found = figures(client)
    kinds = ("answer", "small_talk", "not_found")
    replies = [found["chatbot_replies_total", "web", kind] for kind in kinds]
    assert replies == [1, 1, 1]
    assert found[("chatbot_reply_seconds_count",)] == 3
    assert found[("chatbot_reply_confidence_count",)] == 2
    assert found["chatbot_requests_total", "POST", "/api/chat", "200"] == 3
    assert found[("chatbot_questions_inside",)] == 0


def test_requests_are_counted_by_route_and_not_by_path(client: FlaskClient) -> None:
    for name in ("a", "b"):
        client.get(f"/api/sources/{name}")
        client.get(f"/{name}")
        client.open("/healthz", method=f"FOO{name}")
    found = figures(client)
    route = "/api/sources/<path:source>"
    assert found["chatbot_requests_total", "GET", route, "404"] == 2
    assert found["chatbot_requests_total", "GET", "none", "404"] == 2
    assert found["chatbot_requests_total", "other", "none", "405"] == 2


def test_the_index_is_told_with_its_generation_and_age(
    client: FlaskClient, shop: Chatbot
) -> None:
    found = figures(client)
    assert found[("chatbot_index_passages",)] == shop.report.passages
    assert found["chatbot_index_generation_info", shop.report.generation.name] == 1
    assert found[("chatbot_index_age_seconds",)] >= 0


def test_figures_are_for_who_has_the_token(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 401
    wrong = {"Authorization": "Bearer wrong"}
    assert client.get("/metrics", headers=wrong).status_code == 401


def test_without_a_token_there_are_no_figures(shop: Chatbot) -> None:
    client = create_app(shop, Settings()).test_client()
    assert client.get("/metrics", headers=BEARER).status_code == 404
