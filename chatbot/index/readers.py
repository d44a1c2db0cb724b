"""Runs reading jobs: here, or in processes of their own when there is much to read.

The processes speak in lines of JSON with the one that builds: see `reading_process`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any

from chatbot.errors import IndexStorageError
from chatbot.index.packing import pack
from chatbot.index.reading_jobs import FileOutcome, ReadingJob, run_job
from chatbot.index.reading_process import read_and_store
from chatbot.index.scratch import Scratch
from chatbot.index.segments import Arrays, StoredArrays

READ_HERE_BYTES = 4 * 2**20
"""Up to this much, reading is done before another process has even started."""

PROCESS_MEGABYTES = 260
"""What a process that reads takes at most; the one that builds takes no more."""


@dataclass(frozen=True, slots=True)
class JobResult:
    """The arrays of a job's documents, None when it has none, and its files' fate."""

    arrays: Arrays | None
    outcomes: tuple[FileOutcome, ...]


class Readers:
    """Runs reading jobs; what they read waits in `scratch`.

    At most `megabytes` of memory are taken by as many processes as there are cores,
    this one included.
    """

    def __init__(self, scratch: Scratch, megabytes: float) -> None:
        self._scratch = scratch
        affordable = int(megabytes / PROCESS_MEGABYTES)
        self._processes = max(1, min(_cores(), affordable))

    def read(self, jobs: Sequence[ReadingJob]) -> Iterator[JobResult]:
        """The results of the jobs in their order.

        Raises `IndexStorageError` when a process ends before its work does.
        """
        if sum(job.bytes for job in jobs) <= READ_HERE_BYTES:
            for job in jobs:
                documents, outcomes = run_job(job)
                yield JobResult(pack(documents) if documents else None, tuple(outcomes))
            return
        with ExitStack() as stack:
            work = _Work(jobs)
            for _ in range(min(self._processes, len(jobs)) - 1):
                process = stack.enter_context(_ReadingProcess(self._scratch))
                helper = Thread(target=work.help, args=(process.run,))
                helper.start()
                stack.callback(helper.join)
            stack.callback(work.leave)
            for result in work.results:
                while not result.done() and work.do_next(self._run_here):
                    pass
                yield result.result()

    def _run_here(self, job: ReadingJob) -> JobResult:
        path = self._scratch.new_path()
        described, outcomes = read_and_store(job, path)
        arrays = StoredArrays(path, described) if described else None
        return JobResult(arrays, tuple(outcomes))


def _cores() -> int:
    """The cores that this process may use, or all where the system does not tell."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Work:
    """Jobs that several threads take in turn; `results` are theirs, in order."""

    def __init__(self, jobs: Sequence[ReadingJob]) -> None:
        self.results: list[Future[JobResult]] = [Future() for _ in jobs]
        self._left = deque(zip(jobs, self.results, strict=True))

    def do_next(self, run: Callable[[ReadingJob], JobResult]) -> bool:
        """Run the next job that nobody has taken; False when there is none."""
        try:
            job, result = self._left.popleft()
        except IndexError:
            return False
        try:
            result.set_result(run(job))
        except Exception as error:
            result.set_exception(error)
        return True

    def help(self, run: Callable[[ReadingJob], JobResult]) -> None:
        """Run jobs while there are any."""
        while self.do_next(run):
            pass

    def leave(self) -> None:
        """Have no further job be begun."""
        self._left.clear()


class _ReadingProcess:
    """Another process that runs jobs, one at a time."""

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        packages = Path(__file__).parents[2]
        paths = [str(packages), os.environ.get("PYTHONPATH", "")]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "chatbot.index.reading_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="ascii",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )

    def __enter__(self) -> _ReadingProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, job: ReadingJob) -> JobResult:
        """Run a job; its arrays are put aside."""
        path = self._scratch.new_path()
        answer = self._ask({"job": job.to_json(), "path": str(path)})
        if "error" in answer:
            raise OSError(answer["error"])
        outcomes = tuple(map(FileOutcome.from_json, answer["outcomes"]))
        arrays = answer["arrays"]
        return JobResult(StoredArrays(path, arrays) if arrays else None, outcomes)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer.endswith("\n"):
            raise IndexStorageError(
                "A process that was reading documents was ended, perhaps for want of "
                "memory. Free some, or set CHATBOT_BUILD_MEMORY_MB lower."
            )
        return dict(json.loads(answer))
