"""Where questions are answered: each in time, and in one transaction."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from chatbot import Chatbot
from chatbot.channels.answer_service import AnswerService
from chatbot.channels.keeping import keep_in_database
from chatbot.channels.metrics import Metrics
from chatbot.errors import DeadlineError
from chatbot.insights.journal import Journal
from chatbot.settings import Settings

QUESTION = "How long does delivery take?"


@pytest.fixture
def bot(tmp_path: Path) -> Chatbot:
    (tmp_path / "shop.txt").write_text("Delivery\nDelivery takes nine days.\n")
    return Chatbot.open(tmp_path, settings=Settings())


@pytest.fixture
def journal(bot: Chatbot) -> Journal:
    return keep_in_database(bot, bot.settings)


@pytest.fixture
def service(bot: Chatbot, journal: Journal) -> AnswerService:
    return AnswerService(bot, bot.settings, journal, Metrics())


@pytest.fixture
def commits(journal: Journal) -> list[Connection]:
    """The transactions that are committed from now on."""
    seen: list[Connection] = []
    event.listen(journal.engine, "commit", seen.append)
    return seen


def test_an_exchange_and_its_turn_are_one_transaction(
    service: AnswerService, bot: Chatbot, commits: list[Connection]
) -> None:
    exchange = service.answer(QUESTION, None, "web")
    assert exchange.id
    assert len(commits) == 1
    asked_on = service.answer("and abroad?", exchange.reply.conversation, "web")
    assert asked_on.reply.conversation == exchange.reply.conversation
    assert len(commits) == 2


def test_what_is_not_answered_in_time_is_neither_kept_nor_remembered(
    service: AnswerService,
    bot: Chatbot,
    commits: list[Connection],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = bot.draft
    seconds = bot.settings.deadline_seconds

    def slow(message: str, conversation: str | None = None) -> object:
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + seconds + 1)
        return draft(message, conversation)

    monkeypatch.setattr(bot, "draft", slow)
    with pytest.raises(DeadlineError):
        service.answer(QUESTION, None, "web")
    assert commits == []
