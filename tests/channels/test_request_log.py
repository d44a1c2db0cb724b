"""The request log: a line of JSON, without what people ask unless that is wanted."""

from __future__ import annotations

import io
import json

import pytest

from chatbot import Chatbot
from chatbot.channels.request_log import RequestLog
from chatbot.channels.web import create_app
from chatbot.reply import Reply
from chatbot.settings import Settings

REPLY = Reply("answer", "Nine days.", "conversation", 0.91234)


def test_a_request_is_one_line_of_json() -> None:
    stream = io.StringIO()
    log = RequestLog(stream, questions=False)
    log.write("POST", "/api/chat\n", 200, 0.00123, REPLY, "a secret?")
    (line,) = stream.getvalue().splitlines()
    entry = json.loads(line)
    assert entry.pop("time").endswith("Z")
    assert entry == {
        "method": "POST",
        "path": "/api/chat\n",
        "status": 200,
        "ms": 1.2,
        "kind": "answer",
        "confidence": 0.912,
    }


def test_questions_stand_in_it_where_they_are_asked_for() -> None:
    stream = io.StringIO()
    RequestLog(stream, questions=True).write("GET", "/", 200, 0, REPLY, "why?")
    assert json.loads(stream.getvalue())["question"] == "why?"


def test_a_log_that_cannot_be_written_costs_nothing() -> None:
    stream = io.StringIO()
    stream.close()
    RequestLog(stream, questions=False).write("GET", "/", 200, 0)


@pytest.mark.parametrize("is_on", [True, False])
def test_a_server_logs_its_requests_where_that_is_on(
    tmp_path, is_on: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop.txt").write_text("Delivery takes nine days.")
    bot = Chatbot.open(tmp_path, settings=Settings())
    client = create_app(bot, Settings(log_requests=is_on)).test_client()
    client.post("/api/chat", json={"message": "How long does delivery take?"})
    client.get("/healthz?secret=1")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    shown = [(line["path"], line.get("kind")) for line in lines]
    expected = [("/api/chat", "answer"), ("/healthz", None)]
    assert shown == (expected if is_on else [])
