"""Writes to a database that threads and processes share, in turn where they must be.

    writes = GroupedWrites(engine)
    writes.run(lambda connection: connection.execute(...))
    also = writes.queue(lambda connection: connection.execute(...))
    writes.run(...)         # in one transaction with what is queued
    also.finish()

In SQLite one transaction at a time can write, and to begin and commit one takes longer
than what a question writes in it. Other databases write side by side.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from chatbot.database_file import is_of_deleted_file
from chatbot.database_outage import Outage

BUSY_SECONDS = 1
"""How long a connection waits for another one that writes."""

ONLY_READS = "chatbot_only_reads"
"""The execution option of connections that do not write."""

_HAS_TURN = "chatbot_has_turn"
_RETRY_SECONDS = 0.00025
"""Less than a transaction takes, so that who waits for another process loses little."""
_GATHERING_SECONDS = 2 * _RETRY_SECONDS
"""How long a process that writes all the time lets more gather before it writes again:
meanwhile another process gets its turn, and what has gathered is one transaction."""

Write = Callable[[Connection], object]


class WriteTurns:
    """Threads of a process that write to SQLite wait in turn; readers do not wait.

    For other processes it tries again in short steps: SQLite's own way to wait is to
    sleep ever longer, in which one of many starves.
    """

    def __init__(self, engine: Engine, outage: Outage) -> None:
        self._outage = outage
        self._turn = threading.Lock()
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "commit", self._end)
        event.listen(engine, "rollback", self._end)

    def _begin(self, connection: Connection) -> None:
        """Take the write lock at once: one that took it late could not wait."""
        if connection.get_execution_options().get(ONLY_READS, False):
            connection.exec_driver_sql("BEGIN")
            return
        was_failing = self._outage.is_failing
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise _locked()
        try:
            if self._outage.is_failing and not was_failing:
                raise _locked()
            _begin_when_free(connection)
        except BaseException:
            self._turn.release()
            raise
        connection.info[_HAS_TURN] = True

    def _end(self, connection: Connection) -> None:
        if connection.info.pop(_HAS_TURN, False):
            self._turn.release()


def _begin_when_free(connection: Connection) -> None:
    """Begin a transaction as soon as no other process writes, or fail."""
    sqlite: Any = connection.connection.dbapi_connection
    sqlite.execute("PRAGMA busy_timeout = 0")
    try:
        for _ in range(int(BUSY_SECONDS / _RETRY_SECONDS)):
            try:
                sqlite.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
                time.sleep(_RETRY_SECONDS)
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        sqlite.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _locked() -> OperationalError:
    """What is raised when the database stays locked while others wait for it."""
    reason = sqlite3.OperationalError("database is locked")
    return OperationalError("BEGIN IMMEDIATE", None, reason)


class Queued:
    """A write that waits, and after that why it was not written, if it was not."""

    def __init__(self, write: Write, finish: Callable[[Queued], None]) -> None:
        self.write = write
        self.is_over = False
        self.is_written = False
        self.error: Exception | None = None
        self._finish = finish

    def finish(self) -> None:
        """Returns when it is lasting.

        Raises what the write raises, and `SQLAlchemyError` when the database fails.
        """
        if not self.is_over:
            self._finish(self)
        if not self.is_written:
            raise self.error or _locked()


class GroupedWrites:
    """Writes that wait together are written together; to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._is_grouped = engine.dialect.name == "sqlite"
        self._turn = threading.Lock()
        self._waiting: deque[Queued] = deque()
        self._is_in_demand = False
        self._kept: Connection | None = None

    def run(self, write: Write) -> None:
        """Have something written; returns when it is lasting, and raises as `finish`.

        `write` may be called again, in a transaction in which it wrote nothing yet.
        """
        self.queue(write).finish()

    def queue(self, write: Write) -> Queued:
        """Have something written together with what is written next.

        Where writes are not grouped, and at the latest, it is when it is finished.
        """
        if not self._is_grouped:
            return Queued(write, self._run_alone)
        own = Queued(write, self._run_in_turn)
        self._waiting.append(own)
        return own

    def _run_alone(self, own: Queued) -> None:
        _run([own], self.engine.begin())
        own.is_over = True

    def _run_in_turn(self, own: Queued) -> None:
        with self._turn:
            if not own.is_over:
                if self._is_in_demand:
                    time.sleep(_GATHERING_SECONDS)
                self._run_all()
                self._is_in_demand = bool(self._waiting)

    def _run_all(self) -> None:
        """Write all that waits in one transaction; each by itself if one fails."""
        group: list[Queued] = []
        while self._waiting:
            group.append(self._waiting.popleft())
        try:
            if not _run(group, self._transaction()) and len(group) > 1:
                for waiting in group:
                    _run([waiting], self._transaction())
        finally:
            for waiting in group:
                waiting.is_over = True

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """A transaction on a connection that is kept for the next while it works."""
        connection, self._kept = self._kept, None
        if connection and is_of_deleted_file(connection):
            connection.close()
            connection = None
        connection = connection or self.engine.connect()
        try:
            with connection.begin():
                yield connection
        except BaseException:
            connection.close()
            raise
        self._kept = connection


def _run(group: list[Queued], transaction: AbstractContextManager[Connection]) -> bool:
    """Write some in one transaction; whether that, or one by one, is all to try."""
    try:
        with transaction as connection:
            for waiting in group:
                waiting.write(connection)
    except Exception as error:
        for waiting in group:
            waiting.error = error
        return isinstance(error, OperationalError)
    for waiting in group:
        waiting.is_written = True
    return True
