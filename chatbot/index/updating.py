"""Files to segments, reading only those that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from chatbot.documents.discovery import SourceFile
from chatbot.index.collected_words import CollectedWords
from chatbot.index.file_states import FileState, is_unchanged
from chatbot.index.ranges import runs
from chatbot.index.readers import JobResult, Readers
from chatbot.index.reading_jobs import (
    FileOutcome,
    ReadingJob,
    jobs_for,
    whole_state,
)
from chatbot.index.report import BuildProgress, Reading
from chatbot.index.segments import Arrays, Segment
from chatbot.index.string_table import opened_table


@dataclass(frozen=True, slots=True)
class Update:
    """A corpus in segments, the state of each file, and how many files were read.

    `words` are those of the segments.
    """

    segments: tuple[Segment, ...]
    words: CollectedWords
    states: tuple[FileState, ...]
    read: int


def updated_segments(
    files: Sequence[SourceFile],
    previous: Arrays | None,
    states: Mapping[str, FileState],
    language: str,
    readers: Readers,
    progress: BuildProgress | None,
) -> Update:
    """The documents of a corpus, those of unchanged files taken from `previous`.

    `previous` are the arrays of an index, `states` the files as it took them in;
    `language` is that of all, or empty to have each file's detected.
    """
    kept = {
        file.source: states[file.source]
        for file in files
        if previous
        and file.source in states
        and is_unchanged(file, states[file.source])
    }
    runs = [
        (list(run), is_kept)
        for is_kept, run in groupby(files, lambda file: file.source in kept)
    ]
    jobs = [
        list(jobs_for(run, language)) if not is_kept else [] for run, is_kept in runs
    ]
    results = _watched(readers, [job for several in jobs for job in several], progress)
    segments: list[Segment] = []
    words = CollectedWords(known=previous)

    def take(segment: Segment) -> None:
        segments.append(segment)
        words.add(segment)

    outcomes: dict[str, list[FileOutcome]] = defaultdict(list)
    for (run, is_kept), own in zip(runs, jobs, strict=True):
        if previous and is_kept:
            sources = [file.source for file in run if kept[file.source].is_served]
            for segment in _kept_segments(sources, previous):
                take(segment)
        for job, result in zip(own, results, strict=False):
            if result.arrays:
                first = job.files[0].source
                is_held = any(part.state.is_served for part in outcomes[first])
                size = len(result.arrays["document_characters"])
                take(Segment(result.arrays, range(size), is_held))
            for outcome in result.outcomes:
                outcomes[outcome.state.source].append(outcome)
    read = {source: whole_state(parts) for source, parts in outcomes.items() if parts}
    return Update(
        tuple(segments),
        words,
        tuple((kept | read)[file.source] for file in files),
        len(read),
    )


def _kept_segments(sources: Sequence[str], previous: Arrays) -> Iterator[Segment]:
    """Segments of documents of the previous index, as few as may be."""
    held = opened_table(previous, "document_sources")
    numbers = {held[number]: number for number in previous["document_order"].tolist()}
    for run in runs(map(numbers.__getitem__, sources)):
        yield Segment(previous, run)


def _watched(
    readers: Readers, jobs: Sequence[ReadingJob], progress: BuildProgress | None
) -> Iterator[JobResult]:
    """The results of all jobs, with a call of `progress` before and after each."""
    last_of = {
        file.source: place for place, job in enumerate(jobs) for file in job.files
    }
    done = Reading(0, len(last_of), 0, sum(job.bytes for job in jobs))
    if progress:
        progress(done)
    for place, (job, result) in enumerate(zip(jobs, readers.read(jobs), strict=True)):
        finished = sum(last_of[file.source] == place for file in job.files)
        done = replace(done, files=done.files + finished, bytes=done.bytes + job.bytes)
        if progress:
            progress(done)
        yield result
