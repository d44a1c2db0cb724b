"""The server as a process: started, asked over HTTP and stopped as people do it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[1] / "server.py"
QUESTION = "How many days does delivery to the islands take?"
SENTENCE = "Delivery to the islands takes nine days."
READY = re.compile(
    r"Serving 1 passage of .+ on http://127\.0\.0\.1:(?P<port>\d+) "
    r"\(Ctrl-C stops\)\n"
)


def start(*options: str, **variables: str) -> subprocess.Popen[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CHATBOT_")
    }
    return subprocess.Popen(
        [sys.executable, str(SERVER), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment | {"PYTHONUTF8": "1"} | variables,
    )


@contextmanager
def serving(*options: str, **variables: str) -> Iterator[tuple[int, list[str]]]:
    """Run a server; gives its port and the lines that it printed when ready."""
    with serving_process(*options, **variables) as (_, port, lines):
        yield port, lines


@contextmanager
def serving_process(
    *options: str, **variables: str
) -> Iterator[tuple[subprocess.Popen[str], int, list[str]]]:
    """Run a server; gives the process, its port and the lines that it printed."""
    with start("--port", "0", *options, **variables) as process:
        assert process.stdout
        try:
            lines = [process.stdout.readline(), process.stdout.readline()]
            ready = READY.fullmatch(lines[0])
            assert ready, lines
            yield process, int(ready["port"]), lines
        finally:
            process.terminate()


def fails(*options: str, **variables: str) -> str:
    """Run a server that cannot start; gives the one line that it leaves with."""
    with start(*options, **variables) as process:
        output, complaint = process.communicate(timeout=60)
    assert (process.returncode, output) == (2, "")
    assert complaint.count("\n") == 1
    return complaint


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("corpus")
    (folder / "shop.txt").write_text(f"Delivery\n{SENTENCE}\n", encoding="utf-8")
    return str(folder)


@pytest.fixture(scope="module")
def port(corpus: str) -> Iterator[int]:
    with serving("--corpus", corpus) as (port, _):
        yield port


@pytest.fixture
def connection(port: int) -> Iterator[HTTPConnection]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    yield connection
    connection.close()


def post(connection: HTTPConnection, body: object) -> HTTPResponse:
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/api/chat", json.dumps(body), headers)
    return connection.getresponse()


def test_it_answers_over_http(connection: HTTPConnection) -> None:
    response = post(connection, {"message": QUESTION})
    assert response.status == 200
    assert json.load(response)["quotes"][0]["text"] == SENTENCE


def test_it_serves_the_page_and_what_the_page_loads(
    connection: HTTPConnection,
) -> None:
    for path in ("/", "/static/chat.js", "/static/chat.css", "/static/icon.svg"):
        connection.request("GET", path)
        response = connection.getresponse()
        assert response.status == 200
        assert response.read()


def test_it_does_not_say_what_it_is_built_with(connection: HTTPConnection) -> None:
    connection.request("GET", "/healthz")
    response = connection.getresponse()
    assert json.load(response) == {"status": "ok"}
    assert response.getheader("Server") is None


def test_a_body_that_is_too_large_is_refused_in_json(
    connection: HTTPConnection,
) -> None:
    response = post(connection, {"message": "x" * 1_000_000})
    assert response.status == 413
    assert json.load(response)["error"]["code"] == "request_entity_too_large"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_leaves_quietly(corpus: str, stop: signal.Signals) -> None:
    with start("--port", "0", "--corpus", corpus) as process:
        assert process.stdout
        assert READY.fullmatch(process.stdout.readline())
        process.send_signal(stop)
        _, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (0, "")


def test_settings_come_from_the_environment_too(corpus: str, tmp_path: Path) -> None:
    index = tmp_path / "index"
    variables = {
        "CHATBOT_CORPUS": corpus,
        "CHATBOT_SLACK_WEBHOOK_TOKEN": "token",
    }
    with serving("--index", str(index), **variables) as (port, lines):
        assert port
        assert lines[0].startswith(f"Serving 1 passage of {corpus} on ")
        assert lines[1] == "Webhooks: /webhooks/slack\n"
    assert index.is_dir()


def answer(port: int) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        return str(json.load(post(connection, {"message": QUESTION}))["text"])
    finally:
        connection.close()


def taken_in(server: subprocess.Popen[str]) -> str:
    """The next line on standard error that tells of documents that changed."""
    assert server.stderr
    return next(line for line in server.stderr if line.startswith("The documents"))


def put(file: Path, text: str) -> None:
    """Write a file in one step, so that it is never found half written."""
    hidden = file.with_name(f".{file.name}")
    hidden.write_text(text)
    hidden.replace(file)


def test_a_changed_file_is_answered_from_without_a_restart(tmp_path: Path) -> None:
    (tmp_path / "shop.txt").write_text(SENTENCE)
    with serving_process("--corpus", str(tmp_path)) as (server, port, _):
        assert "nine" in answer(port)
        put(tmp_path / "shop.txt", SENTENCE.replace("nine", "twelve"))
        assert "1 file read" in taken_in(server)
        assert "twelve" in answer(port)


def test_servers_of_one_index_folder_all_switch_to_what_one_of_them_built(
    tmp_path: Path,
) -> None:
    (tmp_path / "shop.txt").write_text(SENTENCE)
    with (
        serving_process("--corpus", str(tmp_path)) as (first, first_port, _),
        serving_process("--corpus", str(tmp_path)) as (second, second_port, _),
    ):
        for days in ("twelve", "twenty"):
            put(tmp_path / "shop.txt", SENTENCE.replace("nine", days))
            lines = [taken_in(server) for server in (first, second)]
            assert sorted(lines) == [
                f"The documents have changed: {read} read, now 1 passage of 1 document."
                "\n"
                for read in ("0 files", "1 file")
            ]
            assert days in answer(first_port)
            assert days in answer(second_port)
            assert len(list(tmp_path.glob(".index/generation-*"))) == 1


def test_a_server_told_not_to_watch_reloads_on_request_alone(tmp_path: Path) -> None:
    (tmp_path / "shop.txt").write_text(SENTENCE)
    variables = {"CHATBOT_WATCH": "off", "CHATBOT_RELOAD_TOKEN": "secret"}
    with serving("--corpus", str(tmp_path), **variables) as (port, _):
        (tmp_path / "shop.txt").write_text(SENTENCE.replace("nine", "twelve"))
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Authorization": "Bearer secret"}
        connection.request("POST", "/reload", headers=headers)
        assert json.load(connection.getresponse())["read"] == 1
        connection.close()
        assert "twelve" in answer(port)


def test_a_file_that_is_skipped_gets_a_line(tmp_path: Path) -> None:
    (tmp_path / "shop.txt").write_text(SENTENCE)
    (tmp_path / "empty.txt").write_text("")
    with start("--port", "0", "--corpus", str(tmp_path)) as process:
        assert process.stdout
        assert READY.fullmatch(process.stdout.readline())
        process.terminate()
        _, complaint = process.communicate(timeout=60)
    assert re.fullmatch(r"skipped empty\.txt: .+\n", complaint)


def test_a_port_in_use_is_told(corpus: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        complaint = fails("--corpus", corpus, "--port", port)
    assert port in complaint
    assert "in use" in complaint
    assert "--port" in complaint


@pytest.mark.parametrize(
    ("options", "variables", "named"),
    [
        ((), {"CHATBOT_PORT": "eighty"}, "CHATBOT_PORT"),
        ((), {"CHATBOT_PORT": "70000"}, "70000"),
        ((), {"CHATBOT_ADMIN_TOKEN": "short"}, "CHATBOT_ADMIN_TOKEN"),
        (("--host", "no such host"), {}, "no such host"),
        (("--corpus", "no such folder"), {}, "no such folder"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(
    corpus: str, options: tuple[str, ...], variables: dict[str, str], named: str
) -> None:
    assert named in fails(*options, **({"CHATBOT_CORPUS": corpus} | variables))


def test_an_empty_corpus_is_told(tmp_path: Path) -> None:
    assert str(tmp_path) in fails("--corpus", str(tmp_path))


@pytest.mark.parametrize("option", ["--host", "--corpus", "--index"])
def test_an_empty_option_is_told(option: str) -> None:
    with start(option, "") as process:
        _, complaint = process.communicate(timeout=60)
    assert process.returncode == 2
    assert f"Invalid value for '{option}': it is empty." in complaint


def test_a_setting_that_does_not_exist_is_told_at_the_start(corpus: str) -> None:
    variables = {"CHATBOT_CORPUS": corpus, "CHATBOT_THRESOLD": "1"}
    with serving_process(**variables) as (process, _, _):
        process.terminate()
        assert process.stderr
        assert "did you mean CHATBOT_THRESHOLD?" in process.stderr.read()


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_asked_for_as_everywhere(option: str) -> None:
    with start(option) as process:
        output, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (0, "")
    assert "--port" in output
