"""The systems that this bot is measured beside, each at its best settings.

They index title and text as one, keep no text, and give the numbers of passages.
"""

from __future__ import annotations

import pickle
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from benchmarks.speed.corpora import indexed_texts
from benchmarks.speed.systems import HITS, System

BUILDING_BYTES = 500_000_000
"""Memory that tantivy's writer has."""

MAPPED_BYTES = 2**36
"""SQLite maps so much of a database into memory."""


class Bm25s(System):
    """bm25s with its numba backend, and Snowball's stemmer; drops stop words."""

    modules: ClassVar[Mapping[str, str]] = {
        "bm25s": "bm25s",
        "numba": "numba",
        "Stemmer": "PyStemmer",
    }

    def __init__(self) -> None:
        import bm25s
        import Stemmer

        self._bm25s = bm25s
        self._stemmer = Stemmer.Stemmer("english")

    def build(self, corpus: Path, index: Path) -> None:
        tokens = self._bm25s.tokenize(
            list(indexed_texts(corpus)),
            stopwords="en",
            stemmer=self._stemmer,
            show_progress=False,
        )
        retriever = self._bm25s.BM25(backend="numba")
        retriever.index(tokens, show_progress=False)
        retriever.save(str(index), show_progress=False)

    def open(self, corpus: Path, index: Path) -> None:
        self._retriever = self._bm25s.BM25.load(str(index), show_progress=False)
        self._hits = min(HITS, self._retriever.scores["num_docs"])

    def search(self, question: str) -> list[int]:
        tokens = self._bm25s.tokenize(
            question,
            stopwords="en",
            stemmer=self._stemmer,
            return_ids=False,
            show_progress=False,
        )
        if not tokens[0]:
            return []
        places, scores = self._retriever.retrieve(
            tokens, k=self._hits, show_progress=False
        )
        found: list[int] = places[0][scores[0] > 0].tolist()
        return found


class Tantivy(System):
    """tantivy with its English stemmer, frequencies without positions.

    Each thread that builds leaves a segment of its own, which a search has to merge.
    """

    modules: ClassVar[Mapping[str, str]] = {"tantivy": "tantivy"}
    threads = 2

    def __init__(self) -> None:
        import tantivy

        self._tantivy = tantivy

    def build(self, corpus: Path, index: Path) -> None:
        schema = (
            self._tantivy.SchemaBuilder()
            .add_text_field("text", tokenizer_name="en_stem", index_option="freq")
            .add_integer_field("number", fast=True)
            .build()
        )
        writer = self._tantivy.Index(schema, path=str(index)).writer(
            BUILDING_BYTES, self.threads
        )
        for number, text in enumerate(indexed_texts(corpus)):
            writer.add_document(self._tantivy.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, corpus: Path, index: Path) -> None:
        self._index = self._tantivy.Index.open(str(index))
        self._searcher = self._index.searcher()

    def search(self, question: str) -> list[int]:
        words = " ".join(re.findall(r"\w+", question.lower()))
        query = self._index.parse_query(words, ["text"])
        hits = self._searcher.search(query, HITS, count=False).hits
        addresses = [address for _, address in hits]
        numbers: Any = self._searcher.fast_field_values("number", addresses)
        return list(numbers)


class TantivyOneThread(Tantivy):
    """tantivy built by one thread: a single segment, which is searched faster."""

    threads = 1


class SqliteFts5(System):
    """SQLite's FTS5 with its Porter stemmer, merged into one segment, no text kept."""

    _FILE = "passages.sqlite"

    @classmethod
    def versions(cls) -> dict[str, str]:
        return {"SQLite": sqlite3.sqlite_version}

    def build(self, corpus: Path, index: Path) -> None:
        connection = sqlite3.connect(index / self._FILE)
        connection.executescript(
            "pragma journal_mode = off; pragma synchronous = off;"
            "create virtual table passages using "
            "fts5(text, content='', tokenize='porter unicode61');"
        )
        connection.executemany(
            "insert into passages (rowid, text) values (?, ?)",
            enumerate(indexed_texts(corpus)),
        )
        connection.execute("insert into passages (passages) values ('optimize')")
        connection.commit()
        connection.close()

    def open(self, corpus: Path, index: Path) -> None:
        self._connection = sqlite3.connect(index / self._FILE)
        self._connection.execute(f"pragma mmap_size = {MAPPED_BYTES}")

    def search(self, question: str) -> list[int]:
        words = re.findall(r"\w+", question.lower())
        rows = self._connection.execute(
            "select rowid from passages where passages match ? order by bm25(passages) "
            "limit ?",
            (" OR ".join(f'"{word}"' for word in words), HITS),
        )
        return [number for (number,) in rows]


class ScikitLearn(System):
    """scikit-learn's TF-IDF: the product of all passages with the question."""

    modules: ClassVar[Mapping[str, str]] = {"sklearn": "scikit-learn", "scipy": "scipy"}
    _VECTORIZER, _PASSAGES = "vectorizer.pickle", "passages.npz"

    def __init__(self) -> None:
        import numpy
        import scipy.sparse
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._numpy = numpy
        self._sparse = scipy.sparse
        self._vectorizer = TfidfVectorizer(dtype=numpy.float32)

    def build(self, corpus: Path, index: Path) -> None:
        passages = self._vectorizer.fit_transform(indexed_texts(corpus))
        self._sparse.save_npz(index / self._PASSAGES, passages, compressed=False)
        (index / self._VECTORIZER).write_bytes(pickle.dumps(self._vectorizer))

    def open(self, corpus: Path, index: Path) -> None:
        self._vectorizer = pickle.loads((index / self._VECTORIZER).read_bytes())
        self._passages = self._sparse.load_npz(index / self._PASSAGES)

    def search(self, question: str) -> list[int]:
        asked = self._vectorizer.transform([question])
        scores = self._passages @ asked.toarray().ravel()
        hits = min(HITS, len(scores))
        best = self._numpy.argpartition(-scores, hits - 1)[:hits]
        best = best[self._numpy.argsort(-scores[best], kind="stable")]
        found: list[int] = best[scores[best] > 0].tolist()
        return found
