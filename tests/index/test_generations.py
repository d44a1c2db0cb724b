"""Generations on disk: what is opened, and damage."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from chatbot.errors import IndexStorageError
from chatbot.index import generations
from chatbot.index.generations import open_generation
from tests.index.small_generation import (
    ARRAYS,
    generation_of,
    note_in,
    write_generation,
)


def test_what_was_written_is_opened(folder: Path) -> None:
    generation = open_generation(folder)

    assert generation is not None
    assert generation.manifest["note"] == "first – één"
    assert generation.arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        opened = generation.arrays[name]
        assert opened.dtype == array.dtype
        assert opened.shape == array.shape
        assert opened.tolist() == array.tolist()


def test_opened_arrays_cannot_be_written(folder: Path) -> None:
    generation = open_generation(folder)

    assert generation is not None
    with pytest.raises(ValueError, match="read-only"):
        generation.arrays["numbers"][0] = 1


def test_a_folder_without_a_generation_holds_none_yet(tmp_path: Path) -> None:
    assert open_generation(tmp_path) is None
    assert open_generation(tmp_path / "missing") is None


def test_arrays_that_are_open_outlive_their_generation(folder: Path) -> None:
    generation = open_generation(folder)
    write_generation(folder, {}, {"numbers": np.zeros(5)})

    assert generation is not None
    assert generation.arrays["numbers"].tolist() == [0, 1, 2, 3, 4]


def test_every_flipped_byte_is_noticed(folder: Path) -> None:
    files = [folder / "current", *generation_of(folder).iterdir()]
    assert len(files) == 2 + len(ARRAYS)

    for path in files:
        content = path.read_bytes()
        for place in range(len(content)):
            damaged = bytearray(content)
            damaged[place] ^= 1 << place % 8
            path.write_bytes(damaged)
            with pytest.raises(IndexStorageError):
                open_generation(folder)
        path.write_bytes(content)
    assert note_in(folder)


def test_every_truncated_file_is_noticed(folder: Path) -> None:
    for path in [folder / "current", *generation_of(folder).iterdir()]:
        content = path.read_bytes()
        for damaged in (b"", content[:1], content[:-1]):
            path.write_bytes(damaged)
            with pytest.raises(IndexStorageError, match="damaged"):
                open_generation(folder)
        path.write_bytes(content)
    assert note_in(folder)


def test_every_missing_file_is_noticed_by_name(folder: Path) -> None:
    for path in list(generation_of(folder).iterdir()):
        content = path.read_bytes()
        path.unlink()
        with pytest.raises(IndexStorageError, match=f"{path.name} is missing"):
            open_generation(folder)
        path.write_bytes(content)
    assert note_in(folder)


@pytest.mark.parametrize(
    "pointer",
    [b"", b"\xff\xfe", b"generation-../x 00", b"../generation-1 00", b"generation- 00"],
)
def test_a_pointer_to_no_generation_is_damage(folder: Path, pointer: bytes) -> None:
    (folder / "current").write_bytes(pointer)

    with pytest.raises(IndexStorageError, match="current names no generation"):
        open_generation(folder)


def test_folders_in_the_place_of_files_are_damage(folder: Path) -> None:
    array = generation_of(folder) / "numbers.npy"
    array.unlink()
    array.mkdir()
    with pytest.raises(IndexStorageError, match="damaged"):
        open_generation(folder)

    (folder / "current").unlink()
    (folder / "current").mkdir()
    with pytest.raises(IndexStorageError, match="cannot be read"):
        open_generation(folder)


@pytest.mark.usefixtures("_large")
def test_large_arrays_are_told_by_their_size(folder: Path) -> None:
    assert note_in(folder)

    array = generation_of(folder) / "numbers.npy"
    array.write_bytes(array.read_bytes()[:-1])
    with pytest.raises(IndexStorageError, match=r"numbers\.npy is cut short"):
        open_generation(folder)


@pytest.mark.usefixtures("_large")
def test_every_flipped_byte_of_a_large_array_is_noticed_by_a_check(
    folder: Path,
) -> None:
    pointer = (folder / "current").read_bytes()

    for path in generation_of(folder).glob("*.npy"):
        content = path.read_bytes()
        for place in range(len(content)):
            damaged = bytearray(content)
            damaged[place] ^= 1 << place % 8
            path.write_bytes(damaged)
            generation = open_generation(folder)
            assert generation is not None
            for _ in range(2):
                with pytest.raises(IndexStorageError, match=f"damaged .{path.name}"):
                    generation.check()
            assert not generation.is_sound
            assert open_generation(folder) is None
            (folder / "current").write_bytes(pointer)
        path.write_bytes(content)
    sound = open_generation(folder)
    assert sound is not None
    sound.check()
    assert sound.is_sound


@pytest.mark.usefixtures("_large")
def test_a_damaged_generation_does_not_take_its_successor_with_it(folder: Path) -> None:
    old = generation_of(folder)
    generation = open_generation(folder)
    assert generation is not None
    content = (old / "pairs.npy").read_bytes()
    write_generation(folder, {"note": "second"}, ARRAYS)
    old.mkdir()
    for name in ARRAYS:
        (old / f"{name}.npy").write_bytes(content[:-1] + b"x")

    with pytest.raises(IndexStorageError):
        generation.check()
    assert note_in(folder) == "second"


def test_the_smallest_arrays_are_compared_when_a_large_generation_is_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "_HELD_BYTES", 0)
    monkeypatch.setattr(generations, "_COMPARED_BYTES", 140)
    (empty, pairs) = (
        generation_of(folder) / f"{name}.npy" for name in ("empty", "pairs")
    )
    pairs.write_bytes(pairs.read_bytes()[:-1] + b"x")
    assert note_in(folder)

    empty.write_bytes(b"x" + empty.read_bytes()[1:])
    with pytest.raises(IndexStorageError, match=r"empty\.npy has other contents"):
        open_generation(folder)


def test_small_arrays_outlive_whatever_is_done_to_their_files(folder: Path) -> None:
    generation = open_generation(folder)
    for path in generation_of(folder).iterdir():
        os.truncate(path, 0)

    assert generation is not None
    assert generation.arrays["numbers"].tolist() == [0, 1, 2, 3, 4]


def test_another_versions_format_is_foreign(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "FORMAT_VERSION", generations.FORMAT_VERSION + 1)

    with pytest.raises(IndexStorageError, match="another version"):
        open_generation(folder)
