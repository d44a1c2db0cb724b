"""Writes to a database: those that wait together are written together."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    event,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError, OperationalError

from chatbot import database_writes
from chatbot.database import open_database, reading
from chatbot.database_writes import GroupedWrites

TABLES = MetaData()
NUMBERS = Table("test_numbers", TABLES, Column("number", Integer, primary_key=True))


@pytest.fixture
def engine(engine_of) -> Engine:
    return engine_of(TABLES)


@pytest.fixture
def sqlite(tmp_path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path}/numbers.sqlite", TABLES)
    yield engine
    engine.dispose()


class Number:
    """Writes a number, and says when it has got that far."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __call__(self, connection: Connection) -> None:
        connection.execute(insert(NUMBERS).values(number=self.number))


def kept(engine: Engine) -> list[int]:
    with reading(engine) as connection:
        return list(connection.scalars(select(NUMBERS.c.number).order_by("number")))


@contextmanager
def waiting(
    writes: GroupedWrites, others: list[Number]
) -> Iterator[list[Future[None]]]:
    """The others wait for a write that goes on until the block is left."""
    begun, ends = threading.Event(), threading.Event()

    def slow(_: Connection) -> None:
        begun.set()
        ends.wait()

    with ThreadPoolExecutor(len(others) + 1) as pool:
        first = pool.submit(writes.run, slow)
        try:
            begun.wait()
            futures = [pool.submit(writes.run, other) for other in others]
            while len(writes._waiting) < len(others) and not first.done():
                pass
            yield futures
        finally:
            ends.set()


def test_what_is_written_is_lasting_when_it_returns(engine: Engine) -> None:
    writes = GroupedWrites(engine)
    for number in (1, 2):
        writes.run(Number(number))
        assert number in kept(engine)


def test_what_is_queued_is_lasting_when_it_is_finished(engine: Engine) -> None:
    queued = GroupedWrites(engine).queue(Number(1))
    assert kept(engine) == []
    queued.finish()
    assert kept(engine) == [1]
    queued.finish()


def test_many_threads_of_several_processes_lose_nothing(database: str) -> None:
    engines = [open_database(database, TABLES) for _ in range(2)]
    with engines[0].begin() as connection:
        connection.execute(NUMBERS.delete())
    of_process = [GroupedWrites(engine) for engine in engines]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: of_process[n % 2].run(Number(n)), range(200)))
    assert kept(engines[0]) == list(range(200))
    for engine in engines:
        engine.dispose()


def test_what_waits_together_is_one_transaction(sqlite: Engine) -> None:
    writes = GroupedWrites(sqlite)
    commits: list[Connection] = []
    event.listen(sqlite, "commit", commits.append)
    with waiting(writes, [Number(n) for n in range(5)]) as futures:
        pass
    assert [future.exception() for future in futures] == [None] * 5
    assert len(commits) == 2
    assert kept(sqlite) == [0, 1, 2, 3, 4]


def test_what_is_queued_is_written_with_what_is_written_next(sqlite: Engine) -> None:
    writes = GroupedWrites(sqlite)
    commits: list[Connection] = []
    event.listen(sqlite, "commit", commits.append)
    queued = writes.queue(Number(1))
    writes.run(Number(2))
    queued.finish()
    assert len(commits) == 1
    assert kept(sqlite) == [1, 2]


def test_a_write_that_fails_takes_no_other_with_it(sqlite: Engine) -> None:
    writes = GroupedWrites(sqlite)
    writes.run(Number(2))
    with waiting(writes, [Number(n) for n in range(4)]) as futures:
        pass
    errors = [type(future.exception()) for future in futures]
    assert errors.count(IntegrityError) == 1
    assert kept(sqlite) == [0, 1, 2, 3]


def test_a_database_that_stays_locked_fails_all_that_wait_at_once(
    sqlite: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_writes, "BUSY_SECONDS", 0.01)
    url = sqlite.url.render_as_string()
    other, writes = open_database(url, TABLES), GroupedWrites(sqlite)
    with other.begin(), ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(writes.run, Number(n)) for n in range(4)]
        for future in futures:
            assert isinstance(future.exception(), OperationalError)
    assert kept(other) == []
    other.dispose()


def test_nothing_counts_as_written_when_the_thread_that_writes_is_interrupted(
    sqlite: Engine,
) -> None:
    writes = GroupedWrites(sqlite)

    def interrupted(_: Connection) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        writes.run(interrupted)
    writes.run(Number(1))
    assert kept(sqlite) == [1]
