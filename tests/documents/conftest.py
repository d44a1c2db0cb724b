"""Shared by the tests of documents: a splitter and what holds for every document."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatbot.documents.discovery import SourceFile
from chatbot.documents.document import Document, Passage
from chatbot.documents.outline import WHITE_SPACE, Outline
from chatbot.documents.passages import cut_passages
from chatbot.documents.reading import read_document
from chatbot.documents.records import Records, cut_records
from chatbot.language.sentences import SentenceSplitter


@pytest.fixture(scope="session")
def splitter() -> SentenceSplitter:
    return SentenceSplitter("english")


@pytest.fixture(scope="session")
def cut(splitter: SentenceSplitter) -> Callable[[Outline], tuple[Passage, ...]]:
    """Cuts an outline to passages and checks what holds for every document."""

    def cut_and_check(outline: Outline) -> tuple[Passage, ...]:
        passages = cut_passages(outline, "a.txt", splitter.spans)
        if isinstance(outline.blocks, Records):
            at_once = cut_records(outline, outline.blocks, "a.txt", splitter)
            assert tuple(at_once) == passages
        text = outline.text
        for heading in outline.headings:
            assert heading.text == text[heading.start : heading.end]
            assert heading.text == heading.text.strip(WHITE_SPACE) != ""
        end = 0
        for passage in passages:
            assert passage.start >= end
            end = passage.end
            assert passage.text == text[passage.start : passage.end]
            assert passage.text == passage.text.strip(WHITE_SPACE) != ""
            assert set(passage.headings) <= set(outline.headings)
            assert passage.sentences
            position = passage.start
            for first, last in passage.sentences:
                assert position <= first < last <= passage.end
                assert text[first:last] == text[first:last].strip()
                position = last
        return passages

    return cut_and_check


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, str | bytes], Document]:
    """Writes a file and reads it as a document."""

    def write_and_read(name: str, content: str | bytes) -> Document:
        path = tmp_path / name
        data = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(data)
        file = SourceFile(name, tmp_path, len(data), path.stat().st_mtime_ns)
        return read_document(file, "english")[0]

    return write_and_read


@pytest.fixture
def locked() -> Iterator[Path]:
    """A corpus with a file and a folder that may not be read, not even by root."""
    corpus = Path(tempfile.mkdtemp())
    corpus.chmod(0o755)
    (corpus / "a.txt").write_text("Some words.", encoding="utf-8")
    (corpus / "closed.txt").touch(mode=0)
    (corpus / "closed").mkdir(mode=0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield corpus
    os.seteuid(user)
    shutil.rmtree(corpus)
