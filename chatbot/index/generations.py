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
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from chatbot.errors import IndexStorageError
from chatbot.index.array_files import WrittenArray, mapped

if TYPE_CHECKING:
    pass

FORMAT_VERSION = 7
CURRENT = "current"
"""The file that names the generation that serves; replaced by each build."""

MANIFEST = "manifest.json"
PREFIX = "generation-"
"""What the names of generations' folders begin with."""

_DIGEST_BYTES = 16
_HELD_BYTES = 16 * 2**20
"""A generation of so much in all is held in memory."""

_COMPARED_BYTES = 4 * 2**20
"""Of a larger one so much is compared when it is opened, small files first."""

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
    if not name.startswith(PREFIX) or not name.removeprefix(PREFIX).isalnum():
        raise IndexStorageError(f"it is damaged ({CURRENT} names no generation)")
    return name, digest


def _open(folder: Path, manifest_hash: str) -> Generation:
    content = (folder / MANIFEST).read_bytes()
    if content_hash(content) != manifest_hash:
        raise IndexStorageError(f"it is damaged ({MANIFEST} has other contents)")
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


def content_hash(content: bytes) -> str:
    """What a manifest is compared with."""
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).hexdigest()
