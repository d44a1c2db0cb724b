"""A generation for who goes on with it: no array is read before its check.

    with compared_beside(generation) as sound:
        sound.arrays["words_offsets"]
        sound.check()

What was not compared when the generation was opened is compared in a thread while
others are read, from the smallest to the largest; who asks for one waits for its turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from numpy.typing import NDArray

from chatbot.errors import IndexStorageError
from chatbot.index.array_files import mapped
from chatbot.index.generations import Generation


class DamagedArrayError(IndexStorageError):
    """An array of an index is not as it was written."""


@contextmanager
def compared_beside(generation: Generation) -> Iterator[Generation]:
    """The same generation, with arrays that are compared before they are given.

    Asking for a damaged one raises `DamagedArrayError`, and so does its `check`, which
    waits for all.
    """
    files = generation.files
    names = sorted(generation.unchecked, key=lambda name: files[name].size)
    comparing = ThreadPoolExecutor(1)
    checks = {name: comparing.submit(_is_sound, generation, name) for name in names}
    try:
        yield _ComparedGeneration(generation, checks)
    finally:
        comparing.shutdown(wait=False, cancel_futures=True)


class _ComparedGeneration(Generation):
    """A generation whose `checks` tell of some arrays whether they are sound."""

    def __init__(
        self, generation: Generation, checks: Mapping[str, Future[bool]]
    ) -> None:
        arrays = _ComparedArrays(generation.arrays, checks)
        super().__init__(
            generation.folder, generation.manifest, generation.files, arrays
        )

    def check(self) -> None:
        for name in self.arrays:
            self.arrays[name]


class _ComparedArrays(Mapping[str, NDArray[Any]]):
    """Arrays by name, each given when its check, if there is one, has ended well."""

    def __init__(
        self,
        arrays: Mapping[str, NDArray[Any]],
        checks: Mapping[str, Future[bool]],
    ) -> None:
        self._arrays = arrays
        self._checks = checks

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name in self._checks and not self._checks[name].result():
            raise DamagedArrayError(f"{name}.npy is not as it was written.")
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)


def _is_sound(generation: Generation, name: str) -> bool:
    written = generation.files[name]
    return written.is_in(mapped(generation.folder / f"{name}.npy", written.size))
