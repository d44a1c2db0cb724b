"""A small shop with a journal, served by the application."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.insights.journal import Journal
from chatbot.insights.tables import TABLES
from chatbot.settings import Settings

SHOP = """Delivery
Delivery to the islands takes nine days. The ferry leaves on Mondays & Fridays.

Returns
A parcel can be sent back within a month.
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus: Path = tmp_path_factory.mktemp("shop")
    (corpus / "shop.txt").write_text(SHOP, encoding="utf-8")
    (corpus / "staff").mkdir()
    (corpus / "staff" / "über uns.md").write_text(
        "# About\n\nWe are a shop.\n", "utf-8"
    )
    return Chatbot.open(corpus, settings=Settings())


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    engine = open_database(f"sqlite:///{tmp_path / 'journal.sqlite'}", TABLES)
    return Journal(GroupedWrites(engine), keep_days=30)


@pytest.fixture
def shop_app(shop: Chatbot, journal: Journal) -> Flask:
    return create_app(shop, Settings(), journal)


@pytest.fixture
def shop_client(shop_app: Flask) -> FlaskClient:
    return shop_app.test_client()
