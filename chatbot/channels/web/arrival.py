"""When a request arrived: before it waited for a thread, where the server says so."""

from __future__ import annotations

import time

from flask import g, request

ARRIVED_AT = "chatbot.arrived_at"
"""The key under which a server puts it into the WSGI environment."""


def note_arrival() -> None:
    """Remember when the current request arrived."""
    g.arrived_at = request.environ.get(ARRIVED_AT) or time.monotonic()


def arrived_at() -> float:
    """The moment of `time.monotonic()` at which the current request arrived."""
    return float(g.arrived_at)
