"""Documents to words: what of a document is counted and searched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.documents.document import Document
from chatbot.documents.passage_columns import PassageColumns
from chatbot.language.acronyms import Acronym, find_acronyms, find_capitals
from chatbot.language.kinds import kinds_of
from chatbot.language.kinds_in_bulk import kinds_in_bulk
from chatbot.language.terms import Analyzer
from chatbot.language.words_in_bulk import (
    BulkWords,
    new_numbers,
    words_in_bulk,
    words_of_each,
)


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document with its words and the kinds of answers that its sentences hold.

    `words` are its words in plain form, by number; `sentences` those of each of its S
    sentences and `headings` those of each of its headings, in the order of the text.
    `sentence_kinds`: uint16 (S,). `acronyms` stand beside their long forms in it;
    `capitals` are its words that may be short forms.
    """

    document: Document
    passages: PassageColumns
    words: tuple[str, ...]
    sentences: BulkWords
    headings: BulkWords
    sentence_kinds: NDArray[np.uint16]
    acronyms: frozenset[Acronym]
    capitals: frozenset[str]


def analyse(document: Document) -> AnalysedDocument:
    """Find the words of a document, what its sentences hold and its short forms."""
    text, numbers = document.text, new_numbers()
    form = Analyzer(document.language).form
    passages = PassageColumns.of(document)
    spans = passages.sentence_spans
    sentences = words_in_bulk(text, spans, form, numbers)
    kinds = kinds_in_bulk(text, spans, sentences, numbers, kinds_of(document.language))
    headings = words_of_each([h.text for h in document.headings], form, numbers)
    return AnalysedDocument(
        document,
        passages,
        tuple(numbers),
        sentences,
        headings,
        kinds,
        acronyms=frozenset(find_acronyms(text)),
        capitals=frozenset(find_capitals(text)),
    )
