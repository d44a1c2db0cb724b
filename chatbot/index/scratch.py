"""Arrays put aside on disk while an index is built, to read again from there."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Scratch:
    """Keeps arrays in a folder, which its owner deletes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def new_path(self) -> Path:
        """A path in the folder that is not yet taken."""
        return self._folder / str(next(self._numbers))

    def put(self, array: NDArray[Any]) -> NDArray[Any]:
        """The same array, memory-mapped from disk."""
        if not array.size:
            return array
        path = self.new_path()
        with path.open("wb") as file:
            np.save(file, array, allow_pickle=False)
        mapped = np.load(path, mmap_mode="r", allow_pickle=False)
        return np.asarray(mapped)
