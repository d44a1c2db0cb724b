"""Generations on disk: folders of arrays, each complete, one of them current.

    <index folder>/
      current                      name of the generation that serves, and the hash
                                   of its manifest, which holds those of its files
      generation-1f0c…/            manifest.json, *.npy
      building.lock                held by the process that builds

A generation is written beside the current one and takes its place by one atomic rename
of `current`; a builder killed at any moment leaves the old one serving. Arrays are
plain `.npy` files, memory-mapped when opened; nothing is ever unpickled.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.errors import IndexStorageError

FORMAT_VERSION = 1
CURRENT = "current"
"""The file that names the generation that serves; replaced by each build."""

_MANIFEST = "manifest.json"
_PREFIX = "generation-"
_HASHED_AT_OPEN_BYTES = 64 * 2**20
"""Up to this size in all, every file's hash is compared when a generation is opened."""

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation: what its builder noted, and its arrays, read-only.

    `folder` is its own folder, by which it can be told from any other.
    """

    folder: Path
    manifest: dict[str, Any]
    arrays: Arrays


def write_generation(folder: Path, manifest: Mapping[str, Any], arrays: Arrays) -> None:
    """Write a generation beside the current one, switch to it, delete the others.

    `manifest` must be ready for JSON; format version and file hashes are added.
    Raises `IndexStorageError` when the folder cannot be written.
    """
    name = f"{_PREFIX}{secrets.token_hex(8)}"
    target = folder / name
    try:
        target.mkdir(parents=True)
        files = {key: _write_array(target, key, arrays[key]) for key in sorted(arrays)}
        whole = {"format": FORMAT_VERSION, "files": files, **manifest}
        content = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)
        _write_synced(target / _MANIFEST, content.encode("utf-8"))
        _sync_folder(target)
        pointer = folder / f"{CURRENT}-{name}"
        _write_synced(pointer, f"{name} {_hash(content.encode())}".encode("ascii"))
        os.replace(pointer, folder / CURRENT)
        _sync_folder(folder)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise IndexStorageError(
            f"The index cannot be written to {folder}: {error.strerror or error}. "
            "Free some space or set CHATBOT_INDEX to a folder that can be written."
        ) from error
    # What cannot be deleted now is left to the next build.
    with suppress(OSError):
        _delete_others(folder, name)


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
    files: dict[str, dict[str, Any]] = manifest["files"]
    hashed = sum(entry["size"] for entry in files.values()) <= _HASHED_AT_OPEN_BYTES
    for key, entry in files.items():
        path = folder / f"{key}.npy"
        if path.stat().st_size != entry["size"]:
            raise IndexStorageError(f"it is damaged ({path.name} has another size)")
        if hashed and _hash(path.read_bytes()) != entry["hash"]:
            raise IndexStorageError(f"it is damaged ({path.name} has other contents)")
    arrays = {
        key: np.asarray(
            np.load(folder / f"{key}.npy", mmap_mode="r", allow_pickle=False)
        )
        for key in files
    }
    return Generation(folder, manifest, arrays)


def _write_array(folder: Path, key: str, array: NDArray[Any]) -> dict[str, Any]:
    buffer = io.BytesIO()
    np.save(buffer, np.ascontiguousarray(array), allow_pickle=False)
    content = buffer.getvalue()
    _write_synced(folder / f"{key}.npy", content)
    return {"size": len(content), "hash": _hash(content)}


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
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
        if path.name.startswith(_PREFIX) and path.name != kept:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f"{CURRENT}-"):
            path.unlink(missing_ok=True)
