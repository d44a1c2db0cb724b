"""The readers: one module for each format, which turns a file into an `Outline`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from chatbot.documents.document import RECORD_SUFFIX
from chatbot.documents.outline import Outline
from chatbot.documents.readers.json_lines import (
    Part,
    SkippedLines,
    cut_lines,
    read_json_lines,
)
from chatbot.documents.readers.markdown import read_markdown
from chatbot.documents.readers.plain_text import read_plain_text

__all__ = [
    "RECORD_SUFFIXES",
    "SUFFIXES",
    "TEXT_READERS",
    "Part",
    "SkippedLines",
    "cut_lines",
    "read_json_lines",
]

TEXT_READERS: Mapping[str, Callable[[str, str], Outline]] = MappingProxyType(
    {
        ".txt": read_plain_text,
        ".text": read_plain_text,
        ".md": read_markdown,
        ".markdown": read_markdown,
    }
)
"""By suffix, the function from a text and a default title to its outline."""

RECORD_SUFFIXES = (RECORD_SUFFIX,)
"""Suffixes of the files that hold a record on each line and are read as a stream."""

SUFFIXES = (*TEXT_READERS, *RECORD_SUFFIXES)
