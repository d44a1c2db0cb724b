"""What the journal says about some days, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from chatbot.answering.quoting import Quote
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.documents.document import Passage
from chatbot.insights.journal import DAY_SECONDS, Journal
from chatbot.insights.report import Day, Insights, read_insights
from chatbot.insights.tables import TABLES
from chatbot.reply import Reply, ReplyKind

NOON = 1_700_049_600
TODAY = date(2023, 11, 15)
PASSAGE = Passage("p1", "shop.txt", "Shop", "It takes nine days.", 9, 28, 2)
QUOTE = Quote(PASSAGE.text, PASSAGE, 2, 9, 28)


class Past:
    """A journal that is written at any time of the past."""

    def __init__(self, database: str) -> None:
        self.engine = open_database(database, TABLES)
        self._now = 0.0
        self._journal = Journal(GroupedWrites(self.engine), 30, lambda: self._now)

    def ask(self, question: str, kind: ReplyKind, days_ago: float = 0) -> str:
        self._now = NOON - days_ago * DAY_SECONDS
        quotes = (QUOTE,) if kind == "answer" else ()
        reply = Reply(kind, f"The reply to {question}", "c", quotes=quotes)
        return self._journal.record(question, reply, "web")

    def rate(self, exchange: str, rating, comment: str = "") -> None:
        assert self._journal.rate(exchange, rating, comment)

    def insights(self, days: int = 7, keep_days: int = 30) -> Insights:
        return read_insights(self.engine, keep_days, days, NOON)


@pytest.fixture
def past(database: str) -> Iterator[Past]:
    past = Past(database)
    yield past
    TABLES.drop_all(past.engine)
    past.engine.dispose()


def test_questions_are_counted_by_day(past: Past) -> None:
    for kind, days_ago in (
        ("answer", 0),
        ("answer", 0.49),
        ("answer", 0.51),
        ("not_found", 1),
        ("clarify", 1),
        ("small_talk", 1),
        ("answer", 2.51),
        ("answer", 40),
    ):
        past.ask("Why?", kind, days_ago)
    insights = past.insights(days=3)
    assert insights.days == (
        Day(date(2023, 11, 13)),
        Day(date(2023, 11, 14), answered=1, not_found=1, asked_back=1),
        Day(TODAY, answered=2),
    )
    assert (insights.questions, insights.answered, insights.not_found) == (5, 3, 1)
    assert insights.share_answered == 0.75


def test_nothing_asked_has_no_share(past: Past) -> None:
    insights = past.insights()
    assert (insights.questions, insights.share_answered) == (0, None)
    assert len(insights.days) == 7


def test_what_did_not_help_comes_with_its_question_newest_first(past: Past) -> None:
    old = past.ask("An old question?", "answer", 3)
    new = past.ask("A new question?", "answer", 1)
    past.rate(past.ask("A good one?", "answer"), "up")
    past.rate(old, "down", "Out of date.")
    past.rate(new, "down")
    insights = past.insights()
    assert (insights.ups, insights.downs) == (1, 2)
    first, second = insights.disliked
    assert (first.question, second.question) == ("A new question?", "An old question?")
    assert second.answer == "The reply to An old question?"
    assert second.comment == "Out of date."
    assert (second.source, second.line) == ("shop.txt", 2)
    assert (second.quote_start, second.quote_end) == (9, 28)


def test_unanswered_questions_are_grouped_the_most_frequent_first(past: Past) -> None:
    past.ask("Is there a dress code?", "not_found", 2)
    for days_ago in (3, 1):
        past.ask("Where can I park my bicycle?", "not_found", days_ago)
    past.ask("bicycle parking", "not_found", 2)
    past.ask("Is there parking?", "answer")
    first, second = past.insights().unanswered
    assert (first.text, first.count) == ("Where can I park my bicycle?", 3)
    assert first.last_asked == NOON - DAY_SECONDS
    assert (second.text, second.count) == ("Is there a dress code?", 1)


def test_texts_older_than_they_are_kept_are_never_told(past: Past) -> None:
    past.rate(past.ask("A disliked one?", "answer", 4), "down")
    past.ask("An unanswered one?", "not_found", 4)
    for keep_days in (0, 3):
        insights = past.insights(keep_days=keep_days)
        assert (insights.disliked, insights.unanswered) == ((), ())
        assert (insights.questions, insights.downs) == (2, 1)
    assert past.insights(keep_days=5).disliked
