"""What the index notes of each file of the corpus, to tell later whether it changed."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, fields
from typing import Any

from chatbot.documents.discovery import SourceFile

_SETTLED_NANOSECONDS = 2 * 10**9
"""A file changed less than this before it was read may change again unnoticed."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file when it was last read.

    `modified` and `read_at` are nanoseconds since 1970. `problems` are the reasons why
    the file, or lines of it, are not served.
    """

    source: str
    size: int
    modified: int
    read_at: int
    hash: str
    is_served: bool = True
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, file: SourceFile) -> FileState:
        """The state of a file that is about to be read; OSError when it cannot be."""
        read_at = time.time_ns()
        digest = _hash(file)
        return cls(file.source, file.size, file.modified, read_at, digest)

    def to_json(self) -> dict[str, Any]:
        """The state as a dictionary ready for JSON."""
        return {name: getattr(self, name) for name in _NAMES}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> FileState:
        """The state that `to_json` made; TypeError or KeyError for anything else."""
        return cls(**{**entry, "problems": tuple(entry["problems"])})


_NAMES = tuple(field.name for field in fields(FileState))


def is_unchanged(file: SourceFile, state: FileState) -> bool:
    """Whether a file still has the contents that the index took in.

    Size and time of modification decide when the file had settled before it was read;
    otherwise, or when only the time differs, the hash does.
    """
    if file.size != state.size:
        return False
    has_settled = state.read_at - state.modified > _SETTLED_NANOSECONDS
    if has_settled and file.modified == state.modified:
        return True
    try:
        return _hash(file) == state.hash
    except OSError:
        return not state.hash


def _hash(file: SourceFile) -> str:
    with file.open() as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
