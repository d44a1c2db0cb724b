"""Arrays as `.npy` files: written a block of rows at a time, mapped, and compared.

    with ArrayFile(path) as file:
        file.append(block)
    assert file.written.is_in(path.read_bytes())

Further rows may be appended later, and are told of by whoever knows of them: the header
stays as it is, and who knew the file before finds it as it was.
"""

from __future__ import annotations

import io
import math
import mmap
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

_HEADER_BYTES = 128
_BLOCK_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class WrittenArray:
    """What is known of an array in a file.

    `size` are the bytes of the file up to its last row, `checksum` that of the rows;
    the header tells of `header_rows` of them.
    """

    dtype: str
    shape: tuple[int, ...]
    size: int
    checksum: int
    header_rows: int

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> WrittenArray:
        """What `to_json` wrote; raises TypeError or KeyError for anything else."""
        return cls(**{**entry, "shape": tuple(entry["shape"])})

    def to_json(self) -> dict[str, Any]:
        """All of it, ready for JSON."""
        return asdict(self)

    def array(self, content: bytes | mmap.mmap) -> NDArray[Any]:
        """The array that the content of a file holds, read-only; nothing is copied."""
        count = math.prod(self.shape)
        return np.frombuffer(content, self.dtype, count, _HEADER_BYTES).reshape(
            self.shape
        )

    def is_in(self, content: bytes | mmap.mmap) -> bool:
        """Whether the content of a file is what was written."""
        rows = memoryview(content)[_HEADER_BYTES : self.size]
        return (
            content[:_HEADER_BYTES] == self._header()
            and zlib.crc32(rows) == self.checksum
        )

    def is_in_file(self, path: Path) -> bool:
        """The same, of a file that is too large to be held in memory."""
        left, checksum = self.size - _HEADER_BYTES, 0
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
            while block := file.read(min(_BLOCK_BYTES, left)):
                checksum = zlib.crc32(block, checksum)
                left -= len(block)
        return header == self._header() and left == 0 and checksum == self.checksum

    def _header(self) -> bytes:
        return _header(np.dtype(self.dtype), (self.header_rows, *self.shape[1:]))


class ArrayFile:
    """A file that is written a block of rows at a time; `written` says what it holds.

    With `before` it holds that already, and goes on behind it.
    """

    def __init__(self, path: Path, before: WrittenArray | None = None) -> None:
        self._path = path
        self._before = before
        self._rows = 0
        self._checksum = before.checksum if before else 0
        self._kind: tuple[np.dtype[Any], tuple[int, ...]] | None = None

    def __enter__(self) -> Self:
        self._file = self._path.open("r+b" if self._before else "w+b")
        self._file.seek(self._before.size if self._before else _HEADER_BYTES)
        return self

    def append(self, block: NDArray[Any]) -> None:
        """Write the next rows."""
        content = np.ascontiguousarray(block)
        if content.dtype.hasobject:
            raise ValueError(f"{self._path.stem}: numbers are stored, no objects")
        self._file.write(content.data)
        self._checksum = zlib.crc32(content.data, self._checksum)
        self._rows += len(content)
        self._kind = content.dtype, content.shape[1:]

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._file as file:
            if kind is None and self._before is None:
                assert self._kind is not None, f"{self._path.stem}: there is no block"
                dtype, row = self._kind
                file.seek(0)
                file.write(_header(dtype, (self._rows, *row)))

    @property
    def written(self) -> WrittenArray:
        """What the file holds, once it is closed."""
        if self._before:
            rows, *row = self._before.shape
            shape = (rows + self._rows, *row)
            added = self._rows * math.prod(row) * np.dtype(self._before.dtype).itemsize
            size = self._before.size + added
            return replace(
                self._before, shape=shape, size=size, checksum=self._checksum
            )
        assert self._kind is not None
        dtype, row_shape = self._kind
        shape = (self._rows, *row_shape)
        size = _HEADER_BYTES + math.prod(shape) * dtype.itemsize
        return WrittenArray(dtype.str, shape, size, self._checksum, self._rows)


def load(path: Path) -> NDArray[Any]:
    """The array of a file, memory-mapped, as numpy itself reads it."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def mapped(path: Path, size: int) -> mmap.mmap:
    """The first bytes of a file, memory-mapped, read-only."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)


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
