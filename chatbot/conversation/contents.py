"""What a corpus holds, in short: its first documents with their first headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from chatbot.documents.document import Heading
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.store import PassageStore

_STRETCHES_LOOKED_AT = 2000
"""So many stretches of passages under one heading are looked at in a document."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A document and the first of its headings that text stands under."""

    source: str
    title: str
    headings: tuple[Heading, ...]


def contents(index: CorpusIndex, documents: int, headings: int) -> tuple[Contents, ...]:
    """The first documents in corpus order, each with at most so many headings."""
    store = index.store
    return tuple(
        Contents(
            store.sources[number],
            store.document_titles[number],
            tuple(_first_headings(number, store, headings)),
        )
        for number in store.documents[:documents]
    )


def _first_headings(
    document: int, store: PassageStore, headings: int
) -> Iterator[Heading]:
    """The first headings of a document that text stands under."""
    own = store.passages_of(document)
    under = store.passage_headings[own.start : own.stop]
    firsts = np.flatnonzero(np.diff(under, prepend=-1))[:_STRETCHES_LOOKED_AT]
    numbers = (n for n in dict.fromkeys(under[firsts].tolist()) if n >= 0)
    return map(store.heading, islice(numbers, headings))
