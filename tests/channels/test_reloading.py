"""POST /reload: who may reload, what comes back, and what happens when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.settings import Settings

TOKEN = "Schlüssel=1"
QUESTION = "How many hikers does the hut sleep?"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "hut.txt").write_text("The hut sleeps nine hikers.\n")
    return tmp_path


@pytest.fixture
def client(corpus: Path) -> FlaskClient:
    return client_of(corpus, TOKEN)


def client_of(corpus: Path, token: str) -> FlaskClient:
    settings = Settings(reload_token=token)
    bot = Chatbot.open(corpus, settings=settings)
    return create_app(bot, settings).test_client()


def reload(client: FlaskClient, authorization: str) -> TestResponse:
    header = authorization.encode().decode("latin-1")
    return client.post("/reload", headers={"Authorization": header})


def answer(client: FlaskClient) -> str:
    reply = client.post("/api/chat", json={"message": QUESTION}).get_json()
    return str(reply["text"])


def refusal(response: TestResponse) -> tuple[int, str]:
    error = response.get_json()["error"]
    assert error["message"]
    return response.status_code, error["code"]


def test_it_takes_in_what_changed_and_says_what_was_read(
    client: FlaskClient, corpus: Path
) -> None:
    (corpus / "hut.txt").write_text("The hut sleeps eleven hikers.\n")
    (corpus / "photo.png").write_bytes(b"")
    assert "nine" in answer(client)

    response = reload(client, f"Bearer {TOKEN}")

    body = response.get_json()
    assert response.status_code == 200
    assert body.pop("seconds") >= 0
    assert [entry["source"] for entry in body.pop("skipped")] == ["photo.png"]
    assert body == {"files": 1, "passages": 1, "read": 1}
    assert "eleven" in answer(client)


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer schlüssel=1", f"Basic {TOKEN}", TOKEN]
)
def test_without_the_token_nothing_is_reloaded(
    client: FlaskClient, corpus: Path, authorization: str
) -> None:
    (corpus / "hut.txt").write_text("The hut sleeps eleven hikers.\n")
    response = reload(client, authorization)
    assert refusal(response) == (401, "unauthorized")
    assert response.headers["WWW-Authenticate"].lower().startswith("bearer")
    assert "nine" in answer(client)


@pytest.mark.parametrize("authorization", ["", "Bearer ", f"Bearer {TOKEN}"])
def test_without_a_token_of_its_own_the_address_does_not_exist(
    corpus: Path, authorization: str
) -> None:
    response = reload(client_of(corpus, ""), authorization)
    assert refusal(response) == (404, "not_found")


def test_it_is_asked_for_by_post_alone(client: FlaskClient) -> None:
    assert refusal(client.get("/reload")) == (405, "method_not_allowed")


def test_a_reload_that_fails_says_why_and_what_was_there_is_served(
    client: FlaskClient, corpus: Path
) -> None:
    (corpus / "hut.txt").unlink()
    response = reload(client, f"Bearer {TOKEN}")
    assert refusal(response) == (503, "reload_failed")
    assert str(corpus) in response.get_json()["error"]["message"]
    assert "nine" in answer(client)
