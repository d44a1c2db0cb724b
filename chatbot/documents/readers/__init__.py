"""The readers: one module for each format, which turns a file into an `Outline`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from chatbot.documents.formats import MARKDOWN_SUFFIXES, PLAIN_TEXT_SUFFIXES
from chatbot.documents.outline import Outline
from chatbot.documents.readers.json_lines import (
    Part,
    SkippedLines,
    cut_lines,
    read_json_lines,
)
from chatbot.documents.readers.plain_text import read_plain_text

__all__ = [
    "TEXT_READERS",
    "Part",
    "SkippedLines",
    "cut_lines",
    "read_json_lines",
]


def _read_markdown(text: str, title: str) -> Outline:
    from chatbot.documents.readers.markdown import read_markdown

    return read_markdown(text, title)


TEXT_READERS: Mapping[str, Callable[[str, str], Outline]] = MappingProxyType(
    {
        **dict.fromkeys(PLAIN_TEXT_SUFFIXES, read_plain_text),
        **dict.fromkeys(MARKDOWN_SUFFIXES, _read_markdown),
    }
)
"""By suffix, the function from a text and a default title to its outline."""
