"""Documents to words: what of a document is counted and searched."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.documents.document import Document
from chatbot.language.terms import Analyzer

Words = tuple[str, ...]
"""Words in plain form, in the order of the text."""


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document with its words.

    `sentence_words` has one entry per sentence of its passages, in order;
    `heading_words` one per heading.
    """

    document: Document
    sentence_words: tuple[Words, ...]
    heading_words: tuple[Words, ...]


def analyse(document: Document) -> AnalysedDocument:
    """Find the words of every sentence and heading of a document."""
    text = document.text
    analyzer = Analyzer(document.language)
    return AnalysedDocument(
        document,
        sentence_words=tuple(
            tuple(analyzer.words(text[start:end]))
            for passage in document.passages
            for start, end in passage.sentences
        ),
        heading_words=tuple(
            tuple(analyzer.words(heading.text)) for heading in document.headings
        ),
    )
