"""What was delivered in the last hour, so that nothing is answered twice.

For example:

    deliveries.is_new("slack", "Ev08MFMKH6")      # True, and False ever after

Platforms repeat what was not acknowledged in time, and whoever listens in can send a
request again. The server's processes share what they have seen through the database.
"""

from __future__ import annotations

import hashlib
import logging
import time

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
)
from sqlalchemy.exc import SQLAlchemyError

from chatbot.database import insert_if_new, reason_of
from chatbot.database_statements import Statement

KEPT_SECONDS = 60 * 60
_log = logging.getLogger(__name__)

TABLES = MetaData()
_DELIVERIES = Table(
    "deliveries",
    TABLES,
    Column("id", String(64), primary_key=True),
    Column("seen_at", BigInteger, nullable=False, index=True),
)


class Deliveries:
    """Safe to share between threads and processes."""

    def __init__(self, engine: Engine) -> None:
        """`engine` is that of a database that has `TABLES`."""
        self._engine = engine
        new = insert_if_new(_DELIVERIES, engine).values(
            id=bindparam("id"), seen_at=bindparam("seen_at")
        )
        self._note = Statement(new, engine)

    def is_new(self, platform: str, id: str) -> bool:
        """Whether a platform's delivery of that id was not seen within the hour.

        It counts as seen from now on. While the database fails each counts as new:
        better answered twice than not at all.
        """
        now = int(time.time())
        key = hashlib.sha256(f"{platform}:{id}".encode(errors="replace")).hexdigest()
        old = delete(_DELIVERIES).where(_DELIVERIES.c.seen_at < now - KEPT_SECONDS)
        try:
            with self._engine.begin() as connection:
                connection.execute(old)
                return bool(self._note.run(connection, id=key, seen_at=now))
        except SQLAlchemyError as error:
            _log.warning(
                "What %s delivers cannot be told from what it delivered: %s",
                platform,
                reason_of(error),
            )
            return True
