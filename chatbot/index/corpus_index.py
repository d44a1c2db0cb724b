"""The opened index of a corpus: what the answering room asks.

Words and terms are numbered; a word that the corpus does not hold has a number too
when it is in the lists of everyday words, and its count is 0.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chatbot.index.document_frequency import inverse_document_frequency
from chatbot.index.generations import Generation
from chatbot.index.search import Columns
from chatbot.index.store import PassageStore
from chatbot.index.string_table import opened_table
from chatbot.language.acronyms import Acronym
from chatbot.language.spelling import Correction, SpellingVocabulary
from chatbot.language.terms import Analyzer

BACKGROUND_PASSAGES = 100
STEM_COST = 0.3
"""What a correction costs more that only the terms of the words speak for."""


class CorpusIndex:
    """Read-only and safe to share between threads.

    `store` holds documents and passages; `columns` the weights; `word_terms` int32 (W,)
    maps a word's number to its term's; `idf` float64 (V,) and `document_frequency`
    int32 (V,) are those of the terms.
    """

    def __init__(self, generation: Generation, analyzer: Analyzer) -> None:
        arrays = generation.arrays
        self.manifest = generation.manifest
        self.analyzer = analyzer
        self.store = PassageStore(arrays)
        self.columns = Columns.of(arrays, len(self.store))
        self.words = opened_table(arrays, "words")
        self.word_terms = arrays["word_terms"]
        self.terms = opened_table(arrays, "terms")
        self._term_words = arrays["term_words"]
        self.idf = arrays["term_idf"]
        self.document_frequency = arrays["term_document_frequency"]
        self._word_counts = arrays["word_counts"]
        self._synonym_offsets = arrays["synonym_offsets"]
        self._synonym_terms = arrays["synonym_terms"]
        self._acronyms = opened_table(arrays, "acronyms")

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.store)

    @property
    def held_terms(self) -> int:
        """The number of terms that occur in the corpus."""
        return int(np.count_nonzero(self.document_frequency))

    def rarity(self, document_frequency: NDArray[np.int32]) -> NDArray[np.float64]:
        """How much finding a term says, by its document frequency; any shape.

            log(1 + (N + B - df + 0.5) / (df + 0.5))

        The idf as if the corpus had B more passages without the term: in a corpus of a
        few passages the idf alone tells too little of which words matter.
        """
        passages = len(self) + BACKGROUND_PASSAGES
        return inverse_document_frequency(document_frequency, passages)

    def term_number(self, word: str) -> int | None:
        """The number of a word's term, or None when neither is known."""
        number = self.words.find(word)
        if number is not None:
            return int(self.word_terms[number])
        return self.terms.find(self.analyzer.term(word))

    def warm_up(self) -> None:
        """Load what words unknown to the corpus need: stemmer and vocabulary."""
        self.analyzer.term("word")
        self.corrections("unknown")

    def word_of(self, term: int) -> str:
        """The most frequent word of a term, to show it by."""
        return self.words[int(self._term_words[term])]

    def is_held(self, term: int) -> bool:
        """Whether any passage, or a heading above one, holds the term."""
        return bool(self.document_frequency[term])

    @cached_property
    def stop_terms(self) -> NDArray[np.int32]:
        """The terms of the stop words, ascending."""
        numbers = {self.words.find(word) for word in self.analyzer.stop_words}
        found = [number for number in numbers if number is not None]
        return np.unique(self.word_terms[found])

    def synonyms(self, term: int) -> list[int]:
        """The terms of the corpus that mean nearly the same as a term."""
        start, end = self._synonym_offsets[term : term + 2]
        return [int(number) for number in self._synonym_terms[start:end]]

    def corrections(self, word: str) -> list[Correction]:
        """Known words that a misspelt word may be, the most likely first.

        They are near the word itself, or have a term near the word's: one of several
        forms of a word may be typed that the corpus does not hold. Each has another
        term than those before it.
        """
        near = self._spelling_of_words.near(word)
        stem = self.analyzer.term(word)
        forms = []
        if len(stem) < len(word):
          forms = [
            Correction(self.word_of(number), STEM_COST + found.cost)
            for found in self._spelling_of_terms.near(stem, most_edits=1)
            if (number := self.terms.find(found.word)) is not None
        ]
        by_term: dict[int | None, Correction] = {}
        for correction in sorted((*near, *forms), key=lambda found: found.cost):
            by_term.setdefault(self.term_number(correction.word), correction)
        return list(by_term.values())

    def is_everyday(self, word: str) -> bool:
        """Whether a word is in the corpus or in the lists of everyday words."""
        return self.words.find(word) is not None

    @cached_property
    def acronyms(self) -> tuple[Acronym, ...]:
        """The short forms of the corpus with their long forms, sorted."""
        split = (line.split(" ") for line in self._acronyms)
        return tuple(Acronym(short, tuple(long)) for short, *long in split)

    @cached_property
    def long_forms(self) -> dict[int, list[tuple[int, ...]]]:
        """From the term of a short form to the terms of its long forms."""
        found: dict[int, list[tuple[int, ...]]] = defaultdict(list)
        for short, long in self._acronym_terms:
            found[short].append(long)
        return dict(found)

    @cached_property
    def short_forms(self) -> dict[tuple[int | None, ...], list[int]]:
        """From the terms of a long form to the terms of its short forms."""
        found: dict[tuple[int | None, ...], list[int]] = defaultdict(list)
        for short, long in self._acronym_terms:
            found[long].append(short)
        return dict(found)

    @cached_property
    def _acronym_terms(self) -> list[tuple[int, tuple[int, ...]]]:
        split = ((acronym.short, *acronym.long) for acronym in self.acronyms)
        numbered = ([self.words.find(word) for word in words] for words in split)
        terms = (
            [int(self.word_terms[number]) for number in row if number is not None]
            for row in numbered
        )
        return [(short, tuple(long)) for short, *long in terms]

    @cached_property
    def _spelling_of_words(self) -> SpellingVocabulary:
        return SpellingVocabulary(list(self.words), self._word_counts)

    @cached_property
    def _spelling_of_terms(self) -> SpellingVocabulary:
        counts = np.zeros(len(self.terms), dtype=np.int64)
        np.add.at(counts, self.word_terms, self._word_counts)
        return SpellingVocabulary(list(self.terms), counts)
