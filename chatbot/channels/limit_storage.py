"""Counters of rate limits in memory, of which there are never more than so many.

It is a storage of the package `limits`, for fixed windows. It has no thread of its own,
and the system's clock may be set without anybody being locked out.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import Any

from limits import RateLimitItem, parse_many
from limits.errors import ConfigurationError
from limits.storage import Storage, storage_from_string

from chatbot.errors import SettingsError

OFF = "off"
IN_MEMORY = "bounded-memory://"
"""The address of this storage, for what takes one."""

SERVER_SECONDS = 0.25
"""How long a server of counters may take to answer."""

_OF_SERVERS = ("redis", "rediss", "unix", "valkey")

MOST_COUNTERS = 100_000
"""The counter that began first is dropped for one more: some 20 MB at the most."""


class BoundedMemoryStorage(Storage):
    """Counts in this process alone; safe to share between threads."""

    STORAGE_SCHEME = ["bounded-memory"]  # noqa: RUF012 (declared so by `Storage`)

    def __init__(
        self, uri: str | None = None, wrap_exceptions: bool = False, **options: str
    ) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._lock = threading.Lock()
        self._counters: OrderedDict[str, tuple[int, float]] = OrderedDict()

    @property
    def base_exceptions(self) -> type[Exception]:
        return KeyError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count; a window begins when the one before is over. `expiry` in seconds."""
        now = time.monotonic()
        with self._lock:
            count, end = self._counters.get(key, (0, 0.0))
            if end <= now:
                self._counters.pop(key, None)
                count, end = 0, now + expiry
            self._counters[key] = (count + amount, end)
            if len(self._counters) > MOST_COUNTERS:
                self._counters.popitem(last=False)
        return count + amount

    def get(self, key: str) -> int:
        """How much was counted in the window that runs."""
        count, end = self._counters.get(key, (0, 0.0))
        return count if end > time.monotonic() else 0

    def get_expiry(self, key: str) -> float:
        """When the window that runs ends, in UTC seconds."""
        now = time.monotonic()
        _, end = self._counters.get(key, (0, now))
        return time.time() + max(end - now, 0)

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        with self._lock:
            number = len(self._counters)
            self._counters.clear()
        return number

    def clear(self, key: str) -> None:
        with self._lock:
            self._counters.pop(key, None)


def storage_options(url: str) -> dict[str, Any]:
    """What a storage at this address is opened with: nobody waits long for a server."""
    if not url.startswith(_OF_SERVERS):
        return {}
    return {
        "socket_timeout": SERVER_SECONDS,
        "socket_connect_timeout": SERVER_SECONDS,
    }


def limit_storage(url: str) -> Storage:
    """Where `CHATBOT_LIMITS_URL` says; in memory when it is empty.

    Raises `SettingsError` for an address that cannot be used.
    """
    try:
        storage = storage_from_string(
            url or IN_MEMORY, wrap_exceptions=True, **storage_options(url)
        )
    except (ConfigurationError, ValueError) as error:
        raise SettingsError(
            f"CHATBOT_LIMITS_URL cannot be used ({error}); set it to an address such "
            "as redis://localhost:6379, or leave it empty."
        ) from error
    assert isinstance(storage, Storage)
    return storage


def rate_limits(text: str, variable: str) -> list[RateLimitItem]:
    """The limits of a setting, `10/second;600/minute`; none for `off`.

    Raises `SettingsError` naming the variable for anything else.
    """
    if text.strip().lower() == OFF:
        return []
    try:
        return parse_many(text)
    except ValueError:
        raise SettingsError(
            f"{variable} is {text!r}; set it to limits such as 600/minute, or to off."
        ) from None
