"""Documents, headings and passages: what a file becomes once it is read.

    document.text[passage.start:passage.end] == passage.text

All offsets count characters of `document.text`, which is the file decoded as UTF-8 with
`\\n` line ends (what `Path.read_text` returns); of a JSON Lines file it is the titles
and texts of its records, one below the other. Lines count from 1 and are lines of the
file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RECORD_SUFFIX = ".jsonl"
"""Ends the name of a file that holds one record a line."""

Span = tuple[int, int]
"""Start (inclusive) and end (exclusive) of a stretch of text, in characters."""


def is_of_records(source: str) -> bool:
    """Whether a file holds a record on each line and is read as a stream."""
    return source.lower().endswith(RECORD_SUFFIX)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands in the document; `level` 1 is the outermost."""

    text: str
    level: int
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is retrieved: a paragraph, a list or a part of one.

    `sentences` are the spans of its sentences in the document, in order and without
    overlap; a short block of code or a line of a longer one counts as one. `headings`
    is the path from the outermost heading to the innermost.
    """

    id: str
    source: str
    title: str
    text: str
    start: int
    end: int
    line: int
    headings: tuple[Heading, ...] = ()
    sentences: tuple[Span, ...] = ()
    url: str = ""

    def line_at(self, offset: int) -> int:
        """The line of the file on which an offset of the document stands.

        A record of a JSON Lines file is one line, whatever its text looks like.
        """
        if is_of_records(self.source):
            return self.line
        return self.line + self.text.count("\n", 0, offset - self.start)

    @property
    def heading(self) -> str:
        """The text of the innermost heading, or an empty string."""
        return self.headings[-1].text if self.headings else ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus, read.

    `source` is its path inside the corpus, with forward slashes; `language` the English
    name of the one language that most of it is in ("german").
    """

    source: str
    title: str
    text: str
    headings: Sequence[Heading]
    passages: Sequence[Passage]
    language: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a line of one, that is not served, and why."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"skipped {self.source}: {self.reason}"
