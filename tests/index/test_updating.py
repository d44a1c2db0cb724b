"""Files to segments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.documents.discovery import SourceFile, find_files
from chatbot.index.readers import Readers
from chatbot.index.report import Reading
from chatbot.index.scratch import Scratch
from chatbot.index.store import PassageStore
from chatbot.index.updating import Update, updated_segments

ReadFiles = Callable[..., Update]


def found(folder: Path) -> list[SourceFile]:
    return find_files(folder, None, 10**6)[0]


@pytest.fixture
def read(tmp_path: Path) -> ReadFiles:
    def run(files: list[SourceFile], progress=None) -> Update:
        readers = Readers(Scratch(tmp_path), 1024)
        return updated_segments(files, None, {}, "", readers, progress)

    return run


def sources(update: Update) -> list[str]:
    return [
        source
        for segment in update.segments
        for source in PassageStore(segment.arrays).sources
    ]


def test_every_file_is_read_when_there_is_no_index(new_corpus, read) -> None:
    files = found(new_corpus({"b.txt": "Some tea.", "a.md": "# Tea\n\nA cup of it."}))
    update = read(files)

    assert sources(update) == ["a.md", "b.txt"]
    assert [state.source for state in update.states] == ["a.md", "b.txt"]
    assert update.read == 2


def test_a_file_that_cannot_be_served_is_noted_with_the_reason(
    new_corpus, read
) -> None:
    records = '{"text": "A record."}\nno record\n'
    folder = new_corpus({"empty.txt": "", "faq.jsonl": records, "gone.txt": "Soon."})
    files = found(folder)
    (folder / "gone.txt").unlink()
    update = read(files)

    assert sources(update) == ["faq.jsonl"]
    assert [(state.is_served, state.problems) for state in update.states] == [
        (False, ("it is empty",)),
        (True, ("line 2: it is not JSON",)),
        (False, ("it cannot be read: no such file or directory",)),
    ]
    assert update.read == 3


def test_progress_counts_files_and_bytes_up_to_all_of_them(
    new_corpus, read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.index.reading_jobs.JOB_BYTES", 5)
    calls: list[Reading] = []
    read(found(new_corpus(dict.fromkeys(("a.txt", "b.txt"), "Words."))), calls.append)

    assert calls == [
        Reading(0, 2, 0, 12),
        Reading(1, 2, 6, 12),
        Reading(2, 2, 12, 12),
    ]


def test_a_file_in_parts_counts_once_it_is_read_whole(
    new_corpus, read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.index.reading_jobs.JOB_BYTES", 20)
    calls: list[Reading] = []
    records = '{"text": "Tea."}\n' * 4
    update = read(found(new_corpus({"a.jsonl": records})), calls.append)

    assert [call.files for call in calls] == [0, 0, 1]
    assert [segment.continues for segment in update.segments] == [False, True]
    assert update.read == 1
