"""Gives the pages of memory-mapped arrays back: they stay in the system's cache.

A page that was read once counts as memory of the process until then, and one read maps
the pages around it too: after some thousand questions that is all of a large index.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

RELEASED_ABOVE_BYTES = 128 * 2**20
"""A smaller index is left in memory."""

KEPT_BELOW_BYTES = 2**20
"""The pages of a smaller array are kept: a few questions read most of them again."""

RELEASED_AFTER = 5
"""Pages are given back each time that so many passages have been read: those of about
a reply."""


class MappedPages:
    """The pages of some arrays, of which those that are mapped from files count."""

    def __init__(self, arrays: Iterable[NDArray[Any]]) -> None:
        maps = {id(found): found for found in map(_mapping, arrays) if found}
        is_large = sum(map(len, maps.values())) > RELEASED_ABOVE_BYTES
        released = [found for found in maps.values() if len(found) >= KEPT_BELOW_BYTES]
        self._maps = tuple(released) if is_large and _CAN_RELEASE else ()
        self._reads = count(1)

    def passage_read(self) -> None:
        """Note that a passage was read; now and then pages are given back."""
        if self._maps and next(self._reads) % RELEASED_AFTER == 0:
            for mapping in self._maps:
                mapping.madvise(mmap.MADV_DONTNEED)


_CAN_RELEASE = hasattr(mmap, "MADV_DONTNEED")


def _mapping(array: NDArray[Any]) -> mmap.mmap | None:
    """The memory map that an array is a view of, or None."""
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    base = base.obj if isinstance(base, memoryview) else base
    return base if isinstance(base, mmap.mmap) else None
