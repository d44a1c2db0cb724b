"""Shared by the tests of answering: small corpora, written, indexed and opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.opening import open_index
from chatbot.settings import Settings

OpenCorpus = Callable[[Mapping[str, str]], CorpusIndex]


@pytest.fixture(scope="session")
def open_corpus(tmp_path_factory: pytest.TempPathFactory) -> OpenCorpus:
    """Writes the files, given by name, to a new corpus and opens its index."""

    def write_and_open(files: Mapping[str, str]) -> CorpusIndex:
        corpus = tmp_path_factory.mktemp("corpus")
        for name, text in files.items():
            (corpus / name).write_text(text, encoding="utf-8")
        return open_index(Settings(corpus=str(corpus)))[0]

    return write_and_open
