"""A deadline for what is being done: set around it, checked between its stages.

For example:

    with deadline(time.monotonic() + 2):
        read()
        check_deadline()        # raises `DeadlineError` once the two seconds are over
        write()

It holds for the thread that set it. A stage that has begun is never cut off.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from chatbot.errors import DeadlineError

_UNTIL = ContextVar("until", default=math.inf)


@contextmanager
def deadline(until: float) -> Iterator[None]:
    """Let `check_deadline` raise after this moment of `time.monotonic()`."""
    token = _UNTIL.set(until)
    try:
        yield
    finally:
        _UNTIL.reset(token)


def check_deadline() -> None:
    """Raises `DeadlineError` when what is being done has taken too long already."""
    if time.monotonic() > _UNTIL.get():
        raise DeadlineError(
            "The question could not be answered in time, as the server is busy. Ask it "
            "again in a moment, or in fewer words."
        )
