"""What was delivered in the last hour, so that nothing is answered twice.

For example:

    deliveries.is_new("slack", "Ev08MFMKH6")      # True, and False ever after

Platforms repeat what was not acknowledged in time, and whoever listens in can send a
request again. The server's processes share what they have seen through the database.
"""

from __future__ import annotations

import hashlib
import time

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    MetaData,
    String,
    Table,
    delete,
    insert,
)
from sqlalchemy.exc import IntegrityError

KEPT_SECONDS = 60 * 60

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

    def is_new(self, platform: str, id: str) -> bool:
        """Whether a platform's delivery of that id was not seen within the hour.

        It counts as seen from now on.
        """
        now = int(time.time())
        key = hashlib.sha256(f"{platform}:{id}".encode(errors="replace")).hexdigest()
        old = delete(_DELIVERIES).where(_DELIVERIES.c.seen_at < now - KEPT_SECONDS)
        with self._engine.begin() as connection:
            connection.execute(old)
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_DELIVERIES).values(id=key, seen_at=now))
        except IntegrityError:
            return False
        return True
