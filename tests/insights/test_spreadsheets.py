"""Insights as CSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.insights.likeness import AskedQuestion, QuestionGroup
from chatbot.insights.report import DislikedAnswer
from chatbot.insights.spreadsheets import disliked_csv, unanswered_csv

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"]


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def group(*texts: str) -> QuestionGroup:
    return QuestionGroup(tuple(AskedQuestion(text, 2, 1_700_049_600) for text in texts))


def test_each_wording_has_a_row_with_its_group() -> None:
    header, *others = rows(unanswered_csv([group("Why, then?", 'Why "then"\n?')]))
    assert header == ["group", "question", "times", "last asked (UTC)"]
    assert others == [
        ["Why, then?", "Why, then?", "2", "2023-11-15 12:00"],
        ["Why, then?", 'Why "then"\n?', "2", "2023-11-15 12:00"],
    ]


def test_what_did_not_help_has_a_row() -> None:
    answer = DislikedAnswer(
        1_700_049_600, "web", "Why?", "It is so.", "=no", "shop.txt", 2, 9, 28
    )
    header, row = rows(disliked_csv([answer]))
    assert len(header) == len(row)
    assert row == [
        "2023-11-15 12:00", "web", "Why?", "It is so.", "shop.txt", "2", "'=no",
    ]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_somebody_typed_is_a_text(formula: str) -> None:
    (_, row) = rows(unanswered_csv([group(formula)]))
    assert row[:2] == [f"'{formula}"] * 2


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_comes_back_and_none_commands(text: str) -> None:
    (_, row) = rows(unanswered_csv([group(text)]))
    assert row[1] in (text, f"'{text}")
    assert not row[1].lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
