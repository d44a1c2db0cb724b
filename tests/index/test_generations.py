"""Generations on disk: the switch, what is left behind, and damage."""

from __future__ import annotations

import json
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from chatbot.errors import IndexStorageError
from chatbot.index import generations
from chatbot.index.generations import (
    new_generation,
    open_generation,
    scratch_folder,
)

ARRAYS = {
    "numbers": np.arange(5, dtype=np.int32),
    "empty": np.zeros(0, dtype=np.uint8),
    "pairs": np.arange(4.0).reshape(2, 2),
}


def write_generation(folder: Path, manifest: dict, arrays: dict) -> None:
    with new_generation(folder, manifest) as writer:
        for name, array in arrays.items():
            writer.write(name, [array])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index folder with one generation."""
    write_generation(tmp_path / "index", {"note": "first – één"}, ARRAYS)
    return tmp_path / "index"


def generation_of(folder: Path) -> Path:
    return folder / (folder / "current").read_text().split()[0]


def note_in(folder: Path) -> str:
    generation = open_generation(folder)
    assert generation is not None
    return generation.manifest["note"]


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Lets this process write no file above a size: a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


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


def test_an_array_may_be_written_in_blocks(tmp_path: Path) -> None:
    rows = np.arange(12).reshape(6, 2)
    with new_generation(tmp_path / "whole", {}) as writer:
        writer.write("rows", [rows])
    with new_generation(tmp_path / "cut", {}) as writer:
        writer.write("rows", iter([rows[:1], rows[1:1], rows[1:]]))
        assert writer.read("rows").tolist() == rows.tolist()

    whole, cut = (
        (generation_of(tmp_path / name) / "rows.npy").read_bytes()
        for name in ("whole", "cut")
    )
    assert whole == cut
    assert open_generation(tmp_path / "cut") is not None


def test_what_a_build_needs_meanwhile_is_deleted(folder: Path) -> None:
    with scratch_folder(folder) as scratch:
        (scratch / "part").write_bytes(b"words")
    assert not scratch.exists()


def test_a_new_generation_takes_the_old_ones_place(folder: Path) -> None:
    old = generation_of(folder)
    write_generation(folder, {"note": "second"}, ARRAYS)

    assert note_in(folder) == "second"
    assert not old.exists()
    assert {path.name for path in folder.iterdir()} == {
        "current",
        generation_of(folder).name,
    }


def test_arrays_that_are_open_outlive_their_generation(folder: Path) -> None:
    generation = open_generation(folder)
    write_generation(folder, {}, {"numbers": np.zeros(5)})

    assert generation is not None
    assert generation.arrays["numbers"].tolist() == [0, 1, 2, 3, 4]


def test_the_old_generation_serves_until_the_switch(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    switch = os.replace

    def noting_switch(source: Path, target: Path) -> None:
        seen.append(note_in(folder))
        switch(source, target)
        seen.append(note_in(folder))

    monkeypatch.setattr(os, "replace", noting_switch)
    write_generation(folder, {"note": "second"}, ARRAYS)

    assert seen == ["first – één", "second"]


def test_what_killed_builders_left_is_deleted(folder: Path) -> None:
    (folder / "generation-0123").mkdir()
    (folder / "generation-0123" / "numbers.npy").write_bytes(b"half")
    (folder / "current-generation-0123").write_bytes(b"generation-0123 ")
    (folder / "building.lock").touch()
    write_generation(folder, {"note": "second"}, ARRAYS)

    assert sorted(path.name for path in folder.iterdir()) == [
        "building.lock",
        "current",
        generation_of(folder).name,
    ]


def test_what_cannot_be_deleted_now_does_no_harm(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    (folder / "current-generation-0123").touch()
    monkeypatch.setattr(Path, "unlink", refuse)
    write_generation(folder, {"note": "second"}, ARRAYS)

    assert note_in(folder) == "second"


def test_a_file_system_that_cannot_sync_folders_will_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sync_files_only(descriptor: int) -> None:
        if os.path.isdir(f"/dev/fd/{descriptor}"):
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", sync_files_only)
    write_generation(folder, {"note": "second"}, ARRAYS)

    assert note_in(folder) == "second"


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


def test_objects_are_neither_written_nor_read(folder: Path) -> None:
    with pytest.raises(ValueError, match="no objects"):
        write_generation(folder, {}, {"objects": np.array([{}], dtype=object)})

    assert note_in(folder) == "first – één"


def _full_disk(folder: Path) -> None:
    with largest_file(200):
        write_generation(folder, {}, {"long": np.arange(1000)})


def _full_disk_at_the_manifest(folder: Path) -> None:
    with largest_file(200):
        write_generation(folder, {"long": "x" * 1000}, {})


def _no_switch(folder: Path) -> None:
    (folder / "current").unlink()
    (folder / "current").mkdir()
    write_generation(folder, {}, ARRAYS)


@pytest.mark.parametrize("fail", [_full_disk, _full_disk_at_the_manifest, _no_switch])
def test_a_generation_that_cannot_be_written_leaves_nothing_but_the_reason(
    folder: Path, fail: Callable[[Path], None]
) -> None:
    with pytest.raises(IndexStorageError) as error:
        fail(folder)

    assert str(error.value).startswith(f"The index cannot be written to {folder}: ")
    assert "CHATBOT_INDEX" in str(error.value)
    assert len(list(folder.glob("generation-*"))) == 1


def test_a_full_disk_leaves_the_old_generation_serving(folder: Path) -> None:
    with pytest.raises(IndexStorageError):
        _full_disk(folder)

    assert note_in(folder) == "first – één"


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "index").touch()

    with pytest.raises(IndexStorageError, match="Not a directory"):
        write_generation(tmp_path / "index", {}, ARRAYS)


def _go_on(folder: Path, rows: list[int], *, fails: bool = False) -> None:
    """Write a generation with further numbers, the others as they are."""
    before = open_generation(folder)
    with new_generation(folder, {"note": f"{rows}"}, before) as writer:
        writer.extend("numbers", [np.array(rows, dtype=np.int32)])
        writer.extend("pairs", [])
        writer.write("empty", [ARRAYS["empty"]])
        if fails:
            raise KeyboardInterrupt


def _numbers(folder: Path) -> list[int]:
    generation = open_generation(folder)
    assert generation is not None
    generation.check()
    assert generation.arrays["pairs"].tolist() == ARRAYS["pairs"].tolist()
    return generation.arrays["numbers"].tolist()


@pytest.mark.parametrize("is_large", [False, True])
def test_a_generation_may_go_on_with_the_arrays_of_the_one_before(
    folder: Path, is_large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_large:
        monkeypatch.setattr(generations, "_HELD_BYTES", 0)
    first = open_generation(folder)
    _go_on(folder, [7, 8])
    second = open_generation(folder)
    _go_on(folder, [9])

    assert _numbers(folder) == [0, 1, 2, 3, 4, 7, 8, 9]
    assert first is not None
    assert second is not None
    assert first.arrays["numbers"].tolist() == [0, 1, 2, 3, 4]
    assert second.arrays["numbers"].tolist() == [0, 1, 2, 3, 4, 7, 8]
    assert len(list(folder.glob("generation-*"))) == 1


def test_rows_of_a_builder_that_gave_up_do_no_harm(folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        _go_on(folder, [6, 6, 6, 6], fails=True)
    assert _numbers(folder) == [0, 1, 2, 3, 4]

    _go_on(folder, [7])
    assert _numbers(folder) == [0, 1, 2, 3, 4, 7]


def test_where_a_file_can_have_one_name_only_it_is_copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(generations, "_COPIED_BYTES", 100)
    _go_on(folder, [7])

    assert _numbers(folder) == [0, 1, 2, 3, 4, 7]
    assert {path.stat().st_nlink for path in generation_of(folder).iterdir()} == {1}


def test_the_manifest_names_every_array_with_size_and_checksum(folder: Path) -> None:
    manifest = json.loads((generation_of(folder) / "manifest.json").read_bytes())

    sizes = {name: entry["size"] for name, entry in manifest["files"].items()}
    assert sizes == {
        path.stem: path.stat().st_size for path in generation_of(folder).glob("*.npy")
    }
    assert all("checksum" in entry for entry in manifest["files"].values())
