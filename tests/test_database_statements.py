"""Statements whose SQL is made once: in each database they do what they say."""

from __future__ import annotations

import pytest
from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from chatbot.database import reading
from chatbot.database_statements import Statement

TABLES = MetaData()
WORDS = Table(
    "test_words",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("word", Text, nullable=False),
)
RENAME = (
    update(WORDS)
    .where(WORDS.c.number == bindparam("of"))
    .values(word=bindparam("new_word"))
)


@pytest.fixture
def engine(engine_of) -> Engine:
    return engine_of(TABLES)


def kept(engine: Engine) -> list[tuple[int, str]]:
    with reading(engine) as connection:
        rows = connection.execute(select(WORDS).order_by("number"))
        return [(row.number, row.word) for row in rows]


def test_values_go_by_their_names_and_are_never_sql(engine: Engine) -> None:
    add = Statement(insert(WORDS), engine)
    with engine.begin() as connection:
        add.run(connection, word="'); DROP TABLE test_words; -- %s ? :of", number=1)
        add.run(connection, number=2, word="ferry")
    assert kept(engine) == [
        (1, "'); DROP TABLE test_words; -- %s ? :of"),
        (2, "ferry"),
    ]


def test_it_says_how_many_rows_it_changed(engine: Engine) -> None:
    add, rename = Statement(insert(WORDS), engine), Statement(RENAME, engine)
    with engine.begin() as connection:
        assert add.run(connection, number=1, word="ferry") == 1
        assert rename.run(connection, of=1, new_word="boat") == 1
        assert rename.run(connection, of=2, new_word="boat") == 0
    assert kept(engine) == [(1, "boat")]


def test_what_the_database_refuses_is_raised_as_of_any_statement(
    engine: Engine,
) -> None:
    add = Statement(insert(WORDS), engine)
    with engine.begin() as connection:
        add.run(connection, number=1, word="ferry")
    with pytest.raises(IntegrityError), engine.begin() as connection:
        add.run(connection, number=1, word="boat")
    assert kept(engine) == [(1, "ferry")]
