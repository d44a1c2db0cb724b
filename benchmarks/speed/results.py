"""What is measured of a system on one corpus."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of the time a question takes, in milliseconds."""

    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Asking:
    """Asking in one way: medians over the rounds.

    `asked` questions were asked in each round; `found` is the share of them, 0 to 1,
    whose own passage was among those given; `per_second` are the questions a second
    that one process answers, and `per_second_of_two` those of two at the same time.
    """

    asked: int
    found: float
    latency: Latency
    per_second: float
    per_second_of_two: float


@dataclass(frozen=True, slots=True)
class Serving:
    """How a system serves: its ways to ask, by name, and the memory that takes.

    `bytes_of_one` is the most that one process which has answered all questions holds
    after any of some more, and `bytes_of_two` that of two together; pages they share
    are counted once.
    """

    asking: dict[str, Asking]
    bytes_of_one: int
    bytes_of_two: int


@dataclass(frozen=True, slots=True)
class Building:
    """Building an index: the medians of seconds and of the peak of memory, in bytes."""

    seconds: float
    peak_bytes: float
    index_bytes: int


@dataclass(frozen=True, slots=True)
class SystemResults:
    """One system on one corpus.

    `start_seconds` is the time from starting a process to the end of its first answer.
    """

    system: str
    building: Building
    serving: Serving
    start_seconds: float


@dataclass(frozen=True, slots=True)
class CorpusResults:
    """What was measured on one corpus.

    `start_of_numpy` is what `python -c "import numpy"` takes in seconds; `notes` say of
    what was left out why.
    """

    corpus: str
    passages: int
    text_bytes: int
    rounds: int
    systems: list[SystemResults]
    start_of_numpy: float
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Start:
    """Starting `ask` on the project's own corpus folder, beside numpy; in seconds."""

    ask: float
    numpy: float


@dataclass(frozen=True, slots=True)
class Update:
    """Opening a folder of `files` with so many bytes of text, medians in seconds.

    With no index, after one file has changed, and with nothing changed.
    """

    files: int
    text_bytes: int
    fresh: float
    changed: float
    unchanged: float


@dataclass(frozen=True, slots=True)
class Results:
    """All of a run; `machine` and `versions` say on what and of what.

    `start` and `updates` are measured of this bot alone, and None or empty without it.
    """

    machine: str
    versions: dict[str, str]
    corpora: list[CorpusResults]
    start: Start | None
    updates: tuple[Update, ...]


def latency_of(rounds: Sequence[Sequence[float]]) -> Latency:
    """The median over the rounds of each percentile of their milliseconds."""
    by_round = [np.percentile(times, (50, 95, 99)) for times in rounds]
    p50, p95, p99 = np.median(by_round, axis=0).tolist()
    return Latency(p50, p95, p99)


def per_second_of(rounds: Sequence[Sequence[float]]) -> float:
    """The median over the rounds of the questions a second, from milliseconds."""
    return statistics.median(1000 * len(times) / sum(times) for times in rounds)
