"""A SQLite file that is deleted while it is used."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from chatbot.database import open_database, reading
from chatbot.database_writes import GroupedWrites
from tests.test_database import TABLES, VISITS


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "index" / "chatbot.sqlite"


@pytest.fixture
def engine(file: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{file}", TABLES)
    yield engine
    engine.dispose()


def guests(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.scalars(select(VISITS.c.guest)))


def deleted(file: Path) -> None:
    for path in file.parent.iterdir():
        path.unlink()


def without_its_folder(file: Path) -> None:
    shutil.rmtree(file.parent)


def in_place_of_another(file: Path) -> None:
    """As a backup is put back."""
    deleted(file)
    open_database(f"sqlite:///{file}", TABLES).dispose()


@pytest.mark.parametrize("lose", [deleted, without_its_folder, in_place_of_another])
def test_what_is_written_afterwards_is_in_the_file_that_there_is(
    engine: Engine, file: Path, lose
) -> None:
    writes = GroupedWrites(engine)
    writes.run(lambda connection: connection.execute(insert(VISITS).values(guest="A")))
    assert guests(engine) == ["A"]

    lose(file)

    assert guests(engine) == []
    writes.run(lambda connection: connection.execute(insert(VISITS).values(guest="B")))
    with engine.begin() as connection:
        connection.execute(insert(VISITS).values(guest="C"))
    assert guests(engine) == ["B", "C"]
    another = open_database(f"sqlite:///{file}", TABLES)
    assert guests(another) == ["B", "C"]
    another.dispose()


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_nobody_else_on_the_machine_can_read_it(engine: Engine, file: Path) -> None:
    with engine.begin() as connection:
        connection.execute(insert(VISITS).values(guest="A"))
        for path in file.parent.iterdir():
            assert path.stat().st_mode & 0o077 == 0, path


def test_a_folder_that_is_away_is_not_made_anew_with_all_above_it(
    engine: Engine, file: Path, tmp_path: Path
) -> None:
    away = tmp_path.with_name(f"{tmp_path.name}-away")
    tmp_path.rename(away)
    with pytest.raises(Exception, match="unable to open"):
        guests(engine)
    assert not tmp_path.exists()
    away.rename(tmp_path)
