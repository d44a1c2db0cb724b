"""Counters of limits: windows, bounds, a clock that jumps, settings."""

from __future__ import annotations

import time

import pytest
from limits.strategies import FixedWindowRateLimiter

from chatbot.channels import limit_storage
from chatbot.channels.limit_storage import (
    BoundedMemoryStorage,
    rate_limits,
)
from chatbot.channels.limit_storage import limit_storage as storage_of
from chatbot.errors import SettingsError


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(limit_storage.time, "monotonic", clock)
    return clock


def test_a_window_ends_and_another_begins(clock: Clock) -> None:
    counter = FixedWindowRateLimiter(BoundedMemoryStorage())
    (limit,) = rate_limits("2/minute", "X")
    assert [counter.hit(limit, "client") for _ in range(3)] == [True, True, False]
    assert counter.hit(limit, "another")
    clock.now += 60
    assert counter.hit(limit, "client")


def test_setting_the_systems_clock_back_locks_nobody_out(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = FixedWindowRateLimiter(BoundedMemoryStorage())
    (limit,) = rate_limits("1/minute", "X")
    assert counter.hit(limit, "client")
    yesterday = time.time() - 24 * 60 * 60
    monkeypatch.setattr(time, "time", lambda: yesterday)
    assert not counter.hit(limit, "client")
    wait = counter.get_window_stats(limit, "client").reset_time - yesterday
    assert 0 < wait <= 60
    clock.now += 60
    assert counter.hit(limit, "client")


def test_there_are_never_more_counters_than_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limit_storage, "MOST_COUNTERS", 3)
    storage = BoundedMemoryStorage()
    for key in "abcde":
        storage.incr(key, 60)
    assert [storage.get(key) for key in "abcde"] == [0, 0, 1, 1, 1]
    assert storage.reset() == 3


def test_off_is_no_limit() -> None:
    assert rate_limits("off", "CHATBOT_CLIENT_LIMIT") == []


@pytest.mark.parametrize("text", ["many", "0", "10/fortnight", "10"])
def test_what_is_no_limit_is_told(text: str) -> None:
    with pytest.raises(SettingsError, match=r"CHATBOT_CLIENT_LIMIT.*600/minute"):
        rate_limits(text, "CHATBOT_CLIENT_LIMIT")


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(SettingsError, match="CHATBOT_LIMITS_URL"):
        storage_of("nowhere")
