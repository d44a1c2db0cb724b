"""How many messages a conversation may have in a time, whatever channel it is in."""

from __future__ import annotations

import logging
import math
import time

from limits import RateLimitItem
from limits.errors import StorageError
from limits.strategies import FixedWindowRateLimiter

from chatbot.channels.limit_storage import (
    BoundedMemoryStorage,
    limit_storage,
    rate_limits,
)
from chatbot.errors import TooManyMessagesError
from chatbot.settings import Settings

RETRY_SECONDS = 5
"""After a failure the shared counters are tried again as often as this."""

_LOG = logging.getLogger(__name__)


class ConversationLimit:
    """Counts messages where `CHATBOT_LIMITS_URL` says; when that fails, in memory."""

    def __init__(self, settings: Settings) -> None:
        """Raises `SettingsError` when the limit or the address cannot be used."""
        variable = "CHATBOT_CONVERSATION_LIMIT"
        self._limits = rate_limits(settings.conversation_limit, variable)
        self._shared = FixedWindowRateLimiter(limit_storage(settings.limits_url))
        self._own = FixedWindowRateLimiter(BoundedMemoryStorage())
        self._next_try = 0.0

    def count(self, conversation: str) -> None:
        """Count a message; raises `TooManyMessagesError` when it is one too many."""
        for limit in self._limits:
            wait = self._wait_of(conversation, limit)
            if wait:
                raise TooManyMessagesError(
                    f"This conversation goes too fast. Ask again in {wait} seconds.",
                    wait,
                )

    def _wait_of(self, conversation: str, limit: RateLimitItem) -> int:
        """Seconds to wait until there is room for a message; 0 when there was."""
        if time.monotonic() >= self._next_try:
            try:
                return _wait(self._shared, limit, conversation)
            except StorageError as error:
                self._next_try = time.monotonic() + RETRY_SECONDS
                _LOG.warning("CHATBOT_LIMITS_URL fails, counting in memory: %s", error)
        return _wait(self._own, limit, conversation)


def _wait(
    counter: FixedWindowRateLimiter, limit: RateLimitItem, conversation: str
) -> int:
    """Count a message there; the seconds to wait when it is one too many."""
    key = ("conversation", conversation)
    if counter.hit(limit, *key):
        return 0
    end = counter.get_window_stats(limit, *key).reset_time
    return max(1, math.ceil(end - time.time()))
