"""The contents of a corpus: its first documents with the headings that hold text."""

from __future__ import annotations

from pathlib import Path

from chatbot import Chatbot

GUIDE = """\
# Guide

## Tea

Tea is hot.

## Empty

## Cake

Cake is soft.

More.
"""


def shown(folder: Path, documents: int = 9, headings: int = 9) -> list[tuple]:
    found = Chatbot.open(folder).contents(documents, headings)
    return [(each.source, [h.text for h in each.headings]) for each in found]


def test_documents_stand_with_the_headings_that_hold_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A line without a heading.\n")
    (tmp_path / "b.md").write_text(GUIDE)
    assert shown(tmp_path) == [("a.txt", []), ("b.md", ["Tea", "Cake"])]


def test_no_more_are_listed_than_are_wanted(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(GUIDE)
    assert shown(tmp_path, 2, 1) == [("a.md", ["Tea"]), ("b.md", ["Tea"])]


def test_text_above_the_first_heading_is_under_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Before.\n\n# First\n\nBelow.\n")
    (found,) = Chatbot.open(tmp_path).contents(1, 9)
    assert [(h.text, h.line) for h in found.headings] == [("First", 3)]
    assert found.title
