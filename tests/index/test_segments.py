"""Runs of documents as arrays: however they are cut, the index is the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.index.building import write_arrays
from chatbot.index.collected_words import CollectedWords
from chatbot.index.generation_writer import new_generation
from chatbot.index.generations import open_generation
from chatbot.index.scratch import Scratch
from chatbot.index.segments import Segment, StoredArrays, store_arrays

FILES = {
    "a.md": "# Boats (BT)\n\nOne boat. Two boats.\n\n## Full Tank\n\nFill it up.",
    "b.txt": "Nothing here is like a boat; call the U.S. office.",
    "c.jsonl": '{"title": "Oars", "text": "Oars are long. An FT."}\n{"text": "É"}',
    "d.txt": "The last of the documents. It has an FT too.",
}

Built = dict[str, tuple[str, tuple[int, ...], bytes]]
Build = Callable[..., Built]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The arrays of an index over segments, as type, shape and bytes."""

    def run(segments: Sequence[Segment], words: CollectedWords | None = None) -> Built:
        folder = tmp_path_factory.mktemp("index")
        scratch = Scratch(tmp_path_factory.mktemp("scratch"))
        vocabulary = (words or CollectedWords(segments)).vocabulary()
        with new_generation(folder, {}) as writer:
            write_arrays(segments, vocabulary, (), writer, scratch)
        return contents(arrays_in(folder))

    return run


def arrays_in(folder: Path) -> Mapping[str, np.ndarray]:
    generation = open_generation(folder)
    assert generation is not None
    return generation.arrays


def contents(arrays: Mapping[str, np.ndarray]) -> Built:
    return {
        name: (array.dtype.str, array.shape, array.tobytes())
        for name, array in arrays.items()
    }


@given(st.sets(st.integers(1, len(FILES) - 1)))
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
def test_where_documents_are_cut_into_segments_does_not_show(
    segment_of, build: Build, cuts: set[int]
) -> None:
    names = sorted(FILES)
    bounds = [0, *sorted(cuts), len(names)]
    cut = [
        segment_of({name: FILES[name] for name in names[start:end]})
        for start, end in pairwise(bounds)
    ]

    assert build(cut) == build([segment_of(FILES)])


def test_documents_of_an_index_are_a_segment_of_another(
    segment_of, build: Build, tmp_path: Path
) -> None:
    with new_generation(tmp_path, {}) as writer:
        others = {"0.txt": "Words of no other file.", "bb.txt": "Neither are these."}
        scratch = Scratch(tmp_path)
        segments = [segment_of(FILES | others)]
        vocabulary = CollectedWords(segments).vocabulary()
        write_arrays(segments, vocabulary, (), writer, scratch)
    arrays = arrays_in(tmp_path)
    kept = [Segment(arrays, range(1, 3)), Segment(arrays, range(4, 6))]

    assert build(kept) == build([segment_of(FILES)])
    known = CollectedWords(kept, known=arrays)
    assert build(kept, known) == build([segment_of(FILES)])


def test_blocks_change_nothing(
    segment_of, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = build([segment_of(FILES)])
    monkeypatch.setattr("chatbot.index.segments.BLOCK_ROWS", 2)

    assert build([segment_of(FILES)]) == whole


def test_stored_arrays_are_those_that_were_given(segment_of, tmp_path: Path) -> None:
    arrays = segment_of(FILES).arrays
    offsets = store_arrays(tmp_path / "arrays", arrays)
    stored = StoredArrays(tmp_path / "arrays", json.loads(json.dumps(offsets)))

    assert contents(stored) == contents(arrays)
