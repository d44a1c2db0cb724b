"""Building in another process: the same index, the same errors, and its early end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from filelock import FileLock

from chatbot.errors import CorpusError, IndexStorageError
from chatbot.index.building_beside import build_beside
from chatbot.index.opening import build_index
from chatbot.settings import Settings


def test_it_builds_what_is_built_inside_the_process(
    new_corpus, array_bytes, tmp_path: Path
) -> None:
    corpus = new_corpus(
        {"tea.txt": "Tea is dried.", "milk.md": "# Milk\n\nIt is cold."}
    )
    settings = Settings(corpus=str(corpus))
    assert build_index(tmp_path / "inside", settings, None) == 2
    assert build_beside(tmp_path / "beside", settings, None) == 2
    assert array_bytes(tmp_path / "beside") == array_bytes(tmp_path / "inside")
    assert build_beside(tmp_path / "beside", settings, None) == 0


def test_its_errors_are_those_of_building_inside(new_corpus, tmp_path: Path) -> None:
    corpus = new_corpus({"empty.txt": ""})
    with pytest.raises(CorpusError, match=r"(?s)holds no document.*empty\.txt"):
        build_beside(tmp_path, Settings(corpus=str(corpus)), None)


def the_builder() -> BaseProcess:
    """The process that builds, once it has begun."""
    deadline = time.monotonic() + 30
    while not (builders := multiprocessing.active_children()):
        assert time.monotonic() < deadline
    (builder,) = builders
    return builder


def test_a_process_that_is_killed_is_an_error_that_says_so(
    new_corpus, tmp_path: Path
) -> None:
    settings = Settings(corpus=str(new_corpus({"tea.txt": "Tea is dried."})))
    with FileLock(tmp_path / "building.lock"), ThreadPoolExecutor(1) as threads:
        built = threads.submit(build_beside, tmp_path, settings, None)
        the_builder().kill()
        with pytest.raises(IndexStorageError, match="ended early, with code -9"):
            built.result(timeout=30)


def test_ctrl_c_which_reaches_all_processes_of_a_terminal_is_left_to_the_first(
    new_corpus, tmp_path: Path
) -> None:
    settings = Settings(corpus=str(new_corpus({"tea.txt": "Tea is dried."})))
    with ThreadPoolExecutor(1) as threads:
        with FileLock(tmp_path / "building.lock"):
            built = threads.submit(build_beside, tmp_path, settings, None)
            pid = the_builder().pid
            assert pid
            os.kill(pid, signal.SIGINT)
        assert built.result(timeout=60) == 1
