"""What is read at a time for an index: some files, or a part of a large one."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from chatbot.documents.discovery import SourceFile
from chatbot.documents.readers import Part, SkippedLines
from chatbot.documents.reading import (
    language_of_records,
    no_text,
    parts_of,
    read_document,
    read_part,
    unreadable,
)
from chatbot.errors import DocumentError
from chatbot.index.analysis import AnalysedDocument, analyse
from chatbot.index.file_states import FileState

_log = logging.getLogger(__name__)

JOB_BYTES = 2 * 2**20
"""Files are read so many bytes at a time, and files of records cut to such parts."""


@dataclass(frozen=True, slots=True)
class ReadingJob:
    """Files to read whole, or a `part` of one file, in one language.

    An empty `language` has that of each file detected.
    """

    files: tuple[SourceFile, ...]
    language: str
    part: Part | None = None

    @property
    def bytes(self) -> int:
        """How much there is to read."""
        if self.part:
            return self.part.end - self.part.start
        return sum(file.size for file in self.files)

    @property
    def continues(self) -> bool:
        """Whether it goes on with the file that the job before begins."""
        return self.part is not None and self.part.start > 0

    def to_json(self) -> dict[str, Any]:
        """The job as a dictionary ready for JSON."""
        files = [{**asdict(file), "corpus": str(file.corpus)} for file in self.files]
        part = asdict(self.part) if self.part else None
        return {"files": files, "language": self.language, "part": part}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> ReadingJob:
        """The job that `to_json` described."""
        files = (
            SourceFile(**{**file, "corpus": Path(file["corpus"])})
            for file in entry["files"]
        )
        part = Part(**entry["part"]) if entry["part"] else None
        return cls(tuple(files), entry["language"], part)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of a file or a part of it; `skipped` are lines of a part."""

    state: FileState
    skipped: SkippedLines = field(default_factory=SkippedLines)

    def to_json(self) -> dict[str, Any]:
        """The outcome as a dictionary ready for JSON."""
        return {"state": self.state.to_json(), "skipped": asdict(self.skipped)}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> FileOutcome:
        """The outcome that `to_json` described."""
        skipped = entry["skipped"]
        return cls(
            FileState.from_json(entry["state"]),
            SkippedLines(tuple(skipped["reasons"]), skipped["count"]),
        )


def jobs_for(files: Sequence[SourceFile], language: str) -> Iterator[ReadingJob]:
    """The jobs that read files in their order; `language` is as in `ReadingJob`."""
    pending: list[SourceFile] = []
    for file in files:
        parts, own = _parts(file, language)
        if pending and (parts or sum(f.size for f in pending) >= JOB_BYTES):
            yield ReadingJob(tuple(pending), language)
            pending = []
        if parts:
            yield from (ReadingJob((file,), own, part) for part in parts)
        else:
            pending.append(file)
    if pending:
        yield ReadingJob(tuple(pending), language)


def run_job(job: ReadingJob) -> tuple[list[AnalysedDocument], list[FileOutcome]]:
    """Read the documents of a job; those of unusable files are left out."""
    documents, outcomes = [], []
    for file in job.files:
        document, outcome = _read(file, job)
        outcomes.append(outcome)
        if document:
            documents.append(document)
    return documents, outcomes


def whole_state(parts: Sequence[FileOutcome]) -> FileState:
    """The state of a file, given what became of its parts, or of all of it."""
    first = parts[0].state
    if len(parts) == 1:
        return first
    skipped = sum((part.skipped for part in parts), SkippedLines())
    problems = (*(p for part in parts for p in part.state.problems), *skipped.notices)
    if any(part.state.is_served for part in parts):
        return replace(first, is_served=True, problems=problems)
    return replace(first, is_served=False, problems=(str(no_text(skipped)),))


def _parts(file: SourceFile, language: str) -> tuple[list[Part], str]:
    """The parts to read a file in, none when it is read whole, and its language."""
    try:
        parts = parts_of(file, JOB_BYTES)
        return parts, language or (language_of_records(file) if parts else "")
    except DocumentError:
        return [], language


def _read(
    file: SourceFile, job: ReadingJob
) -> tuple[AnalysedDocument | None, FileOutcome]:
    try:
        state = _unread(file) if job.continues else FileState.of(file)
    except OSError as error:
        return None, _unserved(_unread(file), unreadable(error))
    try:
        if job.part:
            document, lines = read_part(file, job.part, job.language)
            is_served = bool(document.passages)
            outcome = FileOutcome(replace(state, is_served=is_served), lines)
            return analyse(document) if is_served else None, outcome
        document, skipped = read_document(file, job.language)
        problems = tuple(entry.reason for entry in skipped)
        return analyse(document), FileOutcome(replace(state, problems=problems))
    except DocumentError as error:
        return None, _unserved(state, str(error))
    except Exception as error:  # one document must not cost the others
        _log.exception("%s cannot be read", file.source)
        return None, _unserved(state, f"its reader gave up ({type(error).__name__})")


def _unserved(state: FileState, reason: str) -> FileOutcome:
    return FileOutcome(replace(state, is_served=False, problems=(reason,)))


def _unread(file: SourceFile) -> FileState:
    return FileState(file.source, file.size, file.modified, 0, "")
