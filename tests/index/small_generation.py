"""A small generation to write, and what is in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from chatbot.index.generation_writer import new_generation
from chatbot.index.generations import open_generation

ARRAYS = {
    "numbers": np.arange(5, dtype=np.int32),
    "empty": np.zeros(0, dtype=np.uint8),
    "pairs": np.arange(4.0).reshape(2, 2),
}


def write_generation(folder: Path, manifest: dict, arrays: dict) -> None:
    with new_generation(folder, manifest) as writer:
        for name, array in arrays.items():
            writer.write(name, [array])


def generation_of(folder: Path) -> Path:
    return folder / (folder / "current").read_text().split()[0]


def note_in(folder: Path) -> str:
    generation = open_generation(folder)
    assert generation is not None
    return generation.manifest["note"]
