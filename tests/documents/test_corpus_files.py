"""Only files of the corpus are opened, whatever takes the place of one meanwhile."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatbot.documents.corpus_files import open_inside
from chatbot.documents.discovery import SourceFile, find_files
from chatbot.documents.reading import read_document
from chatbot.errors import DocumentError

SECRET = "The password of the bank is swordfish."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus with a file in a folder, beside a secret that is not part of it."""
    corpus = tmp_path / "corpus"
    (corpus / "folder").mkdir(parents=True)
    (corpus / "folder" / "a.txt").write_text("The ferry leaves at noon.")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.txt").write_text(SECRET)
    return corpus


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Ends the test when something is opened that waits for a writer."""
    signal.alarm(20)
    yield
    signal.alarm(0)


def content(corpus: Path, source: str) -> bytes:
    with open_inside(corpus, source) as file:
        return file.read()


def test_a_file_is_opened_by_its_path_in_the_corpus(corpus: Path):
    assert content(corpus, "folder/a.txt") == b"The ferry leaves at noon."


def test_a_link_to_another_file_of_the_corpus_is_followed(corpus: Path):
    (corpus / "link.txt").symlink_to("folder/a.txt")
    (corpus / "second.txt").symlink_to(corpus / "link.txt")

    assert content(corpus, "second.txt") == b"The ferry leaves at noon."


def test_the_corpus_itself_may_be_a_link(corpus: Path, tmp_path: Path):
    (corpus / "link.txt").symlink_to("folder/a.txt")
    (tmp_path / "link").symlink_to(corpus)

    assert content(tmp_path / "link", "link.txt") == b"The ferry leaves at noon."


def _file_becomes_a_link(corpus: Path) -> None:
    (corpus / "folder" / "a.txt").unlink()
    (corpus / "folder" / "a.txt").symlink_to(corpus.parent / "outside" / "a.txt")


def _link_leads_up(corpus: Path) -> None:
    (corpus / "folder" / "a.txt").unlink()
    (corpus / "folder" / "a.txt").symlink_to("../../outside/a.txt")


def _folder_becomes_a_link(corpus: Path) -> None:
    (corpus / "folder").rename(corpus / "moved")
    (corpus / "folder").symlink_to(corpus.parent / "outside")


def _link_through_a_linked_folder(corpus: Path) -> None:
    (corpus / "folder" / "a.txt").unlink()
    (corpus / "way").symlink_to(corpus.parent / "outside")
    (corpus / "folder" / "a.txt").symlink_to(corpus / "way" / "a.txt")


def _file_becomes_a_pipe(corpus: Path) -> None:
    (corpus / "folder" / "a.txt").unlink()
    os.mkfifo(corpus / "folder" / "a.txt")


def _file_becomes_a_link_to_a_device(corpus: Path) -> None:
    (corpus / "folder" / "a.txt").unlink()
    (corpus / "folder" / "a.txt").symlink_to("/dev/zero")


def _file_becomes_a_folder(corpus: Path) -> None:
    (corpus / "folder" / "a.txt").unlink()
    (corpus / "folder" / "a.txt").mkdir()


def _file_becomes_a_loop(corpus: Path) -> None:
    (corpus / "folder" / "a.txt").unlink()
    (corpus / "folder" / "a.txt").symlink_to("a.txt")


@pytest.mark.parametrize(
    "change",
    [
        _file_becomes_a_link,
        _link_leads_up,
        _folder_becomes_a_link,
        _link_through_a_linked_folder,
        _file_becomes_a_pipe,
        _file_becomes_a_link_to_a_device,
        _file_becomes_a_folder,
        _file_becomes_a_loop,
    ],
)
def test_what_takes_the_place_of_a_file_after_it_was_found_is_not_read(
    corpus: Path, change: Callable[[Path], None]
):
    (file,), _ = find_files(corpus, None, 10**6)
    descriptors = os.listdir("/dev/fd")
    change(corpus)

    with pytest.raises(DocumentError, match="it cannot be read: "):
        read_document(file, "english")
    with pytest.raises(OSError):  # noqa: PT011
        file.open()
    assert os.listdir("/dev/fd") == descriptors


def test_a_socket_is_not_opened(corpus: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(corpus)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        with pytest.raises(OSError, match="No such device"):
            open_inside(corpus, "socket.txt")


@pytest.mark.parametrize(
    "now", ["", "The ferry", "The ferry leaves at noon. Or later."]
)
def test_a_file_that_grows_or_shrinks_while_it_is_read_is_refused(
    corpus: Path, now: str
):
    (file,), _ = find_files(corpus, None, 10**6)
    file.path.write_text(now)

    with pytest.raises(DocumentError, match="it changed while it was being read"):
        read_document(file, "english")


def test_a_file_that_grows_without_end_is_read_no_further_than_it_was(corpus: Path):
    (corpus / "endless.txt").symlink_to("/dev/zero")
    endless = SourceFile("endless.txt", Path("/dev"), 10, 0)
    with pytest.raises(DocumentError):
        read_document(endless, "english")
