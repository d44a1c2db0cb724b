"""Insights to text: what people asked, what was not found, and what did not help."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from chatbot.channels.terminal.rendering import Fragment, counted
from chatbot.database import database_url, open_database, reason_of
from chatbot.errors import DatabaseError
from chatbot.insights.report import Day, DislikedAnswer, Insights, read_insights
from chatbot.insights.spreadsheets import moment
from chatbot.insights.tables import TABLES
from chatbot.settings import Settings

MOST_SHOWN = 20
BAR_COLUMNS = 40


def journal_insights(settings: Settings, days: int) -> Insights:
    """What the journal of the server with these settings says.

    Raises `DatabaseError`.
    """
    engine = open_database(database_url(settings), TABLES)
    try:
        return read_insights(engine, settings.keep_question_days, days, time.time())
    except SQLAlchemyError as error:
        raise DatabaseError(
            f"The database cannot be read: {reason_of(error)}. Start the server once, "
            "or see CHATBOT_DATABASE_URL."
        ) from error
    finally:
        engine.dispose()


def render_insights(insights: Insights) -> list[Fragment]:
    """The figures, a bar for each day, then the questions to write about."""
    if not insights.questions:
        return [(f"Nothing was asked in {counted(len(insights.days), 'day')}.", "text")]
    share = insights.share_answered
    lines = [
        f"questions    {insights.questions:,} in {counted(len(insights.days), 'day')}",
        f"answered     {insights.answered:,}"
        + ("" if share is None else f" ({share:.0%})"),
        f"not found    {insights.not_found:,}",
        f"helped       {insights.ups:,}, did not help {insights.downs:,}",
        "",
        *_bars(insights.days),
    ]
    if insights.unanswered:
        lines += ["", "What the documents do not answer:"]
    for group in insights.unanswered[:MOST_SHOWN]:
        others = len(group.questions) - 1
        also = f"  (and {counted(others, 'other wording')})" if others else ""
        lines.append(f"{group.count:>6,}  {group.text}{also}")
    if insights.disliked:
        lines += ["", "Answers that did not help:"]
    for answer in insights.disliked[:MOST_SHOWN]:
        lines += _disliked_lines(answer)
    return [("\n".join(lines), "text")]


def insights_data(insights: Insights) -> dict[str, Any]:
    """All of it, ready for JSON."""
    share = insights.share_answered
    return {
        "questions": insights.questions,
        "answered": insights.answered,
        "not_found": insights.not_found,
        "share_answered": None if share is None else round(share, 4),
        "helped": insights.ups,
        "did_not_help": insights.downs,
        "days": [
            {**asdict(day), "date": day.date.isoformat()} for day in insights.days
        ],
        "unanswered": [
            {
                "question": group.text,
                "count": group.count,
                "wordings": [asdict(question) for question in group.questions],
            }
            for group in insights.unanswered
        ],
        "disliked": [asdict(answer) for answer in insights.disliked],
    }


def _bars(days: tuple[Day, ...]) -> list[str]:
    """A line for each day on which something was asked."""
    most = max(day.questions for day in days)
    return [
        f"{day.date}  {day.questions:>6,}  "
        + "#" * max(round(BAR_COLUMNS * day.questions / most), 1)
        for day in days
        if day.questions
    ]


def _disliked_lines(answer: DislikedAnswer) -> list[str]:
    place = f" ({answer.source}, line {answer.line})" if answer.source else ""
    said = f" – “{answer.comment}”" if answer.comment else ""
    excerpt = " ".join(answer.answer.split())
    return [
        f"  {moment(answer.asked_at)}  {answer.question}{said}",
        f"                    {excerpt}{place}",
    ]
