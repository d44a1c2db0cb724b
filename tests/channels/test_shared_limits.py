"""Limits that processes share through Redis, in a real one."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.settings import Settings

QUESTION = {"message": "How long does delivery take?"}


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("Redis is not installed")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [program, "--port", str(port), "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            assert any("Ready to accept" in line for line in process.stdout)
            yield f"redis://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.stdout.read()


@pytest.fixture
def bot(tmp_path: Path) -> Chatbot:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "shop.txt").write_text("Delivery takes nine days.")
    return Chatbot.open(corpus, settings=Settings())


def test_two_processes_count_together(bot: Chatbot, redis_url: str) -> None:
    settings = Settings(limits_url=redis_url, client_limit="3/hour", log_requests=False)
    clients = [create_app(bot, settings).test_client() for _ in range(2)]
    statuses = [
        client.post("/api/chat", json=QUESTION).status_code for client in clients * 2
    ]
    assert statuses == [200, 200, 200, 429]


def test_a_conversation_is_counted_once_for_all(bot: Chatbot, redis_url: str) -> None:
    settings = Settings(
        limits_url=redis_url, conversation_limit="1/hour", log_requests=False
    )
    going_on = QUESTION | {"conversation": "A" * 22}
    clients = [create_app(bot, settings).test_client() for _ in range(2)]
    responses = [client.post("/api/chat", json=going_on) for client in clients]
    assert [response.status_code for response in responses] == [200, 429]
    assert 0 < int(responses[1].headers["Retry-After"]) <= 3600


def test_counters_that_never_answer_cost_no_answer(bot: Chatbot) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}"
        settings = Settings(
            limits_url=url, conversation_limit="2/hour", log_requests=False
        )
        client = create_app(bot, settings).test_client()
        going_on = QUESTION | {"conversation": "A" * 22}
        statuses = [
            client.post("/api/chat", json=going_on).status_code for _ in range(3)
        ]
    assert statuses == [200, 200, 429]
