"""Files that no reader should survive cost a line each, and the rest is served."""

from __future__ import annotations

import gzip
import io
import os
import re
import socket
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatbot.bot import Chatbot
from chatbot.settings import Settings

ROOT = Path(__file__).parents[1]
FERRY = "The ferry leaves the harbour at noon."
SECRET = "The password of the bank is swordfish."

INVALID_UTF8 = {
    "stray": b"\x80",
    "never": b"\xfe",
    "cut": b"\xe2\x82",
    "overlong": b"\xc0\xaf",
    "overlong-nul": b"\xc0\x80",
    "surrogate": b"\xed\xa0\x80",
    "beyond": b"\xf4\x90\x80\x80",
    "latin-1": "café".encode("latin-1"),
}


def _zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", SECRET * 100_000)
    return content.getvalue()


def _tar() -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../a.txt"))
    return content.getvalue()


def _write_hostile_files(corpus: Path) -> dict[str, str]:
    """Writes them; the beginning of the reason why each is not read."""
    outside = corpus.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(SECRET)
    kinds = "files of this kind are not read"
    binary = "it is binary (it holds NUL bytes)"
    no_file = "it is a pipe, a socket or a device, not a file"
    out = "it is a link out of the corpus"
    reasons: dict[str, str] = {}

    def write(name: str, content: bytes, reason: str) -> None:
        (corpus / name).write_bytes(content)
        reasons[name] = reason

    write("archive.zip", _zip(), kinds)
    write("archive.tar.gz", gzip.compress(_tar()), kinds)
    write("zip.txt", _zip(), "it is ")
    write("tar.txt", _tar(), binary)
    write("gzip.md", gzip.compress(SECRET.encode()), "it is ")
    write("nul.txt", b"Some\0thing.", binary)
    write("utf-16-le.txt", FERRY.encode("utf-16-le"), binary)
    write("utf-16.txt", FERRY.encode("utf-16"), "it is UTF-16 text")
    write("utf-16-be.md", ("\ufeff" + FERRY).encode("utf-16-be"), "it is UTF-16 text")
    write("utf-32-be.txt", FERRY.encode("utf-32-be"), binary)
    write("utf-32.txt", FERRY.encode("utf-32"), "it is UTF-32 text")
    write("utf-32m.md", ("\ufeff" + FERRY).encode("utf-32-be"), "it is UTF-32 text")
    for name, content in INVALID_UTF8.items():
        write(f"{name}.txt", FERRY.encode() + content, "it is not UTF-8 text")
        record = b'{"text": "' + content + b'"}'
        write(f"{name}.jsonl", record, "it holds no text to answer from (line 1: it is")
    write("empty.txt", b"", "it is empty")
    write("deep.jsonl", b"[" * 1_000_000, "it holds no text to answer from")
    deep = b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    write("closed.jsonl", deep, "it holds no text to answer from")
    write("escape.jsonl", b'{"text": "a\\u0000b"}', "it holds no text to answer from")
    write("deep.md", b"> " * 200_000 + b"a", "it holds no text to answer from")
    write("lists.md", b"- " * 200_000 + b"a", "it holds no text to answer from")
    os.mkfifo(corpus / "pipe.txt")
    (corpus / "zero.txt").symlink_to("/dev/zero")
    (corpus / "out.txt").symlink_to(outside / "secret.txt")
    (corpus / "up.md").symlink_to("../outside/secret.txt")
    (corpus / "folder").symlink_to(outside)
    (corpus / "root").symlink_to("/")
    (corpus / "loop.txt").symlink_to("loop.txt")
    (corpus / "synonyms.txt").symlink_to(outside / "secret.txt")
    for name, reason in (
        ("pipe.txt", no_file),
        ("zero.txt", no_file),
        ("out.txt", out),
        ("up.md", out),
        ("folder", "it is a link to a folder"),
        ("root", "it is a link to a folder"),
        ("loop.txt", "it cannot be read: "),
        ("synonyms.txt", "it cannot be read: it is a link out of the corpus"),
    ):
        reasons[name] = reason
    return reasons


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Makes a socket; the path of one must be short."""
    with socket.socket(socket.AF_UNIX) as server:

        def bind(path: Path) -> None:
            monkeypatch.chdir(path.parent)
            server.bind(path.name)

        yield bind


def test_hostile_files_cost_a_line_each_and_the_rest_is_served(
    tmp_path: Path, sockets: Callable[[Path], None]
):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "ferry.txt").write_text(FERRY)
    reasons = _write_hostile_files(corpus)
    sockets(corpus / "socket.txt")
    reasons["socket.txt"] = "it is a pipe, a socket or a device, not a file"

    done = subprocess.run(
        [sys.executable, "-m", "chatbot", "--corpus", str(corpus), "index"],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "500"},
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    told = dict(re.findall(r"skipped (\S+): (.+)", done.stdout + done.stderr))
    assert told.keys() == reasons.keys()
    for name, reason in reasons.items():
        assert told[name].startswith(reason), (name, told[name])
    assert "swordfish" not in done.stdout + done.stderr
    bot = Chatbot.open(corpus)
    assert [source for source, _ in bot.documents()] == ["ferry.txt"]
    assert bot.reply("When does the ferry leave?").text == FERRY
    assert "swordfish" not in bot.reply("What is the password of the bank?").text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("words.txt", "It is so and so, they say. " * 40_000),
        ("word.txt", "a" * 1_000_000),
        ("marks.txt", "!? " * 40_000),
    ],
)
def test_a_line_of_a_million_characters_costs_itself_alone(
    tmp_path: Path, name: str, text: str
):
    (tmp_path / "ferry.md").write_text(FERRY)
    (tmp_path / name).write_text(text)

    bot = Chatbot.open(tmp_path)

    assert bot.reply("When does the ferry leave?").text == FERRY


def test_a_line_of_records_of_100_megabytes_is_not_held_in_memory(tmp_path: Path):
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(100):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n{"text": "The ferry leaves the harbour at noon."}\n')

    bot = Chatbot.open(tmp_path)

    (skipped,) = bot.report.skipped
    assert "line 1: it is longer than" in str(skipped)
    assert bot.reply("When does the ferry leave?").text == FERRY


def test_a_text_of_100_megabytes_is_skipped_naming_the_setting(tmp_path: Path):
    (tmp_path / "ferry.md").write_text(FERRY)
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(100_000_000)

    bot = Chatbot.open(tmp_path)

    (skipped,) = bot.report.skipped
    assert "CHATBOT_MAX_FILE_MB" in str(skipped)


def test_a_reader_that_fails_costs_its_document_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(file: object, language: str) -> None:
        if "bad" in str(file):
            raise RecursionError
        return real(file, language)  # type: ignore[arg-type,return-value]

    from chatbot.index import reading_jobs

    real = reading_jobs.read_document
    monkeypatch.setattr(reading_jobs, "read_document", fail)
    (tmp_path / "bad.txt").write_text("Anything.")
    (tmp_path / "ferry.txt").write_text(FERRY)

    bot = Chatbot.open(settings=Settings(corpus=str(tmp_path)))

    assert list(map(str, bot.report.skipped)) == [
        "skipped bad.txt: its reader gave up (RecursionError)"
    ]
    assert bot.reply("When does the ferry leave?").text == FERRY
    assert "bad.txt cannot be read" in caplog.text
