"""A shop in Slack: the web application, signed requests and a mock of Slack's API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from chatbot import Chatbot
from chatbot.channels.tables import TABLES
from chatbot.channels.web import create_app
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.insights.journal import Journal
from chatbot.settings import Settings
from tests.slack_mock import TOKEN, SlackMock, slack_mock
from tests.slack_requests import SECRET, SHOP, Send, encoded, headers


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus: Path = tmp_path_factory.mktemp("shop")
    (corpus / "shop.md").write_text(SHOP, encoding="utf-8")
    return Chatbot.open(corpus, settings=Settings())


@pytest.fixture
def slack() -> Iterator[SlackMock]:
    with slack_mock() as mock:
        yield mock


@pytest.fixture
def slack_settings(slack: SlackMock) -> Settings:
    return Settings(
        slack_signing_secret=SECRET,
        slack_bot_token=TOKEN,
        slack_api_url=slack.api_url,
        public_url="https://ask.example",
        threads=1,
        client_limit="off",
        log_requests=False,
    )


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'slack.sqlite'}", *TABLES)


@pytest.fixture
def client(shop: Chatbot, slack_settings: Settings, engine: Engine) -> FlaskClient:
    journal = Journal(GroupedWrites(engine), keep_days=30)
    return create_app(shop, slack_settings, journal).test_client()


@pytest.fixture
def send(client: FlaskClient) -> Send:
    """Post a body to the application as Slack does."""

    def send(body: dict[str, Any]) -> TestResponse:
        data, content_type = encoded(body)
        return client.post(
            "/slack/events", data=data, headers=headers(data, content_type)
        )

    return send
