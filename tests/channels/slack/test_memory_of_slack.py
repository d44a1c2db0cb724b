"""What the Slack channel remembers, in every process."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from chatbot.channels.slack import memory
from chatbot.channels.slack.incoming import Place
from chatbot.channels.slack.memory import (
    ANSWER_SECONDS,
    TABLES,
    THREAD_SECONDS,
    SlackMemory,
    new_answer_id,
)

PLACE = Place("T1", "C1", "1515449522.000016")


@pytest.fixture
def engine(engine_of) -> Engine:
    return engine_of(TABLES)


def test_a_thread_is_joined_for_all_processes(engine: Engine) -> None:
    SlackMemory(engine).join(PLACE)
    SlackMemory(engine).join(PLACE)
    assert SlackMemory(engine).takes_part(PLACE)
    assert not SlackMemory(engine).takes_part(Place("T1", "C1", "1.2"))
    assert not SlackMemory(engine).takes_part(Place("T2", "C1", PLACE.thread))


def test_a_thread_is_forgotten_long_after_its_last_question(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_700_000_000
    monkeypatch.setattr(memory.time, "time", lambda: now)
    kept, other = SlackMemory(engine), Place("T1", "C2", "1.2")
    kept.join(PLACE)
    now += THREAD_SECONDS
    kept.join(PLACE)
    now += THREAD_SECONDS
    kept.join(other)
    assert kept.takes_part(PLACE)
    now += 1
    kept.join(other)
    assert not kept.takes_part(PLACE)


def test_an_answer_is_taken_once(engine: Engine) -> None:
    kept, id = SlackMemory(engine), new_answer_id()
    kept.keep_answer(id, {"text": "漢 <&>"})
    assert SlackMemory(engine).take_answer(id) == {"text": "漢 <&>"}
    assert kept.take_answer(id) is None


def test_an_answer_is_kept_as_long_as_slack_takes_what_follows(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_700_000_000
    monkeypatch.setattr(memory.time, "time", lambda: now)
    kept, id = SlackMemory(engine), new_answer_id()
    kept.keep_answer(id, {})
    now += ANSWER_SECONDS + 1
    kept.keep_answer(new_answer_id(), {})
    assert kept.take_answer(id) is None
