"""Times whole processes: from the start of Python to the answer of one question.

The files are in the page cache: it is the process that starts cold, not the disk.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.processes import ROOT, WorkerError, environment
from benchmarks.speed.results import Start
from benchmarks.speed.systems import OWN

SOURCE_CORPUS = ROOT / "corpus"
SOURCE_QUESTION = "What if I'm the only member of the executive team?"

ANSWERED, NOT_FOUND, UNCLEAR = 0, 1, 3
"""Statuses with which `python -m chatbot ask` ends when nothing failed."""

_OPEN_AND_SEARCH = """
import sys
from pathlib import Path
from benchmarks.speed.systems import system_class
name, corpus, index, question = sys.argv[1:]
system = system_class(name)()
system.open(Path(corpus), Path(index))
system.search(question)
"""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line and the statuses that it may end with."""

    arguments: tuple[str, ...]
    statuses: tuple[int, ...] = (0,)


IMPORT_NUMPY = Command((sys.executable, "-c", "import numpy"))


def start_command(system: str, corpus: Path, index: Path, question: str) -> Command:
    """What answers one question in a process of its own: `ask`, or a peer's search."""
    if system == OWN:
        options = ("--corpus", str(corpus), "--index", str(index))
        return Command(
            (sys.executable, "-m", "chatbot", "ask", *options, question),
            (ANSWERED, NOT_FOUND, UNCLEAR),
        )
    names = (system, str(corpus), str(index), question)
    return Command((sys.executable, "-c", _OPEN_AND_SEARCH, *names))


def start_seconds(commands: Mapping[str, Command], rounds: int) -> dict[str, float]:
    """The median of the seconds each command takes, run in turn after a first time.

    Raises `WorkerError`.
    """
    for command in commands.values():
        _seconds(command)
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            seconds[name].append(_seconds(command))
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def measure_start(index: Path, rounds: int) -> Start:
    """Measure `ask` on the project's own corpus; its index is built first.

    Raises `WorkerError`.
    """
    ask = start_command(OWN, SOURCE_CORPUS, index, SOURCE_QUESTION)
    taken = start_seconds({"ask": ask, "numpy": IMPORT_NUMPY}, rounds)
    return Start(taken["ask"], taken["numpy"])


def _seconds(command: Command) -> float:
    started = time.perf_counter()
    ended = subprocess.run(
        command.arguments, cwd=ROOT, env=environment(), capture_output=True, text=True
    )
    seconds = time.perf_counter() - started
    if ended.returncode not in command.statuses:
        shown = " ".join(command.arguments)
        raise WorkerError(f"{shown} ended with {ended.returncode}: {ended.stderr}")
    return seconds
