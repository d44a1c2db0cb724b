"""What opening or building an index did: what a person is told about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chatbot.documents.document import Skipped


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the reading of changed files is: so many of all of them, and bytes."""

    files: int
    all_files: int
    bytes: int
    all_bytes: int


BuildProgress = Callable[[Reading], None]
"""Called while an index is built, whenever some more has been read."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The state of an index after it was opened.

    `read` counts the files that were read this time (0 when the index was up to date),
    `seconds` is what reading and building took. `skipped` are the files or lines that
    are not served. `notices` are lines to show once, such as why an index was rebuilt.
    `generation` is the folder of what is served; another build has another one.
    """

    files: int
    passages: int
    terms: int
    read: int
    seconds: float
    generation: Path
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[str, ...] = ()
