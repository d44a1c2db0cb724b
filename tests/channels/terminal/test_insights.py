"""`python -m chatbot insights`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot import Chatbot
from chatbot.channels.terminal.commands import main
from chatbot.database import database_url, open_database
from chatbot.database_writes import GroupedWrites
from chatbot.insights.journal import Journal
from chatbot.insights.tables import TABLES
from chatbot.settings import Settings

QUESTION = "How long does delivery take?"


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    """A corpus whose server was asked four questions, one of them with an escape."""
    (tmp_path / "shop.txt").write_text("Delivery takes nine days.\n")
    settings = Settings(corpus=str(tmp_path))
    bot = Chatbot.open(settings=settings)
    engine = open_database(database_url(settings), TABLES)
    journal = Journal(GroupedWrites(engine), 30)
    for question in (QUESTION, "zeppelins?", "Zeppelin?", "\x1b[31mred balloons?"):
        exchange = journal.record(question, bot.reply(question), "web")
        if question == QUESTION:
            journal.rate(exchange, "down", "Ten days!")
    engine.dispose()
    return str(tmp_path)


def test_figures_and_lists_are_printed(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["insights", "--corpus", corpus]) == 0
    shown = capsys.readouterr().out
    assert "questions    4 in 30 days" in shown
    assert "answered     1 (25%)" in shown
    assert "helped       0, did not help 1" in shown
    assert "     2  Zeppelin?  (and 1 other wording)" in shown
    assert f"{QUESTION} – “Ten days!”" in shown
    assert "Delivery takes nine days. (shop.txt, line 1)" in shown


def test_what_people_type_does_not_command_the_terminal(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["insights", "--corpus", corpus])
    shown = capsys.readouterr().out
    assert "red balloons?" in shown
    assert "\x1b" not in shown


def test_it_is_told_as_json(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["insights", "--corpus", corpus, "--json", "--days", "7"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["questions"], data["share_answered"]) == (4, 0.25)
    assert len(data["days"]) == 7
    assert data["unanswered"][0]["count"] == 2
    assert data["disliked"][0]["comment"] == "Ten days!"


def test_nothing_asked_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop.txt").write_text("Delivery takes nine days.\n")
    assert main(["insights", "--corpus", str(tmp_path), "--days", "1"]) == 0
    assert capsys.readouterr().out == "Nothing was asked in 1 day.\n"


def test_a_database_that_cannot_be_read_is_told(
    corpus: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(corpus) / "broken.sqlite"
    file.write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("CHATBOT_DATABASE_URL", f"sqlite:///{file}")
    assert main(["insights", "--corpus", corpus]) == 2
    assert "broken.sqlite" in capsys.readouterr().err


def test_a_database_by_its_address_needs_no_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATBOT_DATABASE_URL", f"sqlite:///{tmp_path}/far.sqlite")
    assert main(["insights", "--corpus", str(tmp_path / "none")]) == 0
    assert "Nothing was asked" in capsys.readouterr().out
