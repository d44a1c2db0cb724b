"""The database that server processes share: opened once, with the tables it needs.

For example:

    engine = open_database(database_url(settings), TABLES)
    with engine.begin() as connection:
        connection.execute(...)

Each table stands in the room that owns it, with a `MetaData` of its own.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    NoSuchModuleError,
    OperationalError,
)

from chatbot.database_outage import Outage
from chatbot.errors import DatabaseError
from chatbot.settings import Settings

DATABASE_FILE = "chatbot.sqlite"
BUSY_SECONDS = 1
"""How long a connection waits for another one that writes."""
CONNECT_SECONDS = 2
"""How long a database on another machine may keep a connection waiting."""

_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "sqlite": "sqlite",
}
_ATTEMPTS = 5
_ONLY_READS = "chatbot_only_reads"
_HAS_TURN = "chatbot_has_turn"
_ADVICE = (
    "Set CHATBOT_DATABASE_URL to a database that can be used, such as "
    "sqlite:////var/lib/chatbot/chatbot.sqlite or postgresql://user@host/name."
)


def database_url(settings: Settings) -> str:
    """The address of the database: that which is set, or a file in the index folder."""
    if settings.database_url:
        return settings.database_url
    file = (settings.index_folder / DATABASE_FILE).absolute()
    return URL.create("sqlite", database=str(file)).render_as_string()


def open_database(url: str, *tables: MetaData) -> Engine:
    """An engine for the database at `url`, in which `tables` exist from now on.

    A SQLite file and its folder are made when missing. Several processes may do so at
    once. Raises `DatabaseError` when the database cannot be reached or written.
    """
    address = _address(url)
    try:
        engine = _engine(address)
        outage = Outage(engine)
        if address.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            _WriteTurns(engine, outage)
        for metadata in tables:
            _create_tables(metadata, engine)
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"The database {_shown(address)} needs the package {error.name}. "
            f"Install it. {_ADVICE}"
        ) from error
    except (DBAPIError, OSError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error.strerror
        raise DatabaseError(
            f"The database {_shown(address)} cannot be used: {reason}. {_ADVICE}"
        ) from error
    outage.heed_failures()
    return engine


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        driver = _DRIVERS.get(address.drivername, address.drivername)
        address = address.set(drivername=driver)
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise DatabaseError(
            f"CHATBOT_DATABASE_URL is not the address of a database: {error}. {_ADVICE}"
        ) from error
    return address


def _engine(address: URL) -> Engine:
    if address.get_backend_name() != "sqlite":
        limits = {
            "connect_timeout": CONNECT_SECONDS,
            "tcp_user_timeout": CONNECT_SECONDS * 1000,
            "options": f"-c lock_timeout={BUSY_SECONDS * 1000}",
        }
        is_postgresql = address.get_backend_name() == "postgresql"
        return create_engine(
            address, pool_pre_ping=True, connect_args=limits if is_postgresql else {}
        )
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    return create_engine(address, connect_args={"timeout": BUSY_SECONDS})


def reading(engine: Engine) -> Connection:
    """A connection for reading alone: in SQLite it waits for no other process."""
    return engine.connect().execution_options(**{_ONLY_READS: True})


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Readers never wait for a writer; `_WriteTurns` begins transactions."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


class _WriteTurns:
    """Threads of a process that write to SQLite wait in turn; readers do not wait.

    SQLite's own way to wait is to sleep and to try again, in which one of many starves.
    """

    def __init__(self, engine: Engine, outage: Outage) -> None:
        self._outage = outage
        self._turn = threading.Lock()
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "commit", self._end)
        event.listen(engine, "rollback", self._end)

    def _begin(self, connection: Connection) -> None:
        """Take the write lock at once: one that took it late could not wait."""
        if connection.get_execution_options().get(_ONLY_READS, False):
            connection.exec_driver_sql("BEGIN")
            return
        was_failing = self._outage.is_failing
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise _locked()
        try:
            if self._outage.is_failing and not was_failing:
                raise _locked()
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            self._turn.release()
            raise
        connection.info[_HAS_TURN] = True

    def _end(self, connection: Connection) -> None:
        if connection.info.pop(_HAS_TURN, False):
            self._turn.release()


def _locked() -> OperationalError:
    """What is raised when the database stays locked while others wait for it."""
    reason = sqlite3.OperationalError("database is locked")
    return OperationalError("BEGIN IMMEDIATE", None, reason)


def _create_tables(metadata: MetaData, engine: Engine) -> None:
    """Create the tables that are missing, though another process may just do so too."""
    for attempt in range(_ATTEMPTS):
        try:
            metadata.create_all(engine)
            return
        except DBAPIError:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(0.05 * 2**attempt)


def _shown(address: URL) -> str:
    """The address without its password."""
    return address.render_as_string(hide_password=True)
