"""A database that fails: one waits for it, the others do not, and it comes back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from chatbot import database_outage, database_writes
from chatbot.database import open_database
from chatbot.database_statements import Statement

TABLES = MetaData()
NUMBERS = Table("numbers", TABLES, Column("number", Integer, primary_key=True))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "numbers.sqlite"


@pytest.fixture
def engine(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(database_writes, "BUSY_SECONDS", 0.01)
    engine = open_database(f"sqlite:///{file}", TABLES)
    yield engine
    engine.dispose()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program writes, and does not end."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def write(engine: Engine, number: int) -> None:
    with engine.begin() as connection:
        connection.execute(insert(NUMBERS).values(number=number))


def kept(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(select(NUMBERS.c.number)).scalars())


def test_after_a_failure_nobody_waits(engine: Engine, file: Path) -> None:
    with locked(file):
        with pytest.raises(OperationalError, match="locked"):
            write(engine, 1)
        for attempt in (write, lambda engine, _: kept(engine)):
            with pytest.raises(OperationalError, match="a moment ago"):
                attempt(engine, 2)


def test_it_is_tried_again_and_comes_back(
    engine: Engine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with locked(file), pytest.raises(OperationalError, match="locked"):
        write(engine, 1)
    later = time.monotonic() + database_outage.RETRY_SECONDS
    monkeypatch.setattr(database_outage.time, "monotonic", lambda: later)
    write(engine, 2)
    write(engine, 3)
    assert kept(engine) == [2, 3]


def test_a_statement_made_once_brings_it_back_too(
    engine: Engine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Statement(insert(NUMBERS), engine)
    with locked(file), pytest.raises(OperationalError, match="locked"):
        write(engine, 1)
    later = time.monotonic() + database_outage.RETRY_SECONDS
    monkeypatch.setattr(database_outage.time, "monotonic", lambda: later)
    for number in (2, 3):
        with engine.begin() as connection:
            add.run(connection, number=number)
    assert kept(engine) == [2, 3]


def test_one_at_a_time_tries_again(
    engine: Engine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with locked(file):
        with pytest.raises(OperationalError, match="locked"):
            write(engine, 1)
        later = time.monotonic() + database_outage.RETRY_SECONDS
        monkeypatch.setattr(database_outage.time, "monotonic", lambda: later)
        with pytest.raises(OperationalError, match="locked"):
            write(engine, 1)
        with pytest.raises(OperationalError, match="a moment ago"):
            write(engine, 1)


def test_a_mistake_is_no_outage(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(OperationalError):
        connection.exec_driver_sql("SELECT * FROM nowhere")
    write(engine, 1)
    with pytest.raises(IntegrityError):
        write(engine, 1)
    write(engine, 2)
    assert kept(engine) == [1, 2]
