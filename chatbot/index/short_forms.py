"""Segments to the acronyms of a corpus: those beside their long forms, and initials."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from chatbot.index.segments import Segment
from chatbot.index.string_table import opened_table
from chatbot.index.vocabulary import Vocabulary
from chatbot.language.acronyms import (
    Acronym,
    acronyms_of_headings,
    opened_acronym,
    packed_acronym,
)
from chatbot.language.words import find_words

_BASE = np.uint64(1_000_003)
"""Of the polynomial by which runs of letters are compared, modulo 2 to the 64th."""


def acronym_lines(segments: Sequence[Segment], vocabulary: Vocabulary) -> list[str]:
    """The acronyms whose words all occur in their language, a line each, sorted.

    A line holds the language, the short form and the words of the long form.
    """
    lines = []
    for language, analyzer in enumerate(vocabulary.analyzers):
        for acronym in _mined(segments, analyzer.language, analyzer.stop_words):
            is_plural = not vocabulary.holds(acronym.short, language)
            whole = Acronym(acronym.short + "s" * is_plural, acronym.long)
            if all(vocabulary.holds(w, language) for w in (whole.short, *whole.long)):
                lines.append(f"{analyzer.language} {packed_acronym(whole)}")
    return lines


def _mined(
    segments: Sequence[Segment], language: str, stop_words: Collection[str]
) -> list[Acronym]:
    """The acronyms of the documents in one language."""
    found: set[Acronym] = set()
    capitals: set[str] = set()
    for segment in segments:
        for number in _documents_in(segment, language):
            own = opened_table(segment.arrays, "document_acronyms")[number]
            found.update(map(opened_acronym, filter(None, own.split("\n"))))
            own = opened_table(segment.arrays, "document_capitals")[number]
            capitals.update(filter(None, own.split("\n")))
    capitals -= {acronym.short for acronym in found}
    headings: set[tuple[str, ...]] = set()
    for segment in segments:
        headings.update(_titles(segment, language))
        headings.update(_headings_with(capitals, segment, language))
    found = {acronym for acronym in found if acronym.short not in stop_words}
    return sorted(found | acronyms_of_headings(capitals, headings, stop_words))


def _documents_in(segment: Segment, language: str) -> list[int]:
    """The numbers of a segment's documents in a language."""
    languages = list(opened_table(segment.arrays, "languages"))
    if language not in languages:
        return []
    rows = segment.documents
    own = segment.arrays["document_languages"][rows.start : rows.stop]
    found = rows.start + np.flatnonzero(own == languages.index(language))
    return [int(number) for number in found]


def _titles(segment: Segment, language: str) -> Iterator[tuple[str, ...]]:
    titles = opened_table(segment.arrays, "document_titles")
    for number in _documents_in(segment, language):
        yield tuple(find_words(titles[number]))


def _headings_with(
    capitals: Collection[str], segment: Segment, language: str
) -> Iterator[tuple[str, ...]]:
    """The words of headings in which neighbouring ones begin with the letters of any.

    A few others may come with them: letters are compared by a number they give.
    """
    documents = _documents_in(segment, language)
    if not documents or not capitals:
        return
    arrays, headings = segment.arrays, segment.rows["headings"]
    bounds = segment.offsets("heading_word_offsets")
    written = np.concatenate(list(segment.blocks("heading_words", "heading_words")))
    numbers = arrays["word_numbers"][written]
    owners = np.repeat(np.arange(len(headings)), np.diff(bounds))
    held, numbers = np.unique(numbers, return_inverse=True)
    words = list(opened_table(arrays, "words").take(held.astype(np.intp)))
    firsts = np.array([ord(word[0]) for word in words], dtype=np.uint64)
    letters = firsts[numbers]
    chosen = np.zeros(len(headings), dtype=bool)
    for length in {len(short) for short in capitals}:
        runs = len(letters) - length + 1
        if runs <= 0:
            continue
        wanted = [short for short in capitals if len(short) == length]
        codes = np.array([[ord(c) for c in short] for short in wanted], dtype=np.uint64)
        is_wanted = np.isin(
            _keys([letters[place : place + runs] for place in range(length)]),
            _keys(list(codes.T)),
        )
        within = owners[:runs] == owners[length - 1 :]
        chosen[owners[:runs][is_wanted & within]] = True
    of_document = arrays["document_heading_offsets"]
    for document in documents:
        start, end = (of_document[document : document + 2] - headings.start).tolist()
        for heading in (start + np.flatnonzero(chosen[start:end])).tolist():
            own = numbers[bounds[heading] : bounds[heading + 1]]
            yield tuple(words[number] for number in own.tolist())


def _keys(letters: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """A number for each run of letters: the values of polynomials, (runs,)."""
    keys = letters[0]
    for following in letters[1:]:
        keys = keys * _BASE + following
    return keys
