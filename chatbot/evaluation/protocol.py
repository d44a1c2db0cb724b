"""What a collection is measured on: which queries, and which documents are held out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from chatbot.errors import EvaluationError
from chatbot.evaluation.collection import Collection, CollectionPassage, Query

SEED = 1

MOST_QUERIES = 1_200


def chosen_queries(collection: Collection) -> list[Query]:
    """The queries that are asked: the first `MOST_QUERIES` of them, shuffled.

    Those without a relevant passage and those that are themselves titles of the
    collection are left out. Raises `EvaluationError` when none is left.
    """
    queries = [
        query
        for query in collection.queries
        if collection.relevant(query) and not query.is_original
    ]
    if not queries:
        raise EvaluationError(
            f"{collection.name} has no query with a relevant passage; "
            "add one to qrels.tsv."
        )
    Random(SEED).shuffle(queries)
    return queries[:MOST_QUERIES]


def held_out_documents(collection: Collection) -> frozenset[str]:
    """Every second of the documents, shuffled: those to measure confidence without."""
    documents = sorted({passage.doc for passage in collection.passages})
    Random(SEED).shuffle(documents)
    return frozenset(documents[::2])


@contextmanager
def temporary_corpus(
    passages: Iterable[CollectionPassage], *, titles: bool = True
) -> Iterator[Path]:
    """A folder with the passages as JSON Lines, which goes when the context ends.

    Without `titles` the passages' titles are left out.
    """
    with TemporaryDirectory() as folder:
        lines = (
            json.dumps(
                {
                    "id": passage.id,
                    "title": passage.title if titles else "",
                    "text": passage.text,
                }
            )
            for passage in passages
        )
        (Path(folder) / "passages.jsonl").write_text("\n".join(lines), "utf-8")
        yield Path(folder)
