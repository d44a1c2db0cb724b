"""Arrays put aside on disk while an index is built, to read again from there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class AsideArray:
    """A flat array in a file, of which slices are read, so that no more is in memory.

    For example, `aside[2:5]`.
    """

    path: Path
    dtype: np.dtype[Any]
    size: int

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, rows: slice) -> NDArray[Any]:
        start, stop, _ = rows.indices(self.size)
        offset = start * self.dtype.itemsize
        return np.fromfile(self.path, self.dtype, max(stop - start, 0), offset=offset)


class Scratch:
    """Keeps arrays in a folder, which its owner deletes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def new_path(self) -> Path:
        """A path in the folder that is not yet taken."""
        return self._folder / str(next(self._numbers))

    def put(self, array: NDArray[Any]) -> AsideArray:
        """Put a flat array aside."""
        path = self.new_path()
        array.tofile(path)
        return AsideArray(path, array.dtype, len(array))
