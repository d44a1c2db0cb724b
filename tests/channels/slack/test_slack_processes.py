"""The server and the command as processes, in front of a mock of Slack."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.slack_mock import APP_TOKEN, TOKEN, SlackMock
from tests.slack_requests import (
    SECRET,
    SENTENCE,
    SHOP,
    command,
    encoded,
    event,
    headers,
)
from tests.slack_socket import envelope, slack_socket

ROOT = Path(__file__).parents[3]
READY = re.compile(r"Serving .* on http://127\.0\.0\.1:(\d+) ")


@pytest.fixture
def variables(slack: SlackMock, tmp_path: Path) -> dict[str, str]:
    """The environment of a server for a shop in Slack."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "shop.md").write_text(SHOP, encoding="utf-8")
    return {
        "PATH": "/usr/bin:/bin",
        "PYTHONUTF8": "1",
        "CHATBOT_CORPUS": str(corpus),
        "CHATBOT_INDEX": str(tmp_path / "index"),
        "CHATBOT_WATCH": "off",
        "CHATBOT_LOG_REQUESTS": "off",
        "CHATBOT_SLACK_BOT_TOKEN": TOKEN,
        "CHATBOT_SLACK_API_URL": slack.api_url,
    }


@contextmanager
def running(
    *arguments: str, variables: dict[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """A process of the project, which is told to stop at the end and does."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.terminate()
        _, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (0, "")


@contextmanager
def serving(variables: dict[str, str]) -> Iterator[tuple[int, str]]:
    """A server; gives its port and its second line."""
    secret = {"CHATBOT_SLACK_SIGNING_SECRET": SECRET}
    with running("server.py", "--port", "0", variables=variables | secret) as process:
        assert process.stdout
        ready = READY.match(process.stdout.readline())
        assert ready
        yield int(ready[1]), process.stdout.readline()


def status(port: int, body: dict[str, Any]) -> int:
    """Post to a server what Slack sends."""
    data, content_type = encoded(body)
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", "/slack/events", data, headers(data, content_type))
        return connection.getresponse().status
    finally:
        connection.close()


def test_an_event_at_two_servers_thrice_is_answered_once(
    slack: SlackMock, variables: dict[str, str]
) -> None:
    with ExitStack() as servers:
        ports = [servers.enter_context(serving(variables))[0] for _ in range(2)]
        for port in ports * 3:
            assert status(port, event("app_mention")) == 200
        assert SENTENCE in slack.next_call().arguments["text"]
    assert slack.calls_so_far() == []


def test_a_thread_is_remembered_over_a_restart(
    slack: SlackMock, variables: dict[str, str]
) -> None:
    with serving(variables) as (port, _):
        assert status(port, event("app_mention")) == 200
        assert SENTENCE in slack.next_call().arguments["text"]
    with serving(variables) as (port, _):
        assert status(port, event("message_in_thread")) == 200
        followed = slack.next_call()
    assert "The ferry leaves on Mondays" in followed.arguments["text"]
    assert followed.arguments["thread_ts"] == event("app_mention")["event"]["ts"]


def test_a_command_is_answered_by_a_server_that_lists_its_addresses(
    slack: SlackMock, variables: dict[str, str]
) -> None:
    others = {"CHATBOT_ROCKET_CHAT_TOKEN": "token"}
    with serving(variables | others) as (port, line):
        assert line == "Webhooks: /slack/events, /webhooks/rocketchat\n"
        asked = command("How long does delivery take?", slack.response_url)
        assert status(port, asked) == 200
        assert SENTENCE in slack.next_call().arguments["text"]


def test_the_command_line_answers_over_socket_mode(
    slack: SlackMock, variables: dict[str, str]
) -> None:
    token = {"CHATBOT_SLACK_APP_TOKEN": APP_TOKEN}
    with slack_socket() as socket:
        slack.replies["apps.connections.open"] = {"ok": True, "url": socket.url}
        with running("-m", "chatbot", "slack", variables=variables | token) as process:
            assert process.stdout
            ready = process.stdout.readline()
            assert ready == "Answering in Slack (Ctrl-C stops)\n"
            connection = socket.next_connection()
            connection.send(envelope("events_api", "e1", event("app_mention")))
            assert socket.next_received() == {"envelope_id": "e1"}
            assert SENTENCE in slack.next_call().arguments["text"]


def test_the_command_line_tells_which_token_is_missing(
    variables: dict[str, str],
) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "chatbot", "slack"],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert process.returncode == 2
    assert re.fullmatch(
        r"chatbot: CHATBOT_SLACK_APP_TOKEN is not set; .*\n", process.stderr
    )
