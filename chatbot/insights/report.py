"""What an owner can learn from the journal: how much is asked, and what goes wrong.

insights = read_insights(journal.engine, journal.keep_days, days=30, now=time.time())
insights.unanswered[0].text     # what to write about next
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, Engine, func, select

from chatbot.database import reading
from chatbot.insights.journal import DAY_SECONDS, kept_since
from chatbot.insights.likeness import AskedQuestion, QuestionGroup, group_questions
from chatbot.insights.tables import EXCHANGES

MOST_DISLIKED = 200
MOST_WORDINGS = 2000
"""Questions that are worded differently, the most frequent first, are grouped."""

_COLUMNS = EXCHANGES.c


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions of a day (UTC) were answered, not found and asked back."""

    date: date
    answered: int = 0
    not_found: int = 0
    asked_back: int = 0

    @property
    def questions(self) -> int:
        return self.answered + self.not_found + self.asked_back


@dataclass(frozen=True, slots=True)
class DislikedAnswer:
    """A reply that somebody marked as no help; texts are empty where none are kept."""

    asked_at: int
    channel: str
    question: str
    answer: str
    comment: str
    source: str
    line: int
    quote_start: int
    quote_end: int


@dataclass(frozen=True, slots=True)
class Insights:
    """What was asked in some days, the last of which is today.

    `disliked` are the replies marked as no help, the newest first; `unanswered` the
    questions that were not found, grouped, the most frequent first. Both have texts of
    the last `keep_days` alone.
    """

    days: tuple[Day, ...]
    ups: int
    downs: int
    disliked: tuple[DislikedAnswer, ...]
    unanswered: tuple[QuestionGroup, ...]
    keep_days: int

    @property
    def questions(self) -> int:
        return sum(day.questions for day in self.days)

    @property
    def answered(self) -> int:
        return sum(day.answered for day in self.days)

    @property
    def not_found(self) -> int:
        return sum(day.not_found for day in self.days)

    @property
    def share_answered(self) -> float | None:
        """Of the questions answered or not found; None when there are none."""
        judged = self.answered + self.not_found
        return self.answered / judged if judged else None


def read_insights(engine: Engine, keep_days: int, days: int, now: float) -> Insights:
    """What the journal says about the last `days` days.

    `keep_days` is how long texts are kept, `now` in UTC seconds. Raises
    `SQLAlchemyError` when the database fails.
    """
    today = datetime.fromtimestamp(now, UTC).date()
    dates = [today - timedelta(days=back) for back in reversed(range(days))]
    midnight = int(now) - int(now) % DAY_SECONDS
    since = midnight - (days - 1) * DAY_SECONDS
    told_since = max(since, kept_since(keep_days, now))
    with reading(engine) as connection:
        by_day = dict(_days(connection, since))
        ratings = _ratings(connection, since)
        disliked = tuple(_disliked(connection, told_since))
        wordings = list(_unanswered(connection, told_since))
    return Insights(
        days=tuple(by_day.get(day, Day(day)) for day in dates),
        ups=ratings["up"],
        downs=ratings["down"],
        disliked=disliked,
        unanswered=tuple(group_questions(wordings)),
        keep_days=keep_days,
    )


def _days(connection: Connection, since: int) -> Iterator[tuple[date, Day]]:
    day_start = _COLUMNS.asked_at - _COLUMNS.asked_at % DAY_SECONDS
    counted = (
        select(day_start, _COLUMNS.kind, func.count())
        .where(_COLUMNS.asked_at >= since)
        .group_by(day_start, _COLUMNS.kind)
    )
    counts: Counter[tuple[date, str]] = Counter()
    for start, kind, count in connection.execute(counted):
        counts[datetime.fromtimestamp(start, UTC).date(), kind] += count
    for day in {day for day, _ in counts}:
        kinds = (counts[day, kind] for kind in ("answer", "not_found", "clarify"))
        yield day, Day(day, *kinds)


def _ratings(connection: Connection, since: int) -> Counter[str]:
    counted = (
        select(_COLUMNS.rating, func.count())
        .where(_COLUMNS.asked_at >= since)
        .group_by(_COLUMNS.rating)
    )
    return Counter({rating: int(n) for rating, n in connection.execute(counted)})


def _disliked(connection: Connection, since: int) -> Iterator[DislikedAnswer]:
    chosen = (
        select(
            _COLUMNS.asked_at,
            _COLUMNS.channel,
            _COLUMNS.question,
            _COLUMNS.answer,
            _COLUMNS.comment,
            _COLUMNS.source,
            _COLUMNS.line,
            _COLUMNS.quote_start,
            _COLUMNS.quote_end,
        )
        .where(_COLUMNS.asked_at >= since, _COLUMNS.rating == "down")
        .order_by(_COLUMNS.asked_at.desc(), _COLUMNS.id)
        .limit(MOST_DISLIKED)
    )
    for row in connection.execute(chosen):
        yield DislikedAnswer(*row)


def _unanswered(connection: Connection, since: int) -> Iterator[AskedQuestion]:
    count = func.count()
    chosen = (
        select(_COLUMNS.question, count, func.max(_COLUMNS.asked_at))
        .where(
            _COLUMNS.asked_at >= since,
            _COLUMNS.kind == "not_found",
            _COLUMNS.question != "",
        )
        .group_by(_COLUMNS.question)
        .order_by(count.desc(), _COLUMNS.question)
        .limit(MOST_WORDINGS)
    )
    for row in connection.execute(chosen):
        yield AskedQuestion(*row)
