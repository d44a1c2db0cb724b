"""Shared by the tests of the index: corpora on disk, and what became of them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from chatbot.documents.discovery import find_files
from chatbot.documents.reading import read_document
from chatbot.errors import DocumentError
from chatbot.index import generations
from chatbot.index.analysis import AnalysedDocument, analyse
from chatbot.index.packing import pack
from chatbot.index.segments import Segment
from chatbot.language.terms import Analyzer
from tests.index.small_generation import ARRAYS, write_generation

NewCorpus = Callable[[Mapping[str, str]], Path]
Analyse = Callable[[Mapping[str, str]], list[AnalysedDocument]]
SegmentOf = Callable[[Mapping[str, str]], Segment]
ArrayBytes = Callable[[Path], dict[str, bytes]]


@pytest.fixture(scope="module", autouse=True)
def _unsynced() -> Iterator[None]:
    """Spares the disk: no test here can pull its plug."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has indexes be large: no array is compared when it is opened, all are mapped."""
    monkeypatch.setattr(generations, "_HELD_BYTES", 0)
    monkeypatch.setattr(generations, "_COMPARED_BYTES", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index folder with one generation."""
    write_generation(tmp_path / "index", {"note": "first – één"}, ARRAYS)
    return tmp_path / "index"


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer("english")


@pytest.fixture(scope="session")
def new_corpus(tmp_path_factory: pytest.TempPathFactory) -> NewCorpus:
    """Writes files, given by name, to a folder of their own."""

    def write(files: Mapping[str, str]) -> Path:
        folder = tmp_path_factory.mktemp("corpus")
        for name, text in files.items():
            (folder / name).write_bytes(text.encode())
        return folder

    return write


@pytest.fixture(scope="session")
def analysed(new_corpus: NewCorpus) -> Analyse:
    """Reads and analyses files, given by name, leaving out those that hold nothing."""

    def read(files: Mapping[str, str]) -> list[AnalysedDocument]:
        found, _ = find_files(new_corpus(files), None, 10**6)
        documents = []
        for file in found:
            try:
                document, _ = read_document(file, "english")
            except DocumentError:
                continue
            documents.append(analyse(document))
        return documents

    return read


@pytest.fixture(scope="session")
def segment_of(analysed: Analyse) -> SegmentOf:
    """The segment of files, given by name."""

    def read(files: Mapping[str, str]) -> Segment:
        documents = analysed(files)
        return Segment(pack(documents), range(len(documents)))

    return read


@pytest.fixture(scope="session")
def array_bytes() -> ArrayBytes:
    """The bytes of each array of an index folder, which holds one generation only."""

    def read(folder: Path) -> dict[str, bytes]:
        (generation,) = folder.glob("generation-*")
        manifest = json.loads((generation / "manifest.json").read_bytes())
        files = {path.stem: path.read_bytes() for path in generation.glob("*.npy")}
        assert files.keys() == manifest["files"].keys()
        return files

    return read
