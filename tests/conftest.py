"""Shared by all tests: how hypothesis looks for examples, and a small collection."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.postgresql"]

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

FAQ = Path(__file__).parent / "corpora" / "brightwater" / "faq.jsonl"

SHIPPING = [
    {"role": "user", "text": "Do you deliver?"},
    {"role": "assistant", "text": "Parcels within the country arrive in two days."},
]

QUERIES = [
    {"text": "How long does delivery take abroad?", "answers": ["ten days"]},
    {"text": "Can I send unused goods back?", "answers": ["within  45 DAYS"]},
    {"text": "How long is the tracker's warranty?", "answers": ["three years"]},
    {"text": "Where are repairs taken in?", "answers": ["Gdańsk", "Gdansk"]},
    {"text": "And what's it cost?", "rewrite": "What are the costs of shipping?"},
    {"text": "What does shipping cost?", "is_original": True},
    {"text": "Who founded the company?", "answerable": False},
]

RELEVANT = {
    "q0": "delivery-time",
    "q1": "returns",
    "q2": "warranty",
    "q3": "stores",
    "q4": "delivery-cost",
    "q5": "delivery-cost",
}


@pytest.fixture
def collection_folder(tmp_path: Path) -> Path:
    """A collection of invented questions; five of the seven can be ranked."""
    folder = tmp_path / "brightwater"
    folder.mkdir()
    passages = [json.loads(line) for line in FAQ.read_text("utf-8").splitlines()]
    for passage in passages:
        passage["doc"] = passage["id"].partition("-")[0]
    queries = [{"id": f"q{number}", **query} for number, query in enumerate(QUERIES)]
    queries[4]["history"] = SHIPPING
    judgements = [f"{query}\t{passage}\t1" for query, passage in RELEVANT.items()]
    judgements += ["q0\tdelivery-cost\t0", "q6\tstores\t0"]
    for name, lines in (
        ("passages.jsonl", map(json.dumps, passages)),
        ("queries.jsonl", map(json.dumps, queries)),
        ("qrels.tsv", judgements),
    ):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
