"""Generations on disk: folders of arrays, each complete, one of them current.

    <index folder>/
      current                      name of the generation that serves, and the hash
                                   of its manifest, which describes its files
      generation-1f0c…/            manifest.json, *.npy
      scratch-9be2…/               what a build needs meanwhile
      building.lock                held by the process that builds

A generation is written beside the current one and takes its place by one atomic rename
of `current`; a builder killed at any moment leaves the old one serving. Arrays are
plain `.npy` files; nothing is ever unpickled.

Up to 16 MB in all they are compared with their checksums when they are opened, and held
in memory: nothing that is done to their files reaches who opened them. The arrays of a
larger generation are memory-mapped; the smallest are compared when they are opened, the
others by `Generation.check`. Mapped files may be deleted while they are open, but one
that is made shorter in place ends the processes that read it. Nothing here ever changes
what a generation knows of its files. One that goes on with the generation before it has
files of it under a second name, and rows of its own behind those of the other.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import accumulate
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from chatbot.errors import IndexStorageError
from chatbot.index.array_files import ArrayFile, WrittenArray, load, mapped

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

FORMAT_VERSION = 7
CURRENT = "current"
"""The file that names the generation that serves; replaced by each build."""

_MANIFEST = "manifest.json"
_PREFIX = "generation-"
_SCRATCH_PREFIX = "scratch-"
_DIGEST_BYTES = 16
_HELD_BYTES = 16 * 2**20
"""A generation of so much in all is held in memory."""

_COMPARED_BYTES = 4 * 2**20
"""Of a larger one so much is compared when it is opened, small files first."""

_SYNCED_AT_ONCE = 8
_COPIED_BYTES = 2**20

Arrays = Mapping[str, NDArray[Any]]


class Generation:
    """An opened generation: what its builder noted, and its arrays, read-only.

    `folder` is its own folder, by which it can be told from any other.
    """

    def __init__(
        self,
        folder: Path,
        manifest: dict[str, Any],
        files: Mapping[str, WrittenArray],
        arrays: Arrays,
        unchecked: Iterable[str] = (),
    ) -> None:
        """`files` say by name what was written.

        `unchecked` are the names of the arrays that are still to be compared.
        """
        self.folder = folder
        self.manifest = manifest
        self.files = files
        self.arrays = arrays
        self.unchecked = tuple(unchecked)
        self._damaged = ""
        self._checking = Lock()

    @property
    def is_sound(self) -> bool:
        """Whether nothing of it is known to be damaged."""
        return not self._damaged

    def check(self) -> None:
        """Compare what was not compared when it was opened, the first time it is asked.

        It takes a second for some gigabytes. Raises `IndexStorageError` when an array
        is not as it was written, and each time after that. Such a generation is then no
        longer the current one: the next to open the index builds it anew.
        """
        if not self.unchecked:
            return
        with self._checking:
            if self.unchecked and not self._damaged:
                self._damaged = self._find_damage()
            if not self._damaged:
                self.unchecked = ()
                return
            _give_up(self.folder)
            raise IndexStorageError(
                f"The index {self.folder.parent} is damaged ({self._damaged}.npy has "
                "other contents). It is built anew when it is opened again; if that "
                "folder cannot be written, delete it before."
            )

    def _find_damage(self) -> str:
        """The name of an array that is not as it was written, or an empty string."""
        from concurrent.futures import ThreadPoolExecutor

        def is_sound(name: str) -> bool:
            return self.files[name].is_in_file(self.folder / f"{name}.npy")

        with ThreadPoolExecutor() as pool:
            found = pool.map(is_sound, self.unchecked)
            pairs = zip(self.unchecked, found, strict=True)
            return next((name for name, is_whole in pairs if not is_whole), "")


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
        _write_synced(self._folder / _MANIFEST, content.encode("utf-8"))
        _sync_folder(self._folder)
        return _hash(content.encode("utf-8"))


@contextmanager
def new_generation(
    folder: Path, manifest: Mapping[str, Any], before: Generation | None = None
) -> Iterator[GenerationWriter]:
    """Write a generation beside the current one, switch to it, delete the others.

    It may go on with arrays of the one `before`. `manifest` must be ready for JSON;
    format version and file sizes are added. An exception leaves the current generation
    as it is. Raises `IndexStorageError` when the folder cannot be written.
    """
    from concurrent.futures import ThreadPoolExecutor

    name = f"{_PREFIX}{secrets.token_hex(8)}"
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


def open_generation(folder: Path) -> Generation | None:
    """The current generation of an index folder, or None when there is none yet.

    Raises `IndexStorageError`, saying why, when what is there cannot be used.
    """
    for _ in range(10):
        pointer = _pointer(folder)
        if pointer is None:
            return None
        try:
            return _open(folder / pointer[0], manifest_hash=pointer[1])
        except FileNotFoundError as error:
            if _pointer(folder) == pointer:
                missing = Path(error.filename or "a file").name
                raise IndexStorageError(f"{missing} is missing") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexStorageError(f"it is damaged ({error})") from error
    raise IndexStorageError("it changes faster than it can be opened")


def _pointer(folder: Path) -> tuple[str, str] | None:
    """Name and manifest hash of the current generation."""
    try:
        content = (folder / CURRENT).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IndexStorageError(f"it cannot be read ({error.strerror})") from error
    name, _, digest = content.decode("ascii", errors="replace").partition(" ")
    if not name.startswith(_PREFIX) or not name.removeprefix(_PREFIX).isalnum():
        raise IndexStorageError(f"it is damaged ({CURRENT} names no generation)")
    return name, digest


def _open(folder: Path, manifest_hash: str) -> Generation:
    content = (folder / _MANIFEST).read_bytes()
    if _hash(content) != manifest_hash:
        raise IndexStorageError(f"it is damaged ({_MANIFEST} has other contents)")
    manifest = json.loads(content)
    if manifest.get("format") != FORMAT_VERSION:
        raise IndexStorageError("it was written by another version of this program")
    files = {
        key: WrittenArray.from_json(entry) for key, entry in manifest["files"].items()
    }
    is_held = sum(written.size for written in files.values()) <= _HELD_BYTES
    compared = set(files) if is_held else _smallest(files)
    arrays = {}
    for key, written in files.items():
        path = folder / f"{key}.npy"
        if path.stat().st_size < written.size:
            raise IndexStorageError(f"it is damaged ({path.name} is cut short)")
        rows = path.read_bytes() if is_held else mapped(path, written.size)
        if key in compared and not written.is_in(rows):
            raise IndexStorageError(f"it is damaged ({path.name} has other contents)")
        arrays[key] = written.array(rows)
    return Generation(folder, manifest, files, arrays, files.keys() - compared)


def _link(old: Path, new: Path, size: int) -> None:
    """Have a file under a second name, or a copy of its first bytes."""
    try:
        os.link(old, new)
    except OSError:
        with old.open("rb") as source, new.open("wb") as target:
            while size and (block := source.read(min(size, _COPIED_BYTES))):
                target.write(block)
                size -= len(block)


def _smallest(files: Mapping[str, WrittenArray]) -> set[str]:
    """The smallest of the files, so many that they have `_COMPARED_BYTES` at most."""
    names = sorted(files, key=lambda name: (files[name].size, name))
    sizes = accumulate(files[name].size for name in names)
    pairs = zip(names, sizes, strict=True)
    return {name for name, size in pairs if size <= _COMPARED_BYTES}


def _give_up(generation: Path) -> None:
    """Make a generation no longer the current one, if it is and that can be written."""
    pointer = generation.parent / CURRENT
    with suppress(OSError):
        if pointer.read_bytes().startswith(f"{generation.name} ".encode("ascii")):
            pointer.unlink()


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).hexdigest()


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
        is_left = path.name.startswith((_PREFIX, _SCRATCH_PREFIX))
        if is_left and path.name != kept:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f"{CURRENT}-"):
            path.unlink(missing_ok=True)
