"""What a corpus holds, in short: its first documents with their first headings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from chatbot.documents.document import Heading
from chatbot.index.corpus_index import CorpusIndex

_STRETCHES_LOOKED_AT = 2000
"""Stretches of passages under one heading; those of later documents are not listed."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A document and the first of its headings that text stands under."""

    source: str
    title: str
    headings: tuple[Heading, ...]


def contents(index: CorpusIndex, documents: int, headings: int) -> tuple[Contents, ...]:
    """The first documents in corpus order, each with at most so many headings."""
    store = index.store
    under = store.passage_headings
    first_passages = np.flatnonzero(np.diff(under, prepend=-1))[:_STRETCHES_LOOKED_AT]
    found: defaultdict[int, dict[int, Heading]] = defaultdict(dict)
    for passage in first_passages.tolist():
        document, heading = store.document_of(passage), int(under[passage])
        if document >= documents:
            break
        if heading >= 0 and len(found[document]) < headings:
            found[document].setdefault(heading, store.heading(heading))
    return tuple(
        Contents(
            store.sources[number],
            store.document_titles[number],
            tuple(found[number].values()),
        )
        for number in range(min(documents, len(store.sources)))
    )
