"""The JSON API's own parts: feedback, suggestions and the description of itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.channels.web.models import MOST_COMMENT_CHARACTERS
from chatbot.insights.journal import Journal
from chatbot.insights.tables import EXCHANGES, TABLES
from chatbot.settings import Settings

QUESTION = "How many days does delivery to the islands take?"


def ask(client: FlaskClient) -> dict[str, Any]:
    reply: dict[str, Any] = client.post(
        "/api/chat", json={"message": QUESTION}
    ).get_json()
    return reply


def refusal(response: TestResponse) -> tuple[int, str]:
    error = response.get_json()["error"]
    assert error["message"]
    return response.status_code, error["code"]


def rated(journal: Journal) -> list[tuple[str, str, str]]:
    columns = EXCHANGES.c
    with journal.engine.begin() as connection:
        chosen = select(columns.question, columns.rating, columns.comment)
        return [tuple(row) for row in connection.execute(chosen)]


def test_a_reply_is_rated_by_its_id(shop_client: FlaskClient, journal: Journal) -> None:
    exchange = ask(shop_client)["id"]
    for rating, comment in (("up", ""), ("down", "It takes ten.")):
        body = {"id": exchange, "rating": rating, "comment": comment}
        response = shop_client.post("/api/feedback", json=body)
        assert (response.status_code, response.data) == (204, b"")
    assert rated(journal) == [(QUESTION, "down", "It takes ten.")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"id": "x" * 22, "rating": "up"}, (404, "unknown_reply")),
        ({"rating": "up"}, (400, "missing_id")),
        ({"id": 7, "rating": "up"}, (400, "invalid_id")),
        ({"id": "x"}, (400, "missing_rating")),
        ({"id": "x", "rating": None}, (400, "missing_rating")),
        ({"id": "x", "rating": "great"}, (400, "invalid_rating")),
        (
            {
                "id": "x",
                "rating": "up",
                "comment": "x" * (MOST_COMMENT_CHARACTERS + 1),
            },
            (400, "invalid_comment"),
        ),
        ([], (400, "invalid_json")),
    ],
)
def test_feedback_that_cannot_be_kept_is_refused(
    shop_client: FlaskClient, body: object, expected: tuple[int, str]
) -> None:
    assert refusal(shop_client.post("/api/feedback", json=body)) == expected


def test_a_question_on_the_page_is_kept_too(
    shop_client: FlaskClient, journal: Journal
) -> None:
    shop_client.get("/", query_string={"q": QUESTION})
    assert rated(journal) == [(QUESTION, "", "")]


def test_without_a_journal_replies_have_no_id(shop: Chatbot) -> None:
    client = create_app(shop, Settings()).test_client()
    assert ask(client)["id"] == ""
    response = client.post("/api/feedback", json={"id": "", "rating": "up"})
    assert refusal(response) == (404, "unknown_reply")


def test_a_database_that_fails_is_told(
    shop_client: FlaskClient, journal: Journal
) -> None:
    TABLES.drop_all(journal.engine)
    assert ask(shop_client)["kind"] == "answer"
    body = {"id": "x" * 22, "rating": "up"}
    response = shop_client.post("/api/feedback", json=body)
    assert refusal(response) == (503, "database_failed")


def test_suggestions_are_what_to_begin_with(
    shop: Chatbot, shop_client: FlaskClient
) -> None:
    reply = shop_client.get("/api/suggestions").get_json()
    assert reply == {"suggestions": list(shop.suggestions())}
    assert reply["suggestions"]


def test_every_address_of_the_api_is_described(
    shop_app: Flask, shop_client: FlaskClient
) -> None:
    described = shop_client.get("/api/openapi.json").get_json()
    assert described["openapi"].startswith("3.1")
    operations = {
        (path.replace("{source}", "<path:source>"), method.upper())
        for path, item in described["paths"].items()
        for method in item
    }
    served = {
        (rule.rule, method)
        for rule in shop_app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        and rule.rule not in ("/api/openapi.json", "/api/docs")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert operations == served


def test_every_operation_says_how_it_refuses(shop_client: FlaskClient) -> None:
    described = shop_client.get("/api/openapi.json").get_json()
    for item in described["paths"].values():
        for operation in item.values():
            schema = operation["responses"]["400"]["content"]["application/json"]
            assert schema["schema"]["$ref"].endswith("/Error")
            assert operation["summary"]


def test_the_description_is_shown_to_people(shop_client: FlaskClient) -> None:
    described = shop_client.get("/api/openapi.json").get_json()
    page = shop_client.get("/api/docs").text
    for path, item in described["paths"].items():
        assert f"<code>{path}</code>" in page
        for operation in item.values():
            assert operation["summary"] in page
    for name in described["components"]["schemas"]:
        assert f'id="{name}"' in page
    links = re.findall(r'href="#(.*?)"', page)
    assert set(links) <= set(re.findall(r'id="(.*?)"', page))
