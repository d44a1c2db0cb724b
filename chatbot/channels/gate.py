"""The gate before the bot: so many questions are at work at once, so many more wait.

For example:

    gate = Gate(at_work=4, waiting=32)
    with gate.passed(until=time.monotonic() + 2):
        reply = bot.reply(message)

Whoever comes on top is turned away at once: nobody waits for what cannot be had.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from chatbot.deadline import check_deadline, deadline
from chatbot.errors import OverloadedError

OVERLOADED = "The server has more questions than it can answer. Ask again in a moment."


class Gate:
    """Safe to share between threads."""

    def __init__(self, at_work: int, waiting: int) -> None:
        self._work = threading.Semaphore(at_work)
        self._most = at_work + waiting
        self._inside = 0
        self._lock = threading.Lock()

    @property
    def is_full(self) -> bool:
        """Whether whoever comes now is turned away."""
        return self._inside >= self._most

    @contextmanager
    def passed(self, until: float) -> Iterator[None]:
        """Wait for a turn, and keep it until the block is left.

        `until` is a moment of `time.monotonic()`, and the deadline of the block. Raises
        `OverloadedError` when too many are waiting, `DeadlineError` when no turn came.
        """
        with self._lock:
            if self.is_full:
                raise OverloadedError(OVERLOADED)
            self._inside += 1
        try:
            with deadline(until):
                remaining = until - time.monotonic()
                got_turn = self._work.acquire(timeout=max(remaining, 0))
                try:
                    check_deadline()
                    yield
                finally:
                    if got_turn:
                        self._work.release()
        finally:
            with self._lock:
                self._inside -= 1
