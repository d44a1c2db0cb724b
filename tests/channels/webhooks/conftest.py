"""A shop with every webhook on."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from chatbot import Chatbot
from chatbot.channels import tokens
from chatbot.channels.tables import TABLES
from chatbot.channels.web import create_app
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.insights.journal import Journal
from tests.webhook_requests import SENT_AT, SETTINGS, SHOP, Recorded, Send


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus: Path = tmp_path_factory.mktemp("shop")
    (corpus / "shop.txt").write_text(SHOP, encoding="utf-8")
    return Chatbot.open(corpus, settings=SETTINGS)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'webhooks.sqlite'}", *TABLES)


@pytest.fixture
def client(
    shop: Chatbot, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> FlaskClient:
    monkeypatch.setattr(tokens.time, "time", lambda: SENT_AT)
    return create_app(
        shop, SETTINGS, Journal(GroupedWrites(engine), keep_days=30)
    ).test_client()


@pytest.fixture
def send(client: FlaskClient) -> Send:
    """Post a request as it was recorded."""

    def send(request: Recorded) -> TestResponse:
        return client.post(request.path, data=request.body, headers=request.headers)

    return send
