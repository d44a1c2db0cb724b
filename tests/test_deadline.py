"""A deadline: it holds inside its block, and for its thread alone."""

from __future__ import annotations

import threading
import time

import pytest

from chatbot.deadline import check_deadline, deadline
from chatbot.errors import DeadlineError


def test_a_deadline_that_has_passed_is_told_with_what_to_do() -> None:
    with deadline(time.monotonic() - 1), pytest.raises(DeadlineError, match="again"):
        check_deadline()


def test_one_that_is_still_to_come_lets_the_work_go_on() -> None:
    with deadline(time.monotonic() + 60):
        check_deadline()


def test_outside_of_its_block_and_in_other_threads_there_is_none() -> None:
    passed: list[str] = []

    def work() -> None:
        check_deadline()
        passed.append("other thread")

    with deadline(time.monotonic() - 1):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    check_deadline()
    assert passed == ["other thread"]
