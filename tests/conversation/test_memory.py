"""What is remembered of conversations, in memory and in databases, and for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from chatbot.conversation import memory as memory_room
from chatbot.conversation.choices import Offer
from chatbot.conversation.conversation import MOST_TURNS, Place, Turn
from chatbot.conversation.database_memory import (
    CLEANING_SECONDS,
    CONVERSATIONS,
    TABLES,
    TURNS,
    DatabaseMemory,
)
from chatbot.conversation.memory import (
    KEPT_SECONDS,
    Memory,
    MemoryOfProcess,
    new_conversation_id,
)
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.errors import DatabaseError

RICH = Turn(
    "What does “it” cost?\x00 \ud800 🙂",
    "Prices",
    True,
    (Place("a/b.txt", 12), Place("c.md", 0)),
    ("Prices", "Tickets"),
    Offer("price", ("Tickets", "Food")),
    takes_back=True,
)


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database_memory(database: str, clock: Clock) -> Iterator[DatabaseMemory]:
    engine = open_database(database, TABLES)
    yield DatabaseMemory(GroupedWrites(engine), clock)
    TABLES.drop_all(engine)
    engine.dispose()


@pytest.fixture(params=["process", "sqlite", "postgresql"])
def memory(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> Iterator[Memory]:
    """Each kind of memory in turn."""
    if request.param == "process":
        yield MemoryOfProcess(clock)
        return
    url = f"sqlite:///{tmp_path}/chatbot.sqlite"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    engine = open_database(url, TABLES)
    yield DatabaseMemory(GroupedWrites(engine), clock)
    TABLES.drop_all(engine)
    engine.dispose()


def asked(memory: Memory, conversation: str) -> list[str] | None:
    turns = memory.turns(conversation)
    return None if turns is None else [turn.question for turn in turns]


def test_turns_stand_oldest_first(memory):
    memory.add("a", Turn("first"))
    memory.add("a", Turn("second"))
    assert asked(memory, "a") == ["first", "second"]


def test_a_turn_comes_back_as_it_was(memory):
    memory.add("a", RICH)
    memory.add("a", Turn())
    assert memory.turns("a") == (RICH, Turn())


def test_an_unknown_conversation_has_no_turns(memory):
    assert memory.turns("a") is None


def test_conversations_do_not_know_of_each_other(memory):
    memory.add("a", Turn("first"))
    memory.add("b", Turn("second"))
    assert (asked(memory, "a"), asked(memory, "b")) == (["first"], ["second"])


@pytest.mark.parametrize("name", ["", "\x00", "\udcff", "🛶" * 1000, "' OR 1=1 --"])
def test_a_conversation_may_have_any_name(memory, name):
    memory.add(name, Turn("first"))
    assert asked(memory, name) == ["first"]


def test_only_the_latest_turns_are_kept(memory):
    for number in range(MOST_TURNS + 5):
        memory.add("a", Turn(str(number)))
    assert asked(memory, "a") == list(map(str, range(5, MOST_TURNS + 5)))


def test_what_is_forgotten_leaves_the_conversation(memory):
    memory.add("a", Turn("first"))
    memory.forget("a")
    assert memory.turns("a") == ()
    memory.forget("new")
    assert memory.turns("new") == ()


def test_a_conversation_ends_a_day_after_its_last_message(memory, clock):
    memory.add("a", Turn("first"))
    clock.now += KEPT_SECONDS - 2
    memory.add("a", Turn("second"))
    clock.now += KEPT_SECONDS - 2
    assert asked(memory, "a") == ["first", "second"]
    clock.now += 2
    assert memory.turns("a") is None


def test_a_name_used_again_after_its_conversation_ended_begins_anew(memory, clock):
    memory.add("a", Turn("first"))
    clock.now += KEPT_SECONDS + 1
    memory.add("a", Turn("second"))
    assert asked(memory, "a") == ["second"]


def test_a_conversation_goes_on_when_the_clock_is_set_back(memory, clock):
    memory.add("a", Turn("first"))
    clock.now -= 7 * KEPT_SECONDS
    memory.add("a", Turn("second"))
    assert asked(memory, "a") == ["first", "second"]


def test_turns_added_from_several_threads_are_all_kept(memory):
    def fill(name: str) -> None:
        for number in range(MOST_TURNS // 2):
            memory.add(name, Turn(str(number)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fill, "abcdefga"))
    assert asked(memory, "f") == list(map(str, range(MOST_TURNS // 2)))
    both = asked(memory, "a")
    assert both is not None
    assert sorted(both) == sorted(2 * list(map(str, range(MOST_TURNS // 2))))


def test_of_too_many_conversations_in_memory_the_least_recent_is_forgotten(monkeypatch):
    monkeypatch.setattr(memory_room, "MOST_CONVERSATIONS", 2)
    memory = MemoryOfProcess()
    memory.add("a", Turn("first"))
    memory.add("b", Turn("second"))
    memory.add("a", Turn("third"))
    memory.add("c", Turn("fourth"))
    assert asked(memory, "a") == ["first", "third"]
    assert asked(memory, "b") is None
    assert asked(memory, "c") == ["fourth"]


def test_conversations_that_ended_are_deleted_from_the_database(
    database, database_memory, clock
):
    database_memory.add("a", Turn("first"))
    clock.now += KEPT_SECONDS + CLEANING_SECONDS
    database_memory.add("b", Turn("second"))
    engine = open_database(database)
    with engine.connect() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table))
            for table in (CONVERSATIONS, TURNS)
        ]
    engine.dispose()
    assert counts == [1, 1]


def test_the_database_does_not_hold_the_ids(database, database_memory):
    id_ = new_conversation_id()
    database_memory.add(id_, Turn("first"))
    engine = open_database(database)
    with engine.connect() as connection:
        (kept,) = connection.scalars(select(CONVERSATIONS.c.id))
    engine.dispose()
    assert re.fullmatch(r"[0-9a-f]{64}", kept)


def test_another_engine_goes_on_with_a_conversation(database, database_memory, clock):
    database_memory.add("a", Turn("first"))
    other = open_database(database, TABLES)
    again = DatabaseMemory(GroupedWrites(other), clock)
    again.add("a", Turn("second"))
    other.dispose()
    assert asked(database_memory, "a") == ["first", "second"]


def test_a_database_that_fails_is_an_error_that_says_what_to_do(database):
    engine = open_database(database, TABLES)
    TABLES.drop_all(engine)
    memory = DatabaseMemory(GroupedWrites(engine))
    with pytest.raises(DatabaseError, match="CHATBOT_DATABASE_URL") as refused:
        memory.add("a", Turn("a secret question"))
    assert "secret" not in str(refused.value)
    with pytest.raises(DatabaseError):
        memory.turns("a")
    engine.dispose()


def test_a_new_id_is_long_random_and_safe_in_an_address():
    ids = {new_conversation_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", id_) for id_ in ids)
