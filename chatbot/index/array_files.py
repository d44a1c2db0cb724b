"""Arrays as `.npy` files: written a block of rows at a time, mapped, and compared.

    with ArrayFile(path) as file:
        file.append(block)
    assert file.checksum == checksum_of_file(path)

A file is told by its rows and then its header, which is written last.
"""

from __future__ import annotations

import io
import math
import mmap
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

_HEADER_BYTES = 128
_BLOCK_BYTES = 2**20


class ArrayFile:
    """A file that is written a block of rows at a time; `checksum` is then its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = 0
        self.checksum = 0
        self._kind: tuple[np.dtype[Any], tuple[int, ...]] | None = None

    def __enter__(self) -> Self:
        self._file = self._path.open("wb")
        self._file.write(bytes(_HEADER_BYTES))
        return self

    def append(self, block: NDArray[Any]) -> None:
        """Write the next rows."""
        content = np.ascontiguousarray(block)
        if content.dtype.hasobject:
            raise ValueError(f"{self._path.stem}: numbers are stored, no objects")
        self._file.write(content.data)
        self.checksum = zlib.crc32(content.data, self.checksum)
        self._rows += len(content)
        self._kind = content.dtype, content.shape[1:]

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._file as file:
            if kind is None:
                assert self._kind is not None, f"{self._path.stem}: there is no block"
                dtype, row = self._kind
                file.seek(0)
                header = _header(dtype, (self._rows, *row))
                file.write(header)
                self.checksum = zlib.crc32(header, self.checksum)


def load(path: Path) -> NDArray[Any]:
    """The array of a file, memory-mapped, as numpy itself reads it."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def described(path: Path) -> dict[str, Any]:
    """What the manifest says of a `.npy` file, whose header is not parsed again."""
    array = load(path)
    size = path.stat().st_size
    return {"size": size, "dtype": array.dtype.str, "shape": array.shape}


def mapped(path: Path) -> mmap.mmap:
    """The content of a file, memory-mapped, read-only."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def array_in(
    content: bytes | mmap.mmap, dtype: str, shape: Sequence[int]
) -> NDArray[Any]:
    """The array that the content of a file holds, read-only; nothing is copied."""
    array = np.frombuffer(content, dtype, math.prod(shape), _HEADER_BYTES)
    return array.reshape(shape)


def _header(dtype: np.dtype[Any], shape: tuple[int, ...]) -> bytes:
    """The header of a `.npy` file, which numpy pads to the same length for any size."""
    buffer = io.BytesIO()
    descr = np.lib.format.dtype_to_descr(dtype)
    np.lib.format.write_array_header_1_0(
        buffer, {"descr": descr, "fortran_order": False, "shape": shape}
    )
    header = buffer.getvalue()
    assert len(header) == _HEADER_BYTES
    return header


def checksum_of(content: bytes | mmap.mmap) -> int:
    """The checksum of the content of a file."""
    header, rows = content[:_HEADER_BYTES], memoryview(content)[_HEADER_BYTES:]
    return zlib.crc32(header, zlib.crc32(rows))


def checksum_of_file(path: Path) -> int:
    """The same, of a file that is too large to be held in memory."""
    with path.open("rb") as file:
        header, checksum = file.read(_HEADER_BYTES), 0
        while block := file.read(_BLOCK_BYTES):
            checksum = zlib.crc32(block, checksum)
    return zlib.crc32(header, checksum)
