"""Insights as CSV that a spreadsheet opens and that cannot command it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from chatbot.insights.likeness import QuestionGroup
from chatbot.insights.report import DislikedAnswer

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def unanswered_csv(groups: Iterable[QuestionGroup]) -> str:
    """A row for each wording of each group, with the wording that stands for it."""
    rows = (
        (group.text, question.text, question.count, moment(question.last_asked))
        for group in groups
        for question in group.questions
    )
    return _csv(("group", "question", "times", "last asked (UTC)"), rows)


def disliked_csv(answers: Iterable[DislikedAnswer]) -> str:
    """A row for each reply that was no help."""
    rows = (
        (
            moment(answer.asked_at),
            answer.channel,
            answer.question,
            answer.answer,
            answer.source,
            answer.line or "",
            answer.comment,
        )
        for answer in answers
    )
    columns = ("asked (UTC)", "channel", "question", "answer", "source", "line")
    return _csv((*columns, "comment"), rows)


def moment(seconds: int) -> str:
    """A time as spreadsheets and people read it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """CSV (RFC 4180) whose texts are no formulas, even where a person typed one."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue()


def _cell(value: object) -> object:
    """A value that a spreadsheet shows as it is: a quote sign keeps it a text."""
    is_formula = isinstance(value, str) and value.lstrip(" ").startswith(
        _STARTS_A_FORMULA
    )
    return f"'{value}" if is_formula else value
