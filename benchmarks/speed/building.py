"""Builds the indexes of all systems over one corpus, in turn."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Mapping
from pathlib import Path

from benchmarks.speed.corpora import Corpus
from benchmarks.speed.processes import Worker, WorkerError
from benchmarks.speed.progress import Tell
from benchmarks.speed.results import Building


def measure_building(
    corpus: Corpus, indexes: Mapping[str, Path], rounds: int, tell: Tell
) -> tuple[dict[str, Building], list[str]]:
    """Build each system's index `rounds` times, in a fresh process each time.

    `indexes` are folders by system; the last build's indexes are left there. A system
    that fails has no result and a note that says why.
    """
    seconds: dict[str, list[float]] = {name: [] for name in indexes}
    peaks: dict[str, list[int]] = {name: [] for name in indexes}
    notes: list[str] = []
    for number in range(1, rounds + 1):
        for name in list(seconds):
            tell(f"{corpus.name}: building, round {number}: {name}")
            try:
                taken, peak = _build(name, corpus.folder, indexes[name])
            except WorkerError as error:
                notes.append(f"{name} is left out: {error}")
                tell(notes[-1])
                del seconds[name]
            else:
                seconds[name].append(taken)
                peaks[name].append(peak)
    return {
        name: Building(
            statistics.median(taken),
            statistics.median(peaks[name]),
            folder_bytes(indexes[name]),
        )
        for name, taken in seconds.items()
    }, notes


def folder_bytes(folder: Path) -> int:
    """The size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _build(name: str, corpus: Path, index: Path) -> tuple[float, int]:
    """Build an index anew: the seconds it takes and the peak of memory in bytes."""
    shutil.rmtree(index, ignore_errors=True)
    index.mkdir(parents=True)
    with Worker(name, one_thread=False) as worker, worker.peak_memory() as peak:
        taken = worker.build(corpus, index)
    return taken, peak[0]
