"""While a database fails, nobody waits for it: one in a few seconds tries it.

For example:

    outage = Outage(engine)
    outage.heed_failures()
    with engine.begin() as connection:      # after a failure it raises at once
        ...
"""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

RETRY_SECONDS = 5
"""After a failure the database is tried again as often as this."""


class FailedBeforeError(Exception):
    """The database failed a moment ago, and has not been tried again since."""


class Outage:
    """Whether a database is worth trying; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        """To be made before the engine is used, and before others listen to it."""
        self._engine = engine
        self._lock = threading.Lock()
        self._is_failing = False
        self._next_try = 0.0
        event.listen(engine, "begin", self._refuse)
        event.listen(engine, "do_connect", self._refuse)

    @property
    def is_failing(self) -> bool:
        """Whether the latest use of the database failed."""
        return self._is_failing

    def heed_failures(self) -> None:
        """Let whatever uses the engine fail at once for a while after a failure."""
        event.listen(self._engine, "handle_error", self._note_failure)
        event.listen(self._engine, "after_cursor_execute", self._note_success)
        # Of what `Statement` runs in SQLite only the transaction's end is told.
        event.listen(self._engine, "commit", self._note_success)

    def _note_failure(self, context: ExceptionContext) -> None:
        """Remember that the database could not be reached, or not be locked."""
        error = context.sqlalchemy_exception
        code = getattr(context.original_exception, "sqlite_errorcode", None)
        if isinstance(error, OperationalError) and code != sqlite3.SQLITE_ERROR:
            with self._lock:
                self._is_failing = True
                self._next_try = time.monotonic() + RETRY_SECONDS

    def _note_success(self, *_: Any) -> None:
        """Remember that the database works."""
        self._is_failing = False

    def _refuse(self, *_: Any) -> None:
        """Raises `OperationalError` at once while the database is not to be tried."""
        if not self._is_failing:
            return
        with self._lock:
            now = time.monotonic()
            if now >= self._next_try:
                self._next_try = now + RETRY_SECONDS
                return
        raise OperationalError(
            None, None, FailedBeforeError("it failed a moment ago and is not tried yet")
        )
