"""The doctor: what it finds right, what it tells to mend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chatbot import Chatbot
from chatbot.channels.diagnosis import Finding, diagnose
from chatbot.channels.terminal.commands import main
from chatbot.settings import Settings


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "shop.txt").write_text("Delivery takes nine days.")
    return folder


def findings(folder: Path, **values: Any) -> list[Finding]:
    settings = Settings(corpus=str(folder)).with_values(**values)
    return list(diagnose(settings, lambda: Chatbot.open(settings=settings)))


def told(found: list[Finding], level: str) -> str:
    return "\n".join(finding.text for finding in found if finding.level == level)


def test_a_server_for_oneself_is_fine(corpus: Path) -> None:
    found = findings(corpus, metrics_token="a token of the watcher")
    assert {finding.level for finding in found} == {"ok"}
    parts = [finding.part for finding in found]
    assert parts == ["documents", "disk", "database", "limits", "exposure"]


@pytest.mark.parametrize(
    ("values", "variable"),
    [
        ({"host": "0.0.0.0"}, "CHATBOT_PROXY_HOPS"),
        ({"proxy_hops": 1}, "CHATBOT_PUBLIC_URL"),
        ({"allowed_origins": "*"}, "CHATBOT_ALLOWED_ORIGINS"),
        ({"client_limit": "off"}, "CHATBOT_CLIENT_LIMIT"),
        ({"limits_url": "redis://127.0.0.1:1"}, "CHATBOT_LIMITS_URL"),
        ({}, "CHATBOT_METRICS_TOKEN"),
    ],
)
def test_what_is_risky_is_told_with_the_setting(
    corpus: Path, values: dict[str, Any], variable: str
) -> None:
    found = findings(corpus, **values)
    assert variable in told(found, "warning")
    assert not told(found, "error")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"corpus": "no such folder"}, "no such folder"),
        ({"database_url": "sqlite:////dev/null/x"}, "CHATBOT_DATABASE_URL"),
        ({"admin_token": "short"}, "CHATBOT_ADMIN_TOKEN"),
        ({"client_limit": "many"}, "CHATBOT_CLIENT_LIMIT"),
        ({"allowed_origins": "example"}, "CHATBOT_ALLOWED_ORIGINS"),
    ],
)
def test_what_keeps_a_server_from_starting_is_an_error(
    corpus: Path, values: dict[str, Any], named: str
) -> None:
    assert named in told(findings(corpus, **values), "error")


def test_skipped_files_are_a_warning(corpus: Path) -> None:
    (corpus / "empty.txt").write_text("")
    assert "1 file skipped" in told(findings(corpus), "warning")


def test_the_command_ends_with_2_where_something_is_broken(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["doctor", "--corpus", str(corpus)]) == 0
    assert "ok" in capsys.readouterr().out
    monkeypatch.setenv("CHATBOT_ADMIN_TOKEN", "short")
    assert main(["doctor", "--json", "--corpus", str(corpus)]) == 2
    found = json.loads(capsys.readouterr().out)
    assert "error" in {finding["level"] for finding in found}


def test_a_setting_that_does_not_exist_is_a_warning_with_the_nearest_name(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATBOT_THRESOLD", "1")
    assert main(["doctor", "--json", "--corpus", str(corpus)]) == 0
    (text,) = (
        finding["text"]
        for finding in json.loads(capsys.readouterr().out)
        if finding["part"] == "settings"
    )
    assert text == ("CHATBOT_THRESOLD is no setting; did you mean CHATBOT_THRESHOLD?")


@pytest.mark.parametrize(
    "values",
    [
        {"client_limit": "many"},
        {"conversation_limit": "many"},
        {"limits_url": "nowhere"},
    ],
)
def test_a_limit_that_cannot_be_used_is_told_once_and_is_not_fine(
    corpus: Path, values: dict[str, Any]
) -> None:
    found = findings(corpus, **values)
    errors = [finding for finding in found if finding.level == "error"]
    assert [error.part for error in errors] == ["limits"]
    assert "limits" not in [each.part for each in found if each.level == "ok"]


def test_a_database_that_is_down_is_told_of_the_database(corpus: Path) -> None:
    url = "postgresql://127.0.0.1:1/chatbot"
    found = findings(corpus, database_url=url, allowed_origins="example")
    errors = {finding.part for finding in found if finding.level == "error"}
    assert errors == {"database", "settings"}
