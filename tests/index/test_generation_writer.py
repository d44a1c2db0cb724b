"""Writing generations: the switch, what is left behind, and full disks."""

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
from chatbot.index import generation_writer, generations
from chatbot.index.generation_writer import new_generation, scratch_folder
from chatbot.index.generations import open_generation
from tests.index.small_generation import (
    ARRAYS,
    generation_of,
    note_in,
    write_generation,
)


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
    monkeypatch.setattr(generation_writer, "_COPIED_BYTES", 100)
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
