"""Running jobs, here and in processes of their own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from chatbot.documents.discovery import find_files
from chatbot.errors import IndexStorageError
from chatbot.index.readers import JobResult, Readers
from chatbot.index.reading_jobs import ReadingJob, jobs_for
from chatbot.index.scratch import Scratch

FILES = {
    "a.txt": "Some tea.\n\nMore of it.",
    "b.txt": "",
    "c.jsonl": '{"text": "Tea."}\n' * 9,
    "d.md": "# Tea\n\nThe last (L.)",
}


@pytest.fixture
def jobs(new_corpus, monkeypatch: pytest.MonkeyPatch) -> list[ReadingJob]:
    monkeypatch.setattr("chatbot.index.reading_jobs.JOB_BYTES", 40)
    files, _ = find_files(new_corpus(FILES), None, 10**6)
    return list(jobs_for(files, "english"))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen]:
    """The processes that readers start."""
    processes: list[subprocess.Popen] = []
    start = subprocess.Popen

    def noted(*arguments, **options) -> subprocess.Popen:
        processes.append(start(*arguments, **options))
        return processes[-1]

    monkeypatch.setattr("chatbot.index.readers.READ_HERE_BYTES", 0)
    monkeypatch.setattr(subprocess, "Popen", noted)
    return processes


def contents(result: JobResult) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in (result.arrays or {}).items()}


def test_a_system_that_does_not_tell_its_cores_reads_all_the_same(
    jobs: list[ReadingJob], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    results = Readers(Scratch(tmp_path), 1024).read(jobs)
    assert len(list(results)) == len(jobs)


def test_other_processes_read_what_this_one_would(
    jobs: list[ReadingJob], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started
) -> None:
    readers = Readers(Scratch(tmp_path), 1024)
    there = list(readers.read(jobs))
    assert started
    monkeypatch.setattr("chatbot.index.readers.READ_HERE_BYTES", 10**6)
    here = list(readers.read(jobs))

    assert [contents(result) for result in there] == [contents(r) for r in here]
    assert [
        (outcome.state.hash, outcome.state.problems, outcome.skipped)
        for result in there
        for outcome in result.outcomes
    ] == [
        (outcome.state.hash, outcome.state.problems, outcome.skipped)
        for result in here
        for outcome in result.outcomes
    ]
    assert all(process.poll() is not None for process in started)


def test_a_process_that_is_killed_is_an_error_that_says_what_to_do(
    jobs: list[ReadingJob], tmp_path: Path, started
) -> None:
    results = Readers(Scratch(tmp_path), 1024).read(jobs * 50)
    next(results)
    for process in started:
        process.kill()

    with pytest.raises(IndexStorageError, match="CHATBOT_BUILD_MEMORY_MB"):
        list(results)
    assert all(process.poll() is not None for process in started)


def test_half_an_answer_is_that_of_a_process_that_was_ended(
    jobs: list[ReadingJob], tmp_path: Path, started, monkeypatch: pytest.MonkeyPatch
) -> None:
    halves = "import sys; sys.stdin.readline(); print('{', end='')"
    start = subprocess.Popen
    monkeypatch.setattr(
        subprocess,
        "Popen",
        lambda command, **options: start([command[0], "-c", halves], **options),
    )

    with pytest.raises(IndexStorageError, match="CHATBOT_BUILD_MEMORY_MB"):
        list(Readers(Scratch(tmp_path), 1024).read(jobs * 50))


def test_what_a_reader_prints_is_no_answer(
    jobs: list[ReadingJob], tmp_path: Path, started, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import atexit, sys\n"
        "import chatbot.index.reading_jobs as jobs\n"
        "read = jobs.run_job\n"
        "def run_job(job):\n"
        "    print('a word of warning')\n"
        "    return read(job)\n"
        "jobs.run_job = run_job\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    results = Readers(Scratch(tmp_path), 1024).read(jobs * 50)
    assert len(list(results)) == len(jobs) * 50
    assert started
