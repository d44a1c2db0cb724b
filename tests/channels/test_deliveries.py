"""What was delivered once is known, in every process and for an hour."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from chatbot.channels import deliveries
from chatbot.channels.deliveries import KEPT_SECONDS, TABLES, Deliveries


@pytest.fixture
def engine(engine_of) -> Engine:
    return engine_of(TABLES)


def test_a_delivery_is_new_once(engine: Engine) -> None:
    first, second = Deliveries(engine), Deliveries(engine)
    assert first.is_new("slack", "Ev1")
    assert not first.is_new("slack", "Ev1")
    assert not second.is_new("slack", "Ev1")
    assert first.is_new("slack", "Ev2")
    assert first.is_new("teams", "Ev1")


def test_it_is_forgotten_after_an_hour(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_700_000_000
    monkeypatch.setattr(deliveries.time, "time", lambda: now)
    seen = Deliveries(engine)
    assert seen.is_new("slack", "Ev1")
    now += KEPT_SECONDS
    assert not seen.is_new("slack", "Ev1")
    now += 1
    assert seen.is_new("slack", "Ev1")


def test_of_many_that_come_at_once_one_is_new(engine: Engine) -> None:
    seen = Deliveries(engine)
    with ThreadPoolExecutor(8) as threads:
        new = threads.map(lambda _: seen.is_new("slack", "Ev1"), range(32))
        assert sum(new) == 1


def test_while_the_database_fails_each_counts_as_new(engine: Engine) -> None:
    seen = Deliveries(engine)
    assert seen.is_new("slack", "Ev1")
    TABLES.drop_all(engine)
    assert seen.is_new("slack", "Ev1")


@pytest.mark.parametrize("id", ["", "\x00", "\ud800", "x" * 100_000, "漢"])
def test_ids_of_any_kind_are_known(engine: Engine, id: str) -> None:
    seen = Deliveries(engine)
    assert seen.is_new("slack", id)
    assert not seen.is_new("slack", id)
