"""Conversations in a database, so that processes share them and restarts keep them.

    memory = DatabaseMemory(GroupedWrites(open_database(url, TABLES)))

Ids are kept as their SHA-256 alone: who reads the database cannot go on with anybody's
conversation.
"""

from __future__ import annotations

import hashlib
import json
import time
from functools import partial
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from chatbot.conversation.choices import Offer
from chatbot.conversation.conversation import MOST_TURNS, Place, Turn
from chatbot.conversation.memory import KEPT_SECONDS, Clock
from chatbot.database import insert_if_new, reading, reason_of
from chatbot.database_statements import Statement
from chatbot.database_writes import GroupedWrites
from chatbot.errors import DatabaseError

CLEANING_SECONDS = 600
"""Each process deletes conversations that are over at most as often as this."""

TABLES = MetaData()

CONVERSATIONS = Table(
    "conversations",
    TABLES,
    Column("id", String(64), primary_key=True),
    Column("last_message_at", Integer, nullable=False, index=True),
)
"""`id` is the SHA-256 of the id, in hexadecimal; times are UTC seconds."""

TURNS = Table(
    "conversation_turns",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column(
        "conversation",
        String(64),
        ForeignKey(CONVERSATIONS.c.id, ondelete="CASCADE"),
        nullable=False,
    ),
    Column("turn", Text, nullable=False),
    Index("conversation_turns_in_order", "conversation", "number"),
)
"""`turn` is a `Turn` as JSON."""

_BEGIN_ANEW = (
    update(CONVERSATIONS)
    .where(CONVERSATIONS.c.id == bindparam("key"))
    .values(last_message_at=bindparam("now"))
)
_GO_ON = _BEGIN_ANEW.where(CONVERSATIONS.c.last_message_at > bindparam("oldest"))
_LATEST = (
    select(CONVERSATIONS.c.last_message_at, TURNS.c.turn)
    .select_from(CONVERSATIONS.outerjoin(TURNS))
    .where(CONVERSATIONS.c.id == bindparam("key"))
    .order_by(TURNS.c.number.desc())
    .limit(MOST_TURNS)
)
_OWN = TURNS.c.conversation == bindparam("key")
_ADD = insert(TURNS).values(conversation=bindparam("key"), turn=bindparam("turn"))
_FORGET = delete(TURNS).where(_OWN)
_NEWEST = select(TURNS.c.number).where(_OWN).order_by(TURNS.c.number.desc())
_BEFORE = _NEWEST.offset(MOST_TURNS).limit(1).scalar_subquery()
_FORGET_FIRST = _FORGET.where(TURNS.c.number <= _BEFORE)
"""Statements are made once: making one takes longer than running it."""


class DatabaseMemory:
    """Keeps conversations in a database that has `TABLES`.

    Raises `DatabaseError` when the database fails.
    """

    def __init__(self, writes: GroupedWrites, clock: Clock = time.time) -> None:
        self._writes = writes
        self._engine = writes.engine
        self._clock = clock
        self._next_cleaning = 0.0
        begin = insert_if_new(CONVERSATIONS, writes.engine).values(
            id=bindparam("key"), last_message_at=bindparam("now")
        )
        self._begin = Statement(begin, writes.engine)
        self._add = Statement(_ADD, writes.engine)

    def turns(self, conversation: str) -> tuple[Turn, ...] | None:
        """Its latest turns, oldest first; None for one that is unknown or over."""
        key = _key(conversation)
        try:
            with reading(self._engine) as connection:
                rows = connection.execute(_LATEST, {"key": key}).all()
        except SQLAlchemyError as error:
            raise _failed(error) from error
        if not rows or rows[0].last_message_at <= self._oldest():
            return None
        return tuple(_from_json(row.turn) for row in reversed(rows) if row.turn)

    def add(self, conversation: str, turn: Turn) -> None:
        """Remember a turn as the latest; a conversation that is unknown begins."""
        self._write(_key(conversation), turn)

    def forget(self, conversation: str) -> None:
        """Forget its turns; the conversation itself goes on."""
        self._write(_key(conversation), None)

    def _write(self, key: str, turn: Turn | None) -> None:
        """Add a turn to a conversation, or take all of its turns away."""
        try:
            self._writes.run(partial(self._write_in, key=key, turn=turn))
        except SQLAlchemyError as error:
            raise _failed(error) from error

    def _write_in(self, connection: Connection, *, key: str, turn: Turn | None) -> None:
        self._clean(connection)
        goes_on = self._touch(key, connection)
        if turn is None:
            connection.execute(_FORGET, {"key": key})
            return
        self._add.run(connection, key=key, turn=_to_json(turn))
        if goes_on:
            connection.execute(_FORGET_FIRST, {"key": key})

    def _touch(self, key: str, connection: Connection) -> bool:
        """Note that a conversation has a message now; whether it goes on with it.

        One that is over begins anew.
        """
        values = {"key": key, "now": int(self._clock()), "oldest": self._oldest()}
        if self._begin.run(connection, **values):
            return False
        if connection.execute(_GO_ON, values).rowcount:
            return True
        connection.execute(_FORGET, values)
        connection.execute(_BEGIN_ANEW, values)
        return False

    def _clean(self, connection: Connection) -> None:
        """Now and then delete the conversations that are over."""
        now = self._clock()
        # Also when the clock was set back, or it would be a long time until then.
        if 0 < self._next_cleaning - now <= CLEANING_SECONDS:
            return
        self._next_cleaning = now + CLEANING_SECONDS
        over = CONVERSATIONS.c.last_message_at <= self._oldest()
        theirs = TURNS.c.conversation.in_(select(CONVERSATIONS.c.id).where(over))
        connection.execute(delete(TURNS).where(theirs))
        connection.execute(delete(CONVERSATIONS).where(over))

    def _oldest(self) -> int:
        return int(self._clock()) - KEPT_SECONDS


def _key(conversation: str) -> str:
    return hashlib.sha256(conversation.encode("utf-8", "surrogatepass")).hexdigest()


def _to_json(turn: Turn) -> str:
    offer = turn.offer
    fields = {
        "question": turn.question,
        "heading": turn.heading,
        "is_reworded": turn.is_reworded,
        "shown": [{"source": at.source, "start": at.start} for at in turn.shown],
        "headings": turn.headings,
        "offer": offer and {"question": offer.question, "headings": offer.headings},
        "takes_back": turn.takes_back,
    }
    return json.dumps(fields)


def _from_json(text: str) -> Turn:
    fields: dict[str, Any] = json.loads(text)
    offer = fields["offer"]
    return Turn(
        fields["question"],
        fields["heading"],
        fields["is_reworded"],
        tuple(Place(**place) for place in fields["shown"]),
        tuple(fields["headings"]),
        Offer(offer["question"], tuple(offer["headings"])) if offer else None,
        fields["takes_back"],
    )


def _failed(error: SQLAlchemyError) -> DatabaseError:
    """What happened, without the values that were to be written."""
    return DatabaseError(
        f"The database of conversations failed: {reason_of(error)}. See that it runs "
        "and can be written, or set CHATBOT_DATABASE_URL to another."
    )
