"""The benchmark of conversations runs over a collection and prints its table."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.conversations import earlier_messages, measure
from chatbot.evaluation.collection import Message, Query, read_collection

ROOT = Path(__file__).parents[1]

PASSAGES = [
    ("p1", "boats", "A berth for a sailing boat costs ninety crowns in summer."),
    ("p2", "boats", "A berth for a sailing boat costs thirty crowns in winter."),
    ("p3", "bread", "Rye bread rests for a night before it is baked."),
    ("p4", "bread", "Wheat bread rests for an hour before it is baked."),
]
QUERIES = [
    (
        "What does a berth cost?",
        "What does it cost in winter?",
        "What does a berth cost in winter?",
        "p2",
    ),
    (
        "How long does rye bread rest?",
        "and wheat?",
        "How long does wheat bread rest?",
        "p4",
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two conversations about different documents."""
    collection = tmp_path / "talks"
    collection.mkdir()
    passages = [
        {"id": id_, "doc": doc, "title": "", "text": text}
        for id_, doc, text in PASSAGES
    ]
    queries = [
        {
            "id": passage,
            "text": text,
            "history": [
                {"role": "user", "text": earlier},
                {"role": "assistant", "text": "It depends."},
            ],
            "rewrite": rewrite,
        }
        for earlier, text, rewrite, passage in QUERIES
    ]
    for name, records in (("passages", passages), ("queries", queries)):
        lines = "\n".join(map(json.dumps, records))
        (collection / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    qrels = "\n".join(f"{passage}\t{passage}\t1" for *_, passage in QUERIES)
    (collection / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return tmp_path


def test_only_what_the_person_said_counts() -> None:
    history = (Message("user", "Hi"), Message("assistant", "Hello!"))
    assert earlier_messages(Query("q", "And?", history=history)) == ["Hi"]


def test_messages_are_measured_alone_in_and_out_of_their_conversation(
    folder: Path,
) -> None:
    found = measure(read_collection(folder / "talks"))
    assert found.queries == 2
    assert found.with_history.first == found.rewritten.first == 1
    assert found.after_others == found.on_its_own == 1
    assert 0 < found.seconds < 10
    assert 0 < found.seconds_after_twenty < 10


def test_the_program_prints_a_row_for_each_collection(folder: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.conversations", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    header, rule, line = done.stdout.splitlines()
    assert header.count("|") == rule.count("|") == line.count("|")
    assert line.startswith("| talks | 2 |")


def test_a_folder_without_collections_is_an_error_that_names_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.conversations", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert str(tmp_path) in done.stderr
