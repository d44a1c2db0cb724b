"""Times taking in one changed file of many, beside building them all."""

from __future__ import annotations

import shutil
import statistics
from itertools import islice
from pathlib import Path

from benchmarks.speed.generated import LENGTHS, generate
from benchmarks.speed.processes import Worker
from benchmarks.speed.results import Update
from benchmarks.speed.systems import OWN

FILES = 1000
PARAGRAPHS = (10, 100)


def write_files(folder: Path, files: int, paragraphs: int) -> int:
    """Write text files of so many generated long passages each; returns their bytes."""
    folder.mkdir(parents=True)
    passages = generate(files * paragraphs, LENGTHS["long"])
    written = 0
    for number in range(files):
        texts = [passage.text for passage in islice(passages, paragraphs)]
        content = ("\n\n".join(texts) + "\n").encode("utf-8")
        (folder / f"{number:05}.txt").write_bytes(content)
        written += len(content)
    return written


def measure_update(folder: Path, rounds: int, files: int, paragraphs: int) -> Update:
    """Open a folder of files anew, after one has changed, and unchanged.

    Each is done in a process of its own, whose start does not count; what it imports
    when it builds does. Writes below `folder`; raises `WorkerError`.
    """
    corpus, index = folder / "files", folder / "index"
    text_bytes = write_files(corpus, files, paragraphs)
    taken: dict[str, list[float]] = {"fresh": [], "changed": [], "unchanged": []}
    for number in range(rounds):
        shutil.rmtree(index, ignore_errors=True)
        taken["fresh"].append(_opening_seconds(corpus, index))
        with (corpus / f"{number % files:05}.txt").open("a", encoding="utf-8") as file:
            file.write(f"\nRound {number} added a paragraph to this file.\n")
        taken["changed"].append(_opening_seconds(corpus, index))
        taken["unchanged"].append(_opening_seconds(corpus, index))
    return Update(
        files,
        text_bytes,
        **{name: statistics.median(all_) for name, all_ in taken.items()},
    )


def _opening_seconds(corpus: Path, index: Path) -> float:
    """The seconds that opening a corpus takes, whatever its index needs."""
    with Worker(OWN, one_thread=False) as worker:
        return worker.build(corpus, index)
