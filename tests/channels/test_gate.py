"""The gate: so many at work, so many waiting, and the rest turned away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from chatbot.channels.gate import Gate
from chatbot.errors import DeadlineError, OverloadedError

LATER = 60.0


class Worker:
    """A thread that stays inside a gate until it is told to leave."""

    def __init__(self, gate: Gate, seconds: float = LATER) -> None:
        self.is_inside = threading.Event()
        self.may_leave = threading.Event()
        self.error: Exception | None = None
        until = time.monotonic() + seconds

        def work() -> None:
            try:
                with gate.passed(until):
                    self.is_inside.set()
                    self.may_leave.wait(LATER)
            except (DeadlineError, OverloadedError) as error:
                self.error = error

        self._thread = threading.Thread(target=work)
        self._thread.start()

    def leave(self) -> None:
        self.may_leave.set()
        self._thread.join(LATER)


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + LATER
    while not holds() and time.monotonic() < until:
        with suppress(TimeoutError):
            threading.Event().wait(0.001)
    return holds()


def is_full(gate: Gate) -> bool:
    try:
        with gate.passed(time.monotonic()):
            return False
    except OverloadedError:
        return True
    except DeadlineError:
        return False


def test_who_comes_when_all_work_waits_for_a_turn() -> None:
    gate = Gate(at_work=1, waiting=1)
    first = Worker(gate)
    assert first.is_inside.wait(LATER)
    second = Worker(gate)
    assert eventually(lambda: is_full(gate))
    assert not second.is_inside.is_set()
    first.leave()
    assert second.is_inside.wait(LATER)
    second.leave()


def test_who_comes_on_top_is_turned_away_at_once() -> None:
    gate = Gate(at_work=1, waiting=0)
    worker = Worker(gate)
    assert worker.is_inside.wait(LATER)
    with (
        pytest.raises(OverloadedError, match="again"),
        gate.passed(time.monotonic() + LATER),
    ):
        pass
    worker.leave()
    with gate.passed(time.monotonic() + LATER):
        pass


def test_who_gets_no_turn_in_time_is_told_and_leaves_no_place_taken() -> None:
    gate = Gate(at_work=1, waiting=1)
    worker = Worker(gate)
    assert worker.is_inside.wait(LATER)
    for _ in range(3):
        with pytest.raises(DeadlineError), gate.passed(time.monotonic() + 0.001):
            pass
    worker.leave()
    with gate.passed(time.monotonic() + LATER):
        pass


def test_whose_deadline_is_over_does_not_begin() -> None:
    gate = Gate(at_work=1, waiting=1)
    with pytest.raises(DeadlineError), gate.passed(time.monotonic() - 1):
        pytest.fail("it began")


def test_work_that_fails_leaves_its_place() -> None:
    gate = Gate(at_work=1, waiting=0)
    for _ in range(3):
        with (
            pytest.raises(ZeroDivisionError),
            gate.passed(time.monotonic() + LATER),
        ):
            raise ZeroDivisionError
