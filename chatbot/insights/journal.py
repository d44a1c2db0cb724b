"""The journal: keeps what was asked, what was replied and how people rated it.

    journal = Journal(GroupedWrites(engine), keep_days=30)
    exchange = journal.record(question, reply, "web")
    journal.rate(exchange, "down", "That was last year's price.")
    with journal.recording(question, reply, "web") as exchange:
        writes.run(...)     # in one transaction with the exchange

Figures stay; texts are forgotten after `keep_days`, or never kept at all.
"""

from __future__ import annotations

import logging
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Literal

from sqlalchemy import case, insert, or_, update
from sqlalchemy.exc import SQLAlchemyError

from chatbot.database import reason_of
from chatbot.database_statements import Statement
from chatbot.database_writes import GroupedWrites
from chatbot.insights.tables import EXCHANGES
from chatbot.reply import Reply

Rating = Literal["up", "down"]

DAY_SECONDS = 24 * 60 * 60
FORGETTING_SECONDS = 60 * 60
"""Texts that are due are looked for as often as this."""

_GIVEN_OUT = re.compile(r"[A-Za-z0-9_-]{22}")
_LOG = logging.getLogger(__name__)


class Journal:
    """Keeps exchanges in a database; safe to share between threads and processes."""

    def __init__(
        self,
        writes: GroupedWrites,
        keep_days: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`keep_days` is how long texts are kept; 0 keeps none.

        Their database has the tables of `chatbot.insights.tables`. `clock` gives UTC
        seconds.
        """
        self.engine = writes.engine
        self._writes = writes
        self.keep_days = keep_days
        self._clock = clock
        self._record = Statement(insert(EXCHANGES), writes.engine)
        self._forgetting = threading.Lock()
        self._next_forgetting = 0.0

    def record(self, question: str, reply: Reply, channel: str) -> str:
        """Keep an exchange; returns the unguessable id under which it can be rated.

        A database that fails is told to the log and not to the person who asked.
        """
        with self.recording(question, reply, channel) as exchange:
            return exchange

    @contextmanager
    def recording(self, question: str, reply: Reply, channel: str) -> Iterator[str]:
        """Keep an exchange until the block is left, together with what it writes."""
        exchange = secrets.token_urlsafe(16)
        first = reply.quotes[0] if reply.quotes else None
        values: dict[str, Any] = {
            "id": exchange,
            "asked_at": int(self._clock()),
            "channel": channel,
            "kind": reply.kind,
            "question": self._kept(question),
            "answer": self._kept(reply.text),
            "source": first.source if first else "",
            "line": first.line if first else 0,
            "quote_start": first.start if first else 0,
            "quote_end": first.end if first else 0,
            "rating": "",
            "comment": "",
        }
        queued = self._writes.queue(partial(self._record.run, **values))
        try:
            yield exchange
        finally:
            try:
                queued.finish()
            except SQLAlchemyError as error:
                _LOG.error("An exchange was not kept: %s", reason_of(error))
        self.forget()

    def rate(self, exchange: str, rating: Rating, comment: str = "") -> bool:
        """Rate a reply; a later rating replaces an earlier one.

        The same rating again, without a comment, keeps the comment that it came with.
        False for an id that was never given out. Raises `SQLAlchemyError` when the
        database fails.
        """
        if not _GIVEN_OUT.fullmatch(exchange):
            return False
        columns = EXCHANGES.c
        kept = case((columns.rating == rating, columns.comment), else_="")
        values = {"rating": rating, "comment": self._kept(comment) or kept}
        change = update(EXCHANGES).where(columns.id == exchange).values(values)
        with self.engine.begin() as connection:
            return connection.execute(change).rowcount > 0

    def forget(self) -> None:
        """Erase the texts that are older than `keep_days`, once an hour at most.

        Each `record` does so too. A database that fails is told to the log.
        """
        now = self._clock()
        with self._forgetting:
            # Also when the clock was set back, or it would be a long time until then.
            if 0 < self._next_forgetting - now <= FORGETTING_SECONDS:
                return
            self._next_forgetting = now + FORGETTING_SECONDS
        columns = EXCHANGES.c
        texts = (columns.question, columns.answer, columns.comment)
        has_text = or_(*(text != "" for text in texts))
        is_due = columns.asked_at < kept_since(self.keep_days, now)
        erased = {"question": "", "answer": "", "comment": ""}
        forgetting = update(EXCHANGES).where(is_due, has_text).values(erased)
        try:
            with self.engine.begin() as connection:
                connection.execute(forgetting)
        except SQLAlchemyError as error:
            _LOG.error("Old questions were not erased: %s", reason_of(error))

    def _kept(self, text: str) -> str:
        """The text as it is kept; PostgreSQL has no room for the character NUL."""
        return text.replace("\0", "\N{REPLACEMENT CHARACTER}") if self.keep_days else ""


def kept_since(keep_days: int, now: float) -> int:
    """The UTC second from which on texts are kept at this moment."""
    return int(now) - keep_days * DAY_SECONDS
