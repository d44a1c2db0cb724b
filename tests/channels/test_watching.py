"""Documents that change while the bot answers: taken in, or told why not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest
from watchfiles import Change

from chatbot import Chatbot
from chatbot.channels import reloading
from chatbot.channels import watching as module
from chatbot.channels.watching import change_filter, folders_of_documents, watching
from chatbot.index import generation_writer
from chatbot.index.opening import Build
from chatbot.index.report import IndexReport
from chatbot.settings import Settings

QUESTION = "How many hikers does the hut sleep?"
SECONDS = module.LOOK_SECONDS - 5
"""The longest that a line is waited for; the looks now and then come too late."""


class Lines(Queue[str]):
    """The lines that are told, to be waited for."""

    def next(self) -> str:
        return self.get(timeout=SECONDS)


def put(file: Path, text: str) -> None:
    """Write a file in one step, so that it is never found half written."""
    hidden = file.with_name(f".{file.name}")
    hidden.write_text(text)
    hidden.replace(file)


def write(corpus: Path, hikers: str) -> None:
    put(corpus / "hut.txt", f"The hut sleeps {hikers} hikers.\n")


def answer(bot: Chatbot) -> str:
    return bot.reply(QUESTION).text


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder, "nine")
    return folder


@pytest.fixture
def bot(corpus: Path) -> Chatbot:
    return Chatbot.open(corpus, settings=Settings())


@pytest.fixture
def lines(bot: Chatbot) -> Iterator[Lines]:
    """What is told while the bot's corpus is watched."""
    told = Lines()
    with watching(bot, told.put):
        yield told


def test_a_changed_document_is_answered_from(
    bot: Chatbot, corpus: Path, lines: Lines
) -> None:
    write(corpus, "eleven")
    assert lines.next() == (
        "The documents have changed: 1 file read, now 1 passage of 1 document."
    )
    assert "eleven" in answer(bot)


def test_a_large_index_is_built_in_a_process_of_its_own(
    bot: Chatbot, corpus: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reloading, "MOST_PASSAGES_BUILT_INSIDE", 0)
    monkeypatch.delattr(generation_writer, "scratch_folder")
    write(corpus, "eleven")
    assert "1 file read, now 1 passage" in lines.next()
    assert "eleven" in answer(bot)


def test_documents_in_new_folders_and_removed_ones_are_changes(
    bot: Chatbot, corpus: Path, lines: Lines
) -> None:
    (corpus / "valley").mkdir()
    put(corpus / "valley" / "inn.txt", "The inn has four rooms.\n")
    assert "now 2 passages of 2 documents" in lines.next()
    (corpus / "valley" / "inn.txt").unlink()
    assert "0 files read, now 1 passage of 1 document" in lines.next()


def test_a_skipped_file_is_told_with_the_change(corpus: Path, lines: Lines) -> None:
    (corpus / "empty.txt").write_text("")
    assert lines.next().startswith("skipped empty.txt: ")


def test_a_corpus_that_is_emptied_is_told_and_the_next_change_tries_again(
    bot: Chatbot, corpus: Path, lines: Lines
) -> None:
    (corpus / "hut.txt").unlink()
    problem = lines.next()
    assert "holds no document to answer from. Put text files" in problem
    assert "nine" in answer(bot)
    (corpus / "photo.png").write_bytes(b"")
    assert "skipped photo.png" in lines.next()
    write(corpus, "twelve")
    assert lines.next().startswith("skipped photo.png")
    assert lines.next().startswith("The documents have changed: 1 file read")
    assert "twelve" in answer(bot)


def test_a_reload_that_fails_as_nobody_foresaw_is_not_the_last(
    bot: Chatbot, corpus: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    reload = bot.reload

    def fail_once(build: Build) -> IndexReport:
        monkeypatch.setattr(bot, "reload", reload)
        raise MemoryError("no room")

    monkeypatch.setattr(bot, "reload", fail_once)
    write(corpus, "eleven")
    assert "MemoryError('no room')" in lines.next()
    write(corpus, "twelve")
    assert lines.next().startswith("The documents have changed")
    assert "twelve" in answer(bot)


def test_an_index_that_another_builds_is_switched_to(
    bot: Chatbot, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "change_filter", lambda *_: lambda *_: False)
    told = Lines()
    with watching(bot, told.put):
        write(corpus, "eleven")
        built = Chatbot.open(corpus, settings=Settings()).report
        assert "0 files read" in told.next()
    assert bot.report.generation == built.generation
    assert "eleven" in answer(bot)


def test_where_nothing_is_reported_the_corpus_is_looked_through(
    bot: Chatbot, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = threading.Semaphore(0)

    def unable(*folders: Path, **options: object) -> Iterator[None]:
        looks.release()
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(module, "watch", unable)
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.01)
    told = Lines()
    with watching(bot, told.put):
        assert "watch limit reached" in told.next()
        (corpus / "hut.txt").unlink()
        assert "holds no document to answer from" in told.next()
        while looks.acquire(blocking=False):
            pass
        for _ in range(3):
            assert looks.acquire(timeout=SECONDS)
        write(corpus, "eleven")
        assert told.next().startswith("The documents have changed")
    assert "eleven" in answer(bot)


def test_a_folder_that_takes_the_place_of_another_is_watched(
    bot: Chatbot, corpus: Path
) -> None:
    other = corpus.parent / "other"
    other.mkdir()
    write(other, "eleven")
    told = Lines()
    with watching(bot, told.put):
        corpus.rename(corpus.parent / "old")
        other.rename(corpus)
        while "The documents have changed" not in told.next():
            pass
        write(corpus, "twelve")
        assert told.next().startswith("The documents have changed")
    assert "twelve" in answer(bot)


def test_a_link_that_leads_to_another_folder_is_followed(
    corpus: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(other, "eleven")
    link = tmp_path / "link"
    link.symlink_to(corpus)
    bot = Chatbot.open(link, tmp_path / "index", settings=Settings())
    told = Lines()
    with watching(bot, told.put):
        (tmp_path / "new").symlink_to(other)
        (tmp_path / "new").replace(link)
        assert told.next().startswith("The documents have changed")
        write(other, "twelve")
        assert told.next().startswith("The documents have changed")
    assert "twelve" in answer(bot)


def test_leaving_the_block_ends_the_watching(bot: Chatbot) -> None:
    with watching(bot, Lines().put):
        assert "watcher" in [thread.name for thread in threading.enumerate()]
    assert "watcher" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.parametrize("index", [".index", "kept/index"])
def test_where_conversations_are_written_nothing_is_watched(
    corpus: Path, index: str
) -> None:
    for folder in ("valley/inns", ".git/refs", "kept", f"{index}/generation-1f0c"):
        (corpus / folder).mkdir(parents=True, exist_ok=True)
    (corpus / "link").symlink_to(corpus.parent)
    watched = folders_of_documents(corpus, corpus / index)
    assert sorted(watched) == [
        corpus,
        corpus / "kept",
        corpus / "valley",
        corpus / "valley/inns",
    ]


@pytest.mark.parametrize("index", [".index", "kept/index", "../elsewhere"])
@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("hut.txt", True),
        ("valley/inn.txt", True),
        ("", True),
        (".hut.txt.swp", False),
        (".git/HEAD", False),
        ("valley/.notes/inn.txt", False),
        ("INDEX", False),
        ("INDEX/current", False),
        ("INDEX/generation-1f0c/text.npy", False),
    ],
)
def test_hidden_files_and_the_index_do_not_matter(
    tmp_path: Path, index: str, path: str, matters: bool
) -> None:
    corpus = tmp_path / "corpus"
    folder = (corpus / index).resolve()
    changed = (corpus / path.replace("INDEX", index)).resolve()
    assert change_filter(corpus, folder)(Change.modified, str(changed)) is matters
