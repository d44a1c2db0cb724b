"""Arrays as files: written in blocks, read back, and told by their checksums."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chatbot.index.array_files import (
    ArrayFile,
    array_in,
    checksum_of,
    checksum_of_file,
    described,
    load,
    mapped,
)

ROWS = np.arange(600_000, dtype=np.int32).reshape(-1, 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.npy"


def test_blocks_are_read_back_as_one_array(path: Path) -> None:
    with ArrayFile(path) as file:
        file.append(ROWS[:1])
        file.append(ROWS[1:])

    entry = described(path)
    for content in (path.read_bytes(), mapped(path)):
        array = array_in(content, entry["dtype"], entry["shape"])
        assert np.array_equal(array, ROWS)
        assert not array.flags.writeable
    assert np.array_equal(load(path), ROWS)
    assert entry["size"] == path.stat().st_size


def test_a_file_has_one_checksum_however_it_is_read(path: Path) -> None:
    with ArrayFile(path) as file:
        for start in range(0, len(ROWS), 70_000):
            file.append(ROWS[start : start + 70_000])

    assert checksum_of_file(path) == file.checksum
    assert checksum_of(path.read_bytes()) == file.checksum
    assert checksum_of(mapped(path)) == file.checksum
