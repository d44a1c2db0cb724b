"""Arrays as files: written in blocks, read back, gone on with, and compared."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.index.array_files import ArrayFile, WrittenArray, load, mapped

ROWS = np.arange(600_000, dtype=np.int32).reshape(-1, 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.npy"


def written(
    path: Path, blocks: list[np.ndarray], before: WrittenArray | None = None
) -> WrittenArray:
    with ArrayFile(path, before) as file:
        for block in blocks:
            file.append(block)
    return file.written


def is_as_written(array: WrittenArray, path: Path) -> bool:
    """Whether a file holds the array, in whichever way it is read."""
    contents = (path.read_bytes(), mapped(path, array.size))
    answers = {*map(array.is_in, contents), array.is_in_file(path)}
    assert len(answers) == 1
    return answers.pop()


def test_blocks_are_read_back_as_one_array(path: Path) -> None:
    array = written(path, [ROWS[:1], ROWS[1:]])

    assert array.size == path.stat().st_size
    for content in (path.read_bytes(), mapped(path, array.size)):
        found = array.array(content)
        assert np.array_equal(found, ROWS)
        assert not found.flags.writeable
    assert np.array_equal(load(path), ROWS)
    assert is_as_written(array, path)


def test_what_is_known_of_an_array_can_be_written_as_json(path: Path) -> None:
    array = written(path, [ROWS])

    assert WrittenArray.from_json(json.loads(json.dumps(array.to_json()))) == array


@given(st.lists(st.integers(0, 40), min_size=1, max_size=4), st.integers(0, 30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_that_are_appended_change_nothing_for_who_knew_the_file(
    path: Path, ends: list[int], rubbish: int
) -> None:
    known = [written(path, [ROWS[:3]])]
    for rows in ends:
        # What a killed builder left behind the last row is written over.
        with path.open("ab") as file:
            file.write(bytes(rubbish))
        first = known[-1].shape[0]
        known.append(written(path, [ROWS[first : first + rows]], known[-1]))

    for array in known:
        assert is_as_written(array, path)
        rows = array.array(path.read_bytes())
        assert np.array_equal(rows, ROWS[: array.shape[0]])


@pytest.mark.parametrize("place", [0, 127, 128, 200, -1])
def test_a_byte_that_is_another_is_noticed_in_header_and_rows(
    path: Path, place: int
) -> None:
    before = written(path, [ROWS[:30]])
    array = written(path, [ROWS[30:60]], before)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)

    assert not is_as_written(array, path)


def test_a_file_that_is_cut_short_is_not_what_was_written(path: Path) -> None:
    array = written(path, [ROWS])
    path.write_bytes(path.read_bytes()[:-1])

    assert not array.is_in_file(path)
    assert not array.is_in(path.read_bytes())
