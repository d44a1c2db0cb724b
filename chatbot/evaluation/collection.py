"""Collections: passages, queries and which passage is relevant to which query.

A collection is a folder of three UTF-8 files:

- `passages.jsonl`: `id`, `doc` (the document it is from), `title`, `text`
- `queries.jsonl`: `id`, `text`, `answers` (gold words), `answerable` (true, false or
  null), `history` (earlier messages: `role`, `text`), `rewrite` (the query standing on
  its own, or null), `is_original` (true: it is itself a title of the collection)
- `qrels.tsv`: query id, passage id and relevance, with tabs between them

Only ids and the text of queries must be there and not empty.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from chatbot.errors import EvaluationError
from chatbot.evaluation.lines import json_value, read_records


@dataclass(frozen=True, slots=True)
class CollectionPassage:
    """A passage as the collection gives it; `doc` is the document it is from."""

    id: str
    doc: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """An earlier message of a query's conversation; `role` says who wrote it."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query with what its collection knows about it."""

    id: str
    text: str
    answers: tuple[str, ...] = ()
    answerable: bool | None = None
    history: tuple[Message, ...] = ()
    rewrite: str | None = None
    is_original: bool = False

    @property
    def question(self) -> str:
        """The query standing on its own: its rewrite where there is one."""
        return self.rewrite or self.text


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection; `relevance` maps a query's id to its passages' relevance by id."""

    name: str
    passages: tuple[CollectionPassage, ...]
    queries: tuple[Query, ...]
    relevance: Mapping[str, Mapping[str, float]]

    def relevant(self, query: Query) -> frozenset[str]:
        """The ids of the passages relevant to a query: those above 0."""
        judged = self.relevance.get(query.id, {})
        return frozenset(id_ for id_, relevance in judged.items() if relevance > 0)


Identified = TypeVar("Identified", CollectionPassage, Query)


def read_collection(path: str | PathLike[str]) -> Collection:
    """Read a collection's folder.

    Raises `EvaluationError` naming the file, and the line that cannot be used.
    """
    folder = Path(path)
    passages = _read_by_id(folder / "passages.jsonl", _passage)
    queries = _read_by_id(folder / "queries.jsonl", _query)
    relevance: dict[str, dict[str, float]] = {}

    def add_judgement(line: str) -> None:
        query, passage, value = _judgement(line)
        if query not in queries:
            raise ValueError(f"queries.jsonl has no query “{query}”")
        if passage not in passages:
            raise ValueError(f"passages.jsonl has no passage “{passage}”")
        judged = relevance.setdefault(query, {})
        if passage in judged:
            raise ValueError(f"passage “{passage}” is judged a second time")
        judged[passage] = value

    read_records(folder / "qrels.tsv", add_judgement)
    return Collection(
        folder.resolve().name,
        tuple(passages.values()),
        tuple(queries.values()),
        relevance,
    )


def _read_by_id(
    file: Path, parse: Callable[[dict[str, Any]], Identified]
) -> dict[str, Identified]:
    """The records of a JSON Lines file under their ids, in the order of the file."""
    by_id: dict[str, Identified] = {}

    def add(line: str) -> None:
        fields = json_value(line)
        if not isinstance(fields, dict):
            raise ValueError("it must be a JSON object")
        record = parse(fields)
        if record.id in by_id:
            raise ValueError(f"the id “{record.id}” stands there a second time")
        by_id[record.id] = record

    read_records(file, add)
    if not by_id:
        raise EvaluationError(f"{file} is empty; write one JSON object a line.")
    return by_id


def _passage(fields: dict[str, Any]) -> CollectionPassage:
    # A passage may be without text; no search finds it then.
    return CollectionPassage(
        _text(fields, "id"),
        _text_or_empty(fields, "doc"),
        _text_or_empty(fields, "title"),
        _text_or_empty(fields, "text"),
    )


def _query(fields: dict[str, Any]) -> Query:
    answers, history = fields.get("answers", []), fields.get("history", [])
    answerable = fields.get("answerable")
    is_original = fields.get("is_original", False)
    if not isinstance(answers, list) or not all(
        isinstance(words, str) and words.strip() for words in answers
    ):
        raise ValueError("“answers” must be a list of texts that are not empty")
    if not isinstance(history, list) or not all(isinstance(m, dict) for m in history):
        raise ValueError("“history” must be a list of objects")
    if not isinstance(answerable, bool | None):
        raise ValueError("“answerable” must be true, false or null")
    if not isinstance(is_original, bool):
        raise ValueError("“is_original” must be true or false")
    return Query(
        _text(fields, "id"),
        _text(fields, "text"),
        tuple(answers),
        answerable,
        tuple(Message(_text(m, "role"), _text_or_empty(m, "text")) for m in history),
        _text_or_empty(fields, "rewrite").strip() or None,
        is_original,
    )


def _judgement(line: str) -> tuple[str, str, float]:
    """The query's id, the passage's id and the relevance on a line of `qrels.tsv`."""
    try:
        query, passage, number = line.rstrip("\r").split("\t")
        relevance = float(number)
        if not math.isfinite(relevance):
            raise ValueError(number)
    except ValueError:
        raise ValueError(
            "write a query's id, a passage's id and a number, with tabs between them"
        ) from None
    return query, passage, relevance


def _text(fields: dict[str, Any], name: str) -> str:
    text = _text_or_empty(fields, name)
    if not text.strip():
        raise ValueError(f"“{name}” must be a text that is not empty")
    return text


def _text_or_empty(fields: dict[str, Any], name: str) -> str:
    """A field that may be missing or null, which is an empty text then."""
    text = fields.get(name)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise ValueError(f"“{name}” must be a text")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"“{name}” holds half of a surrogate pair") from None
    return text
