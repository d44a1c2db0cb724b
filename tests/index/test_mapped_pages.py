"""Pages of memory-mapped arrays: given back now and then, and read again."""

from __future__ import annotations

import mmap
from pathlib import Path

import numpy as np
import pytest

from chatbot.index import generations, mapped_pages
from chatbot.index.generation_writer import new_generation
from chatbot.index.generations import open_generation
from chatbot.index.mapped_pages import RELEASED_AFTER, MappedPages

PAGES = 64

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps").exists() or not hasattr(mmap, "MADV_DONTNEED"),
    reason="only Linux tells which pages are in memory",
)


def resident_kilobytes(path: Path) -> int:
    """How much of a file is mapped into this process."""
    lines = iter(Path("/proc/self/smaps").read_text().splitlines())
    for line in lines:
        if line.endswith(str(path)):
            found = next(row for row in lines if row.startswith("Rss:"))
            return int(found.split()[1])
    raise AssertionError(f"{path} is not mapped")


@pytest.fixture
def path_and_array(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, np.ndarray]:
    monkeypatch.setattr(generations, "_HELD_BYTES", 0)
    content = np.arange(PAGES * mmap.PAGESIZE, dtype=np.uint8)
    with new_generation(tmp_path, {}) as writer:
        writer.write("numbers", [content])
    generation = open_generation(tmp_path)
    assert generation is not None
    return generation.folder / "numbers.npy", generation.arrays["numbers"]


def test_pages_of_a_large_index_are_given_back_and_read_again(
    path_and_array, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, array = path_and_array
    monkeypatch.setattr(mapped_pages, "RELEASED_ABOVE_BYTES", 0)
    monkeypatch.setattr(mapped_pages, "KEPT_BELOW_BYTES", 0)
    pages = MappedPages([array, array[3:], np.zeros(3)])
    total = int(array.sum())
    assert resident_kilobytes(path) > 0
    for _ in range(RELEASED_AFTER):
        pages.passage_read()

    assert resident_kilobytes(path) == 0
    assert int(array.sum()) == total


@pytest.mark.parametrize("is_of_large_index", [False, True])
def test_small_indexes_and_small_arrays_stay_in_memory(
    path_and_array, is_of_large_index: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, array = path_and_array
    if is_of_large_index:
        monkeypatch.setattr(mapped_pages, "RELEASED_ABOVE_BYTES", 0)
    pages = MappedPages([array])
    array.sum()
    for _ in range(RELEASED_AFTER):
        pages.passage_read()

    assert resident_kilobytes(path) > 0
