"""The database: opened by its address, with its tables, by several at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, func, insert, select

from chatbot.database import database_url, open_database, reading
from chatbot.errors import DatabaseError
from chatbot.settings import Settings

TABLES = MetaData()
VISITS = Table(
    "test_visits",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("guest", String, nullable=False),
)


def visit(url: str, guest: str, times: int) -> None:
    """Open the database as a process does, and write into it."""
    engine = open_database(url, TABLES)
    for _ in range(times):
        with engine.begin() as connection:
            connection.execute(insert(VISITS).values(guest=guest))
    engine.dispose()


def test_it_is_a_file_in_the_folder_of_the_index_by_default(tmp_path: Path) -> None:
    settings = Settings(index=str(tmp_path / "index"))
    visit(database_url(settings), "Ada", 1)
    assert (tmp_path / "index" / "chatbot.sqlite").is_file()


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    index = tmp_path / "100% sure? #1 käse"
    visit(database_url(Settings(index=str(index))), "Ada", 1)
    assert (index / "chatbot.sqlite").is_file()


def test_the_address_that_is_set_goes_first() -> None:
    settings = Settings(database_url="postgresql://db/chat")
    assert database_url(settings) == "postgresql://db/chat"


def test_what_is_written_is_there_when_it_is_opened_again(database: str) -> None:
    visit(database, "Grace", 2)
    engine = open_database(database, TABLES)
    with engine.begin() as connection:
        guests = select(VISITS.c.guest).where(VISITS.c.guest == "Grace")
        assert connection.scalars(guests).all() == ["Grace", "Grace"]
    engine.dispose()


def test_several_open_a_new_database_and_write_at_once(database: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: visit(database, "Alan", 5), range(8)))
    engine = open_database(database)
    with engine.begin() as connection:
        count = select(func.count()).where(VISITS.c.guest == "Alan")
        assert connection.scalar(count) == 40
    engine.dispose()


def test_who_reads_does_not_wait_for_another_process_that_writes(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/chatbot.sqlite"
    own, of_other_process = open_database(url, TABLES), open_database(url, TABLES)
    with of_other_process.begin() as writing:
        writing.execute(insert(VISITS).values(guest="Edsger"))
        with reading(own) as connection:
            assert connection.scalars(select(VISITS.c.guest)).all() == []
    own.dispose()
    of_other_process.dispose()


@pytest.mark.parametrize("url", ["chatbot.sqlite", "sqllite:///x", "postgresql://h:p/"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(DatabaseError, match="Set CHATBOT_DATABASE_URL to"):
        open_database(url, TABLES)


def test_a_file_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(DatabaseError, match="taken") as refused:
        open_database(f"sqlite:///{tmp_path}/taken/chatbot.sqlite", TABLES)
    assert "Set CHATBOT_DATABASE_URL to" in str(refused.value)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.sqlite").write_text("These are only notes. " * 100)
    with pytest.raises(DatabaseError, match="not a database"):
        open_database(f"sqlite:///{tmp_path}/notes.sqlite", TABLES)


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(DatabaseError, match="cannot be used") as refused:
        open_database("postgresql://ada:secret@127.0.0.1:1/chat", TABLES)
    assert "secret" not in str(refused.value)
    assert "127.0.0.1:1" in str(refused.value)
