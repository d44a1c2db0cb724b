"""Statements whose SQL is made once: making it takes longer than running it.

    begin = Statement(insert(TABLE).values(id=bindparam("key")), engine)
    begin.run(connection, key="a").rowcount

Its values are passed to the driver beside the SQL, never as a part of it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, CursorResult, Engine
from sqlalchemy.sql.dml import UpdateBase


class Statement:
    """A change as the driver of one database takes it; its values come by name."""

    def __init__(self, change: UpdateBase, engine: Engine) -> None:
        compiled = change.compile(engine)
        self._sql = compiled.string
        self._order = compiled.positiontup

    def run(self, connection: Connection, **values: Any) -> CursorResult[Any]:
        """Change what it says with these values."""
        parameters: Any = values
        if self._order is not None:
            parameters = tuple(values[name] for name in self._order)
        return connection.exec_driver_sql(self._sql, parameters)
