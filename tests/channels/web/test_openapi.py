"""The JSON API against its own description: what Schemathesis makes of it.

CHATBOT_API_CASES is how many requests of each kind are made for each operation.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.insights.journal import Journal
from chatbot.insights.tables import TABLES
from chatbot.settings import Settings

schemathesis = pytest.importorskip(
    "schemathesis", reason="Schemathesis is not installed (requirements-dev.txt)"
)

CASES = int(os.environ.get("CHATBOT_API_CASES", "15"))
SETTINGS = Settings(max_message_characters=100_000, client_limit="off")
OPERATIONS = [
    ("/api/chat", "POST"),
    ("/api/feedback", "POST"),
    ("/api/suggestions", "GET"),
    ("/api/sources", "GET"),
    ("/api/sources/{source}", "GET"),
]


@pytest.fixture(scope="module")
def described(shop: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = tmp_path_factory.mktemp("journal") / "journal.sqlite"
    journal = Journal(
        GroupedWrites(open_database(f"sqlite:///{file}", TABLES)), keep_days=30
    )
    app = create_app(shop, SETTINGS, journal)
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


def test_every_operation_is_tried(described: Any) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    tried = [(operation.path, operation.method.upper()) for operation in operations]
    assert sorted(tried) == sorted(OPERATIONS)


@pytest.mark.parametrize(
    ("path", "method", "mode"),
    [(*operation, "positive") for operation in OPERATIONS]
    # Without a body there is nothing that could be invalid.
    + [(*operation, "negative") for operation in OPERATIONS if "POST" in operation],
)
def test_an_operation_does_what_its_description_says(
    described: Any, path: str, method: str, mode: str
) -> None:
    generated = schemathesis.GenerationMode(mode)
    cases = described[path][method].as_strategy(generation_mode=generated)

    @settings(
        max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(cases)
    def is_as_described(case: Any) -> None:
        case.call_and_validate()

    is_as_described()
