"""The database that server processes share: opened once, with the tables it needs.

For example:

    engine = open_database(database_url(settings), TABLES)
    with engine.begin() as connection:
        connection.execute(...)

Each table stands in the room that owns it, with a `MetaData` of its own.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, MetaData, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    NoSuchModuleError,
    SQLAlchemyError,
)

from chatbot.database_file import heed_deletion
from chatbot.database_outage import Outage
from chatbot.database_writes import BUSY_SECONDS, ONLY_READS, WriteTurns
from chatbot.errors import DatabaseError
from chatbot.settings import Settings

DATABASE_FILE = "chatbot.sqlite"
CONNECT_SECONDS = 2
"""How long a database on another machine may keep a connection waiting."""

_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "sqlite": "sqlite",
}
_ATTEMPTS = 5
_LOG_PAGES = 4000
"""Pages of 4 KB in SQLite's log, after which it takes them over into its file: of those
that one question after the other changes it writes the last state alone."""
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

    A SQLite file and its folder are made when missing, also when the file is deleted
    while it is used. Several processes may do so at once. Raises `DatabaseError` when
    the database cannot be reached or written.
    """
    address = _address(url)
    try:
        engine = _engine(address)
        outage = Outage(engine)
        if address.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            heed_deletion(engine, _file_of(address), tables)
            WriteTurns(engine, outage)
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
    _file_of(address).parent.mkdir(parents=True, exist_ok=True)
    # The connection used last has the most of the database in its cache.
    return create_engine(
        address, pool_use_lifo=True, connect_args={"timeout": BUSY_SECONDS}
    )


def _file_of(address: URL) -> Path:
    """The file of a SQLite database."""
    if address.database in (None, "", ":memory:"):
        raise DatabaseError(f"CHATBOT_DATABASE_URL names no file. {_ADVICE}")
    return Path(str(address.database))


def reading(engine: Engine) -> Connection:
    """A connection for reading alone: in SQLite it waits for no other process."""
    return engine.connect().execution_options(**{ONLY_READS: True})


def insert_if_new(table: Table, engine: Engine) -> sqlite.Insert | postgresql.Insert:
    """An insert that leaves a row that there is, and counts none then.

    Where another process has just inserted it, the database waits for that.
    """
    dialect = postgresql if engine.dialect.name == "postgresql" else sqlite
    new: sqlite.Insert | postgresql.Insert = dialect.insert(table)
    return new.on_conflict_do_nothing()


def reason_of(error: SQLAlchemyError) -> str:
    """What failed, without the statement and its values."""
    return str(getattr(error, "orig", None) or type(error).__name__)


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Readers never wait for a writer; `WriteTurns` begins transactions."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")


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
