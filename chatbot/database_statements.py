"""Statements whose SQL is made once: making it takes longer than running it.

    begin = Statement(insert(TABLE).values(id=bindparam("key")), engine)
    begin.run(connection, key="a")      # 1, for one row

Its values are passed to the driver beside the SQL, never as a part of it.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import UpdateBase


class Statement:
    """A change as the driver of one database takes it; its values come by name."""

    def __init__(self, change: UpdateBase, engine: Engine) -> None:
        compiled = change.compile(engine)
        self._sql = compiled.string
        self._order = compiled.positiontup
        self._is_for_sqlite = engine.dialect.name == "sqlite"

    def run(self, connection: Connection, **values: Any) -> int:
        """Change what it says with these values; how many rows that are.

        Raises `SQLAlchemyError` when the database refuses or fails.
        """
        parameters: Any = values
        if self._order is not None:
            parameters = tuple(map(values.__getitem__, self._order))
        if self._is_for_sqlite:
            return _run_in_sqlite(connection, self._sql, parameters)
        return connection.exec_driver_sql(self._sql, parameters).rowcount


def _run_in_sqlite(
    connection: Connection, sql: str, parameters: tuple[Any, ...]
) -> int:
    """Run a statement past SQLAlchemy, which takes several times as long as SQLite."""
    driver: Any = connection.connection.dbapi_connection
    try:
        changed: int = driver.execute(sql, parameters).rowcount
    except sqlite3.Error as error:
        raise DBAPIError.instance(sql, parameters, error, sqlite3.Error) from error
    return changed
