"""What the Slack channel remembers in the database, for all of the server's processes.

Threads in which the bot takes part, so that it goes on answering there, and answers
that only one person has seen, until they share them.
"""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from chatbot.channels.slack.incoming import Place
from chatbot.database import insert_if_new, reading

THREAD_SECONDS = 30 * 24 * 60 * 60
"""A thread is remembered for as long after the last question in it."""

ANSWER_SECONDS = 30 * 60
"""Slack takes what follows on a command for as long."""

TABLES = MetaData()
_THREADS = Table(
    "slack_threads",
    TABLES,
    Column("conversation", String(255), primary_key=True),
    Column("last_at", BigInteger, nullable=False, index=True),
)
_ANSWERS = Table(
    "slack_answers",
    TABLES,
    Column("id", String(22), primary_key=True),
    Column("message", Text, nullable=False),
    Column("kept_at", BigInteger, nullable=False, index=True),
)


class SlackMemory:
    """Safe to share between threads and processes."""

    def __init__(self, engine: Engine) -> None:
        """`engine` is that of a database that has `TABLES`."""
        self._engine = engine

    def join(self, place: Place) -> None:
        """Remember that the bot takes part in a thread."""
        now = int(time.time())
        this = _THREADS.c.conversation == place.conversation
        forgotten = _THREADS.c.last_at < now - THREAD_SECONDS
        row = {"conversation": place.conversation, "last_at": now}
        with self._engine.begin() as connection:
            connection.execute(delete(_THREADS).where(forgotten))
            connection.execute(insert_if_new(_THREADS, self._engine).values(row))
            connection.execute(update(_THREADS).where(this).values(last_at=now))

    def takes_part(self, place: Place) -> bool:
        """Whether the bot takes part in a thread."""
        this = select(_THREADS).where(_THREADS.c.conversation == place.conversation)
        with reading(self._engine) as connection:
            return connection.execute(this).first() is not None

    def keep_answer(self, id: str, message: dict[str, Any]) -> None:
        """Keep what would be shared, under an id of `new_answer_id`."""
        now = int(time.time())
        row = {"id": id, "message": json.dumps(message), "kept_at": now}
        with self._engine.begin() as connection:
            old = _ANSWERS.c.kept_at < now - ANSWER_SECONDS
            connection.execute(delete(_ANSWERS).where(old))
            connection.execute(insert(_ANSWERS).values(row))

    def take_answer(self, id: str) -> dict[str, Any] | None:
        """What was kept under an id, which is forgotten; None when it is not there."""
        this = _ANSWERS.c.id == id
        with self._engine.begin() as connection:
            kept = connection.execute(select(_ANSWERS.c.message).where(this)).scalar()
            if (
                kept is None
                or not connection.execute(delete(_ANSWERS).where(this)).rowcount
            ):
                return None
        message: dict[str, Any] = json.loads(kept)
        return message


def new_answer_id() -> str:
    """An id that cannot be guessed."""
    return secrets.token_urlsafe(16)
