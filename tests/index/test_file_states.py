"""Whether a file changed since it was read."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from chatbot.documents.discovery import SourceFile
from chatbot.index.file_states import FileState, is_unchanged

HOUR = 3600 * 10**9


@pytest.fixture
def file(tmp_path: Path) -> SourceFile:
    path = tmp_path / "a.txt"
    path.write_text("Some words.")
    return SourceFile("a.txt", tmp_path, 11, time.time_ns() - HOUR)


def test_a_settled_file_of_the_same_size_and_time_is_not_read(file: SourceFile) -> None:
    state = FileState.of(file)
    file.path.unlink()

    assert is_unchanged(file, state)


def test_a_file_of_another_size_is_not_read(file: SourceFile) -> None:
    state = FileState.of(file)
    file.path.unlink()

    assert not is_unchanged(replace(file, size=12), state)


def test_a_file_of_another_time_is_compared_by_its_contents(file: SourceFile) -> None:
    state = FileState.of(file)
    touched = replace(file, modified=file.modified + 1)

    assert is_unchanged(touched, state)
    file.path.write_text("Some wards.")
    assert not is_unchanged(touched, state)


@pytest.mark.parametrize("age", [0, 10**9, -HOUR])
def test_a_file_written_just_before_it_was_read_is_compared_by_its_contents(
    file: SourceFile, age: int
) -> None:
    fresh = replace(file, modified=time.time_ns() - age)
    state = FileState.of(fresh)

    assert is_unchanged(fresh, state)
    file.path.write_text("Some wards.")
    assert not is_unchanged(fresh, state)


def test_a_file_that_could_not_be_read_changed_once_it_can_be(file: SourceFile) -> None:
    unread = FileState("a.txt", file.size, file.modified, 0, "", is_served=False)

    assert not is_unchanged(file, unread)
    file.path.unlink()
    assert is_unchanged(file, unread)


def test_a_file_that_was_read_changed_once_it_cannot_be(file: SourceFile) -> None:
    state = FileState.of(file)
    file.path.unlink()

    assert not is_unchanged(replace(file, modified=file.modified + 1), state)


def test_a_state_outlives_json(file: SourceFile) -> None:
    state = replace(FileState.of(file), problems=("line 3: it is not JSON",))

    assert FileState.from_json(state.to_json()) == state
