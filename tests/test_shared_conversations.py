"""Two servers on one database: each goes on with what the other was told."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

SERVER = Path(__file__).parents[1] / "server.py"
READY = re.compile(r"Serving .+ on http://127\.0\.0\.1:(?P<port>\d+) ")
TALKS = 200
MESSAGES = 5

RIVERS = "\n".join(
    f"# Ferry {number}\n\nThe ferry number{number} is steered by captain{number}. "
    f"The boat of captain{number} costs {number}00 crowns.\n"
    for number in range(10, 10 + TALKS)
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("ferries")
    (folder / "ferries.md").write_text(RIVERS, encoding="utf-8")
    return folder


@pytest.fixture
def ports(corpus: Path, database: str) -> Iterator[list[int]]:
    """The ports of two servers, processes of their own, on one database."""
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("CHATBOT_")},
        "CHATBOT_DATABASE_URL": database,
        "CHATBOT_QUEUE": str(TALKS),
        "CHATBOT_DEADLINE": "120",
        "CHATBOT_CLIENT_LIMIT": "off",
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, str(SERVER), "--corpus", str(corpus), "--port", "0"]
    servers = [
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    try:
        found = []
        for server in servers:
            assert server.stdout
            ready = READY.match(server.stdout.readline())
            assert ready
            found.append(int(ready["port"]))
        yield found
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.communicate(timeout=30)


def ask(port: int, message: str, conversation: str | None) -> dict[str, Any]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        body = json.dumps({"message": message, "conversation": conversation})
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/api/chat", body, headers)
        response = connection.getresponse()
        assert response.status == 200
        reply: dict[str, Any] = json.load(response)
        return reply
    finally:
        connection.close()


def test_a_conversation_goes_on_at_the_other_server(ports: list[int]) -> None:
    first = ask(ports[0], "Who steers ferry number77?", None)
    second = ask(ports[1], "and what does it cost?", first["conversation"])
    assert second["conversation"] == first["conversation"]
    assert second["notice"] == ""
    assert "7700 crowns" in second["text"]
    third = ask(ports[0], "what about number88?", first["conversation"])
    assert "number88" in third["interpretation"]["follow_up_of"]


def test_many_conversations_at_once_lose_and_mix_up_no_message(
    ports: list[int],
) -> None:
    """Each asks of a ferry of its own, in turn at either server, then takes stock."""
    problems: list[str] = []
    told = threading.Lock()

    def talk(number: int) -> None:
        messages = [
            f"Who steers ferry number{number}?",
            "thanks",
            "more",
            "what does its boat cost?",
            "why?",
        ]
        assert len(messages) == MESSAGES
        conversation = None
        replies = []
        for turn, message in enumerate(messages):
            reply = ask(ports[(number + turn) % 2], message, conversation)
            if conversation not in (None, reply["conversation"]):
                problem = f"{number}: {message} got another conversation"
                with told:
                    problems.append(problem)
            conversation = reply["conversation"]
            replies.append(reply)
        expected = {
            0: f"captain{number}",
            3: f"{number}00 crowns",
            4: f"number{number}",
        }
        with told:
            problems.extend(
                f"{number}: {messages[turn]} got {replies[turn]['text']}"
                for turn, words in expected.items()
                if words not in replies[turn]["text"]
            )

    with ThreadPoolExecutor(TALKS) as pool:
        list(pool.map(talk, range(10, 10 + TALKS)))
    assert problems == []
