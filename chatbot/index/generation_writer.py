"""Writes generations: beside the current one, then in its place.

    with new_generation(folder, manifest) as writer:
        writer.write("numbers", blocks)

A builder killed at any moment leaves the old generation serving; what it left is
deleted by the next. `generations` says what is written where.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from chatbot.errors import IndexStorageError
from chatbot.index.array_files import ArrayFile, WrittenArray, load
from chatbot.index.generations import (
    CURRENT,
    FORMAT_VERSION,
    MANIFEST,
    PREFIX,
    Arrays,
    Generation,
    content_hash,
)

_SCRATCH_PREFIX = "scratch-"
_SYNCED_AT_ONCE = 8
_COPIED_BYTES = 2**20


class GenerationWriter:
    """Writes the arrays of one generation; `new_generation` makes one.

    Each file is made lasting by `syncing` while the next ones are written.
    """

    def __init__(
        self, folder: Path, before: Generation | None, syncing: Executor
    ) -> None:
        self._folder = folder
        self._before = before
        self._files: dict[str, WrittenArray] = {}
        self._syncing = syncing
        self._synced: list[Future[None]] = []

    def write(self, name: str, blocks: Iterable[NDArray[Any]]) -> None:
        """Write an array, given in blocks of rows, of which there is at least one."""
        self.write_together((name,), ((block,) for block in blocks))

    def write_together(
        self, names: Sequence[str], rows: Iterable[Sequence[NDArray[Any]]]
    ) -> None:
        """Write several arrays, of each a block at a time, of which there is one."""
        with ExitStack() as stack:
            files = [stack.enter_context(ArrayFile(self._path(name))) for name in names]
            for blocks in rows:
                for file, block in zip(files, blocks, strict=True):
                    file.append(block)
        for name, file in zip(names, files, strict=True):
            self._files[name] = file.written
            self._sync(self._path(name))

    def write_all(self, arrays: Arrays) -> None:
        """Write arrays, given by name."""
        for name, array in arrays.items():
            self.write(name, [array])

    def extend(self, name: str, blocks: Iterable[NDArray[Any]]) -> None:
        """Go on with an array of the generation before, in blocks of further rows.

        What is appended to the file is none of what that generation knows of.
        """
        assert self._before is not None, "there is no generation to go on with"
        path, before = self._path(name), self._before.files[name]
        _link(self._before.folder / path.name, path, before.size)
        with ArrayFile(path, before) as file:
            for block in blocks:
                file.append(block)
        self._files[name] = file.written
        if file.written != before:
            self._sync(path)

    def read(self, name: str) -> NDArray[Any]:
        """An array that was written as a whole, memory-mapped."""
        return load(self._path(name))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.npy"

    def _sync(self, path: Path) -> None:
        self._synced.append(self._syncing.submit(_sync, path))

    def finish(self, manifest: Mapping[str, Any]) -> str:
        """Make all that was written lasting, and describe it; returns a hash."""
        files = {name: written.to_json() for name, written in self._files.items()}
        for synced in self._synced:
            synced.result()
        whole = {"format": FORMAT_VERSION, "files": files, **manifest}
        content = json.dumps(whole, ensure_ascii=False, sort_keys=True)
        _write_synced(self._folder / MANIFEST, content.encode("utf-8"))
        _sync_folder(self._folder)
        return content_hash(content.encode("utf-8"))


@contextmanager
def new_generation(
    folder: Path, manifest: Mapping[str, Any], before: Generation | None = None
) -> Iterator[GenerationWriter]:
    """Write a generation beside the current one, switch to it, delete the others.

    It may go on with arrays of the one `before`. `manifest` must be ready for JSON;
    format version and file sizes are added. An exception leaves the current generation
    as it is. Raises `IndexStorageError` when the folder cannot be written.
    """
    name = f"{PREFIX}{secrets.token_hex(8)}"
    with _explained(folder), ThreadPoolExecutor(_SYNCED_AT_ONCE) as syncing:
        try:
            (folder / name).mkdir(parents=True)
            writer = GenerationWriter(folder / name, before, syncing)
            yield writer
            digest = writer.finish(manifest)
            pointer = folder / f"{CURRENT}-{name}"
            _write_synced(pointer, f"{name} {digest}".encode("ascii"))
            os.replace(pointer, folder / CURRENT)
            _sync_folder(folder)
        except BaseException:
            shutil.rmtree(folder / name, ignore_errors=True)
            raise
    # What cannot be deleted now is left to the next build.
    with suppress(OSError):
        _delete_others(folder, name)


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """A folder in an index folder for what a build needs meanwhile.

    The next build deletes what a killed one left. Raises `IndexStorageError` when the
    index folder cannot be written.
    """
    scratch = folder / f"{_SCRATCH_PREFIX}{secrets.token_hex(8)}"
    with _explained(folder):
        try:
            scratch.mkdir(parents=True)
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turns the system's errors into an `IndexStorageError` that says what to do."""
    try:
        yield
    except OSError as error:
        raise IndexStorageError(
            f"The index cannot be written to {folder}: {error.strerror or error}. "
            "Free some space or set CHATBOT_INDEX to a folder that can be written."
        ) from error


def _link(old: Path, new: Path, size: int) -> None:
    """Have a file under a second name, or a copy of its first bytes."""
    try:
        os.link(old, new)
    except OSError:
        with old.open("rb") as source, new.open("wb") as target:
            while size and (block := source.read(min(size, _COPIED_BYTES))):
                target.write(block)
                size -= len(block)


def _write_synced(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _sync(path)


def _sync(path: Path) -> None:
    """Make a file lasting."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make what a folder lists lasting, where the file system can."""
    if os.name != "posix":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _delete_others(folder: Path, kept: str) -> None:
    """Delete old generations and what killed builders left; open maps stay valid."""
    for path in folder.iterdir():
        is_left = path.name.startswith((PREFIX, _SCRATCH_PREFIX))
        if is_left and path.name != kept:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f"{CURRENT}-"):
            path.unlink(missing_ok=True)
