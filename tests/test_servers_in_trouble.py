"""Servers as processes when something fails: what is lost is what each test says."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.postgresql import running_postgresql
from tests.test_server import SENTENCE, SERVER, put, serving_process

QUESTION = "How many days does delivery to the islands take?"
LEAVING_SECONDS = 5
LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "shop.txt").write_text(f"Delivery\n{SENTENCE}\n")
    return folder


def ask(port: int, message: str = QUESTION, **body: str) -> dict[str, Any]:
    """The reply to a message, over a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json"}
    text = json.dumps({"message": message, **body})
    try:
        connection.request("POST", "/api/chat", text, headers)
        response = connection.getresponse()
        reply: dict[str, Any] = json.load(response)
        assert response.status == 200, reply
        return reply
    finally:
        connection.close()


def status(port: int, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 60
    while not holds() and time.monotonic() < until:
        threading.Event().wait(0.05)
    return holds()


def is_quoted(reply: dict[str, Any]) -> bool:
    return bool(reply["kind"] == "answer" and SENTENCE in reply["text"])


def test_with_its_database_locked_a_server_answers_and_says_what_is_lost(
    corpus: Path,
) -> None:
    with serving_process("--corpus", str(corpus)) as (_, port, _):
        conversation = ask(port)["conversation"]
        file = corpus / ".index" / "chatbot.sqlite"
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(3):
                reply = ask(port, conversation=conversation)
                assert is_quoted(reply)
                assert reply["notice"]
            assert status(port, "/readyz") == 503
            assert status(port, "/healthz") == 200
        assert eventually(lambda: status(port, "/readyz") == 200)
        assert not ask(port, conversation=conversation)["notice"]


def test_with_its_database_gone_a_server_answers(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "database"
    variables = {"CHATBOT_DATABASE_URL": f"sqlite:///{folder}/chatbot.sqlite"}
    with serving_process("--corpus", str(corpus), **variables) as (_, port, _):
        conversation = ask(port)["conversation"]
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
        begun_anew = ask(port, conversation=conversation)["conversation"]
        for _ in range(3):
            reply = ask(port, conversation=begun_anew)
            assert is_quoted(reply)
            assert (reply["conversation"], reply["notice"]) == (begun_anew, "")


def test_while_postgresql_is_gone_a_server_answers_and_says_what_is_lost(
    corpus: Path,
) -> None:
    with running_postgresql() as database:
        variables = {"CHATBOT_DATABASE_URL": database.url}
        with serving_process("--corpus", str(corpus), **variables) as (_, port, _):
            conversation = ask(port)["conversation"]
            database.stop()
            try:
                for _ in range(3):
                    reply = ask(port, conversation=conversation)
                    assert is_quoted(reply)
                    assert reply["notice"]
                assert status(port, "/readyz") == 503
            finally:
                database.start()
            assert eventually(lambda: status(port, "/readyz") == 200)
            assert not ask(port, conversation=conversation)["notice"]


def test_on_a_full_disk_a_server_serves_what_it_has(corpus: Path) -> None:
    """A limit on the size of files stands for the disk: nothing can be written."""
    command = [sys.executable, "-m", "chatbot", "index", "--corpus", str(corpus)]
    subprocess.run(command, check=True, capture_output=True, cwd=SERVER.parent)
    with serving_process("--corpus", str(corpus)) as (server, port, _):
        assert is_quoted(ask(port))
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (0, 0))
        put(corpus / "shop.txt", f"{SENTENCE.replace('nine', 'twelve')}\n")
        assert server.stderr
        told = next(line for line in server.stderr if "not taken in" in line)
        assert "serves on" in told
        for _ in range(3):
            assert is_quoted(ask(port))


def test_what_was_asked_before_sigterm_is_answered(corpus: Path) -> None:
    with serving_process("--corpus", str(corpus)) as (server, port, _):
        ask(port)
        connections = [HTTPConnection("127.0.0.1", port, timeout=60) for _ in range(24)]
        headers = {"Content-Type": "application/json"}
        body = json.dumps({"message": QUESTION})
        for connection in connections:
            connection.request("POST", "/api/chat", body, headers)
        # Connections are accepted in their order: all of those before have been.
        assert status(port, "/healthz") == 200
        began = time.monotonic()
        server.send_signal(signal.SIGTERM)
        for connection in connections:
            assert is_quoted(json.load(connection.getresponse()))
            connection.close()
        assert server.wait(60) == 0
        assert time.monotonic() - began < LEAVING_SECONDS


@contextmanager
def gunicorn(corpus: Path, **variables: str) -> Iterator[tuple[Any, int]]:
    """Two processes behind one address; gives that of gunicorn, and the port."""
    environment = {
        "CHATBOT_CORPUS": str(corpus),
        "CHATBOT_PORT": "0",
        "WEB_CONCURRENCY": "2",
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    with subprocess.Popen(
        [*command, "--log-level", "info"],
        cwd=SERVER.parent,
        env=os.environ | environment | variables,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr
        try:
            found = next(filter(None, map(LISTENING.search, process.stderr)))
            yield process, int(found[1])
        finally:
            process.terminate()
            process.stderr.read()


def test_processes_of_gunicorn_share_index_and_conversations(corpus: Path) -> None:
    with gunicorn(corpus, CHATBOT_METRICS_TOKEN="secret") as (process, port):
        conversation = ask(port)["conversation"]
        for _ in range(12):
            reply = ask(port, conversation=conversation)
            assert is_quoted(reply)
            assert (reply["conversation"], reply["notice"]) == (conversation, "")
        assert len(list(corpus.glob(".index/generation-*"))) == 1
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.stderr.read()
        assert process.wait(60) == 0
        assert time.monotonic() - began < LEAVING_SECONDS


def test_processes_of_gunicorn_count_together(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "figures"
    folder.mkdir()
    variables = {
        "CHATBOT_METRICS_TOKEN": "secret",
        "PROMETHEUS_MULTIPROC_DIR": str(folder),
    }
    with gunicorn(corpus, **variables) as (_, port):
        for _ in range(8):
            ask(port)
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": "Bearer secret"}
        connection.request("GET", "/metrics", headers=headers)
        figures = connection.getresponse().read().decode()
        connection.close()
    assert 'chatbot_replies_total{channel="web",kind="answer"} 8.0' in figures
    assert "chatbot_index_passages 1.0" in figures


def children_of(process: subprocess.Popen[str]) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(child) for child in children.split()]


def has_open(process: int, file: Path) -> bool:
    with suppress(FileNotFoundError):
        opened = Path(f"/proc/{process}/fd").iterdir()
        return any(os.readlink(path) == str(file) for path in opened)
    return False


def serving(process: subprocess.Popen[str], file: Path) -> int:
    """How many processes have the database open, as those do that serve."""
    return sum(has_open(child, file) for child in children_of(process))


def test_a_process_of_gunicorn_that_is_killed_is_replaced(corpus: Path) -> None:
    with gunicorn(corpus) as (process, port):
        assert is_quoted(ask(port))
        for child in children_of(process):
            os.kill(child, signal.SIGKILL)
        assert is_quoted(ask(port))


def test_a_process_of_gunicorn_that_cannot_start_now_is_tried_again(
    corpus: Path,
) -> None:
    with gunicorn(corpus) as (process, port):
        file = corpus / ".index" / "chatbot.sqlite"
        assert eventually(
            lambda: sum(has_open(p, file) for p in children_of(process)) == 2
        )
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            killed = children_of(process)[0]
            os.kill(killed, signal.SIGKILL)
            assert any("Error: The database" in line for line in process.stderr)
            assert is_quoted(ask(port))
        assert eventually(lambda: len({*children_of(process)} - {killed}) == 2)
        assert process.poll() is None


def failed_gunicorn(**variables: str) -> subprocess.CompletedProcess[str]:
    """What gunicorn leaves where it cannot start."""
    return subprocess.run(
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"],
        cwd=SERVER.parent,
        env=os.environ | {"CHATBOT_PORT": "0"} | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_gunicorn_tells_once_what_keeps_its_processes_from_starting(
    tmp_path: Path,
) -> None:
    missing = str(tmp_path / "missing")
    result = failed_gunicorn(CHATBOT_CORPUS=missing, WEB_CONCURRENCY="8")
    assert result.returncode == 3
    assert result.stderr.count(f"Error: There is no folder {missing}") == 1
    assert "Traceback" not in result.stderr


def test_gunicorn_tells_which_setting_keeps_it_from_starting() -> None:
    result = failed_gunicorn(CHATBOT_PORT="any")
    assert result.returncode == 1
    assert result.stderr == "Error: CHATBOT_PORT is 'any'; set it to a whole number.\n"
