"""The word lists that ship with the package."""

from __future__ import annotations

from pathlib import Path

import pytest

import chatbot.language
from chatbot.language.resources import word_list

FILES = sorted((Path(chatbot.language.__file__).parent / "data").glob("*/*.txt"))


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_list_has_neither_blank_lines_nor_comments(path: Path) -> None:
    lines = word_list(path.parent.name, path.stem)

    assert lines
    assert [
        line for line in lines if line != line.strip() or line[:1] in ("", "#")
    ] == []


@pytest.mark.parametrize(
    ("language", "name"),
    [("klingon", "stop_words"), ("german", "synonyms"), ("", ""), ("english", "\0")],
)
def test_a_list_that_does_not_exist_is_empty(language: str, name: str) -> None:
    assert word_list(language, name) == ()
