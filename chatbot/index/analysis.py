"""Documents to words: what of a document is counted and searched."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.documents.document import Document
from chatbot.language.acronyms import Acronym, find_acronyms, find_capitals
from chatbot.language.kinds import Kind, kinds_of
from chatbot.language.terms import Analyzer

Words = tuple[str, ...]
"""Words in plain form, in the order of the text."""


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document with its words and the kinds of answers that its sentences hold.

    `sentence_words` and `sentence_kinds` have one entry per sentence of its passages,
    in order; `heading_words` one per heading. `acronyms` stand beside their long forms
    in it; `capitals` are its words that may be short forms.
    """

    document: Document
    sentence_words: tuple[Words, ...]
    heading_words: tuple[Words, ...]
    sentence_kinds: tuple[Kind, ...]
    acronyms: frozenset[Acronym]
    capitals: frozenset[str]


def analyse(document: Document) -> AnalysedDocument:
    """Find the words of a document, what its sentences hold and its short forms."""
    text = document.text
    analyzer = Analyzer(document.language)
    kinds = kinds_of(document.language)
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
        sentence_kinds=tuple(
            kinds.held_in(text[start:end])
            for passage in document.passages
            for start, end in passage.sentences
        ),
        acronyms=frozenset(find_acronyms(text)),
        capitals=frozenset(find_capitals(text)),
    )
