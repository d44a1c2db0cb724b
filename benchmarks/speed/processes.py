"""Workers: a process for each system, so that none shares memory with another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

ROOT = Path(__file__).parents[2]
"""The project's folder, in which workers start."""

THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMBA_NUM_THREADS",
)
"""Set to 1 where questions are asked: a process asks on one core."""

SAMPLING_SECONDS = 0.05


class WorkerError(Exception):
    """A system failed; the message names it and says how."""


class Worker:
    """A process of one system; leaving it as a context manager ends the process.

    `ways` are the names of the ways it can be asked.
    """

    def __init__(self, system: str, *, one_thread: bool) -> None:
        """Start the process and wait until it has imported what the system needs.

        `one_thread` keeps numerical libraries from starting threads of their own.
        Raises `WorkerError`.
        """
        self.system = system
        limits = dict.fromkeys(THREAD_VARIABLES, "1") if one_thread else {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.speed.worker", system],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment() | limits,
            encoding="utf-8",
        )
        self.ways: list[str] = self._receive()["ways"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._process.kill()
        # The end of its input ends the worker; closing fails if it is dead already.
        self._process.communicate()

    def build(self, corpus: Path, index: Path) -> float:
        """Build an index; the seconds that takes. Raises `WorkerError`."""
        return float(
            self._call("build", corpus=str(corpus), index=str(index))["seconds"]
        )

    def open(self, corpus: Path, index: Path) -> float:
        """Open an index; the seconds that takes. Raises `WorkerError`."""
        return float(
            self._call("open", corpus=str(corpus), index=str(index))["seconds"]
        )

    def start_asking(
        self, way: str, questions: Sequence[str], within_seconds: float
    ) -> None:
        """Have questions asked in a `way`; `answers` waits for them."""
        self._send(
            "ask", way=way, questions=list(questions), within_seconds=within_seconds
        )

    def answers(self) -> tuple[list[float], list[list[int]]]:
        """The milliseconds and the passages found of each question that was asked.

        Raises `WorkerError`.
        """
        answer = self._receive()
        return answer["milliseconds"], answer["found"]

    def memory_bytes(self) -> int:
        """The memory it holds, pages that n processes share counted as 1/n of each.

        Where the system does not tell (only Linux does), pages of its own alone.
        """
        memory = self._psutil().memory_full_info()
        return int(memory.pss if psutil.LINUX else memory.uss)

    @contextmanager
    def peak_memory(self) -> Iterator[list[int]]:
        """Watch the process and its children while the body runs.

        The list then holds one number: the largest sum of their resident memory, in
        bytes, sampled each `SAMPLING_SECONDS`; pages they share count for each.
        """
        peak: list[int] = []
        done = threading.Event()

        def watch() -> None:
            largest = 0
            while True:
                largest = max(largest, _resident_bytes(self._psutil()))
                if done.wait(SAMPLING_SECONDS):
                    break
            peak.append(largest)

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield peak
        finally:
            done.set()
            watcher.join()

    def _psutil(self) -> psutil.Process:
        return psutil.Process(self._process.pid)

    def _call(self, task: str, **values: Any) -> dict[str, Any]:
        self._send(task, **values)
        return self._receive()

    def _send(self, task: str, **values: Any) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps({"do": task, **values}) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._ended() from None

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise self._ended()
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise WorkerError(f"{self.system} failed: {answer['error']}")
        return answer

    def _ended(self) -> WorkerError:
        return WorkerError(f"{self.system} ended with status {self._process.wait()}.")


def environment() -> dict[str, str]:
    """This process's environment without the bot's settings."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CHATBOT_")
    }


def _resident_bytes(process: psutil.Process) -> int:
    """The resident memory of a process and its children; 0 for those that ended."""
    total = 0
    try:
        for each in (process, *process.children(recursive=True)):
            total += each.memory_info().rss
    except psutil.NoSuchProcess:
        return total
    return total
