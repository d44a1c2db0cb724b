"""The journal of exchanges, in a real database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from chatbot.answering.quoting import Quote
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.documents.document import Passage
from chatbot.insights.journal import DAY_SECONDS, Journal
from chatbot.insights.tables import EXCHANGES, TABLES
from chatbot.reply import Reply

PASSAGE = Passage("p1", "shop.txt", "Shop", "It takes nine days.", 9, 28, 2)
ANSWER = Reply(
    "answer", PASSAGE.text, "c1", 0.9, (Quote(PASSAGE.text, PASSAGE, 2, 9, 28),)
)
NOT_FOUND = Reply("not_found", "The documents do not cover this.", "c1")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(database: str, clock: Clock) -> Iterator[Journal]:
    engine = open_database(database, TABLES)
    yield Journal(GroupedWrites(engine), 30, clock)
    TABLES.drop_all(engine)
    engine.dispose()


def kept(journal: Journal) -> list[dict[str, Any]]:
    with journal.engine.begin() as connection:
        rows = connection.execute(select(EXCHANGES).order_by(EXCHANGES.c.asked_at))
        return [dict(row) for row in rows.mappings()]


def test_an_exchange_is_kept_with_the_place_of_its_quote(journal: Journal) -> None:
    exchange = journal.record("How long does it take?", ANSWER, "web")
    (row,) = kept(journal)
    assert row == {
        "id": exchange,
        "asked_at": 1_700_000_000,
        "channel": "web",
        "kind": "answer",
        "question": "How long does it take?",
        "answer": "It takes nine days.",
        "source": "shop.txt",
        "line": 2,
        "quote_start": 9,
        "quote_end": 28,
        "rating": "",
        "comment": "",
    }


def test_an_exchange_is_kept_whatever_becomes_of_what_is_written_with_it(
    journal: Journal,
) -> None:
    with pytest.raises(ZeroDivisionError), journal.recording("Why?", NOT_FOUND, "web"):
        raise ZeroDivisionError
    assert [row["question"] for row in kept(journal)] == ["Why?"]


def test_ids_cannot_be_guessed(journal: Journal) -> None:
    ids = {journal.record("Why?", NOT_FOUND, "web") for _ in range(20)}
    assert len(ids) == 20
    assert {len(id_) for id_ in ids} == {22}


def test_the_last_rating_holds(journal: Journal) -> None:
    exchange = journal.record("Why?", ANSWER, "web")
    assert journal.rate(exchange, "up")
    assert journal.rate(exchange, "down", "Out of date.")
    (row,) = kept(journal)
    assert (row["rating"], row["comment"]) == ("down", "Out of date.")


def test_the_same_rating_without_a_comment_keeps_the_comment(journal: Journal) -> None:
    exchange = journal.record("Why?", ANSWER, "web")
    journal.rate(exchange, "down", "Out of date.")
    journal.rate(exchange, "down")
    assert kept(journal)[0]["comment"] == "Out of date."
    journal.rate(exchange, "up")
    assert (kept(journal)[0]["rating"], kept(journal)[0]["comment"]) == ("up", "")


def test_an_unknown_exchange_cannot_be_rated(journal: Journal) -> None:
    journal.record("Why?", ANSWER, "web")
    for unknown in ("x" * 22, "", "x\0", "\ud800", "%" * 22):
        assert not journal.rate(unknown, "down")
    assert kept(journal)[0]["rating"] == ""


def test_a_clock_that_was_set_back_keeps_no_text_for_longer(
    journal: Journal, clock: Clock
) -> None:
    year = 365 * DAY_SECONDS
    clock.now += year
    journal.record("A question from the future?", ANSWER, "web")
    clock.now -= year
    journal.record("An old question?", ANSWER, "web")
    clock.now += 31 * DAY_SECONDS
    journal.record("A new question?", ANSWER, "web")
    questions = [row["question"] for row in kept(journal)]
    assert questions == ["", "A new question?", "A question from the future?"]


def test_texts_are_forgotten_when_their_days_are_over(
    journal: Journal, clock: Clock
) -> None:
    old = journal.record("An old question?", ANSWER, "web")
    journal.rate(old, "down", "An old comment.")
    clock.now += 29 * DAY_SECONDS
    journal.record("A newer question?", NOT_FOUND, "web")
    assert kept(journal)[0]["question"] == "An old question?"
    clock.now += 2 * DAY_SECONDS
    journal.record("A new question?", NOT_FOUND, "web")
    first, second, third = kept(journal)
    assert (first["question"], first["answer"], first["comment"]) == ("", "", "")
    assert (first["kind"], first["rating"]) == ("answer", "down")
    assert (second["question"], third["question"]) == (
        "A newer question?",
        "A new question?",
    )


def test_with_no_days_no_text_is_ever_kept(journal: Journal, clock: Clock) -> None:
    silent = Journal(GroupedWrites(journal.engine), 0, clock)
    exchange = silent.record("A secret question?", ANSWER, "web")
    assert silent.rate(exchange, "down", "A secret comment.")
    (row,) = kept(silent)
    assert not any("secret" in str(value) for value in row.values())
    assert (row["question"], row["answer"], row["rating"]) == ("", "", "down")


def test_characters_that_a_database_cannot_hold_are_replaced(journal: Journal) -> None:
    journal.record("Why\0not?", NOT_FOUND, "web")
    assert kept(journal)[0]["question"] == "Why\N{REPLACEMENT CHARACTER}not?"


def test_a_database_that_fails_keeps_nobody_from_an_answer(
    journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    TABLES.drop_all(journal.engine)
    with caplog.at_level(logging.ERROR):
        assert journal.record("A secret question?", ANSWER, "web")
    assert "An exchange was not kept" in caplog.text
    assert "Old questions were not erased" in caplog.text
    assert "secret" not in caplog.text
