"""A generation whose arrays are compared before they are given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chatbot.index import generations
from chatbot.index.compared_arrays import DamagedArrayError, compared_beside
from chatbot.index.generation_writer import new_generation
from chatbot.index.generations import Generation, open_generation

ARRAYS = {"numbers": np.arange(5), "pairs": np.arange(40.0).reshape(20, 2)}


@pytest.fixture(params=["held", "mapped"])
def generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Generation:
    """A generation that is compared when it is opened, or later."""
    with new_generation(tmp_path, {}) as writer:
        writer.write_all(ARRAYS)
    if request.param == "mapped":
        monkeypatch.setattr(generations, "_HELD_BYTES", 0)
        monkeypatch.setattr(generations, "_COMPARED_BYTES", 0)
    opened = open_generation(tmp_path)
    assert opened is not None
    return opened


def test_arrays_that_are_as_they_were_written_are_given(generation: Generation) -> None:
    with compared_beside(generation) as sound:
        sound.check()
        assert set(sound.arrays) == set(ARRAYS)
        for name, array in sound.arrays.items():
            np.testing.assert_array_equal(array, ARRAYS[name])


@pytest.mark.parametrize("generation", ["mapped"], indirect=True)
def test_a_damaged_array_is_not_given(generation: Generation) -> None:
    with (generation.folder / "pairs.npy").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"?")

    with compared_beside(generation) as sound:
        np.testing.assert_array_equal(sound.arrays["numbers"], ARRAYS["numbers"])
        with pytest.raises(DamagedArrayError, match=r"pairs\.npy"):
            sound.arrays["pairs"]
        with pytest.raises(DamagedArrayError, match=r"pairs\.npy"):
            sound.check()
