"""A SQLite file that may be deleted while it is used: the next write makes it anew.

    heed_deletion(engine, file, tables)
    is_of_deleted_file(connection)      # whoever keeps a connection asks, and closes it

Without that, what is written goes to a file without a name until the program ends.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.schema import CreateIndex, CreateTable

_OPENED = "chatbot_opened_file"
"""The path of a connection's file, and which file it was when it was opened."""


def heed_deletion(engine: Engine, file: Path, tables: Sequence[MetaData]) -> None:
    """Give up the engine's connections to a file that is gone; the next has `tables`.

    To be called once the engine's connections are prepared otherwise.
    """
    create: list[str] = []
    for table in (table for several in tables for table in several.sorted_tables):
        create.append(str(CreateTable(table, if_not_exists=True).compile(engine)))
        for index in table.indexes:
            create.append(str(CreateIndex(index, if_not_exists=True).compile(engine)))

    def have_file(*_: object) -> None:
        """What people ask is nobody else's business on the machine either."""
        with suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))

    def note(connection: Any, record: Any) -> None:
        for statement in create:
            connection.execute(statement)
        record.info[_OPENED] = str(file), _identity(str(file))

    def refuse_deleted(_: object, record: Any, __: object) -> None:
        if _is_deleted(record.info):
            raise DisconnectionError("The file of the database was deleted.")

    event.listen(engine, "do_connect", have_file)
    event.listen(engine, "connect", note)
    event.listen(engine, "checkout", refuse_deleted)


def is_of_deleted_file(connection: Connection) -> bool:
    """Whether what is written to a connection would be lost."""
    return _is_deleted(connection.info)


def _is_deleted(info: Any) -> bool:
    path, opened = info.get(_OPENED, ("", None))
    return bool(path) and _identity(path) != opened


def _identity(path: str) -> tuple[int, int] | None:
    """Which file stands at a path; None when there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
