"""The opened index of a corpus: what the answering room asks.

Words and terms are numbered, words by language; a word that the corpus does not hold
has a number too when it is in the lists of everyday words, and its count is 0.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import pairwise, starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.compounds import Compounds
from chatbot.index.corrections import Corrections
from chatbot.index.document_frequency import inverse_document_frequency
from chatbot.index.forward import ForwardIndex
from chatbot.index.generations import Generation
from chatbot.index.grams import GramTable
from chatbot.index.kernels import IndexKernels
from chatbot.index.lexicon import Lexicon
from chatbot.index.owner_synonyms import opened_rules
from chatbot.index.postings import Postings
from chatbot.index.store import PassageStore
from chatbot.index.string_table import opened_table
from chatbot.language.acronyms import Acronym
from chatbot.language.spelling import Correction
from chatbot.language.terms import Analyzer

BACKGROUND_PASSAGES = 100
REMEMBERED_FREQUENCIES = 4096


class CorpusIndex:
    """Read-only and safe to share between threads.

    It is asked in one language, whose `analyzer` it has: the one with the most passages
    unless `in_language_of` says otherwise.

    `generation` is what it was opened from, with its `folder` and `manifest`; `store`
    holds documents and passages; `kernels` the inner loops over these and the weights;
    `grams` the words' character n-grams. Of what is written for a word in documents and
    headings `written_terms`, int32, tells the term and `written_is_stop`, bool, whether
    it carries grammar; `idf` float64 (V,) and `document_frequency` int32 (V,) are those
    of the terms.
    """

    def __init__(self, generation: Generation) -> None:
        arrays = generation.arrays
        self.generation = generation
        self.folder = generation.folder
        self.manifest = generation.manifest
        self.arrays = arrays
        self.store = PassageStore(arrays)
        self._postings = Postings.of(arrays, self.store.order)
        self.kernels = IndexKernels(
            self._postings, ForwardIndex.of(arrays), generation.check
        )
        self.words = opened_table(arrays, "words")
        self.written_terms = arrays["written_terms"]
        self.written_is_stop = arrays["written_is_stop"]
        self.grams = GramTable(arrays)
        self.terms = opened_table(arrays, "terms")
        self._term_words = arrays["term_words"]
        self.idf = arrays["term_idf"]
        self.document_frequency = arrays["term_document_frequency"]
        self._word_counts = arrays["word_counts"]
        self._synonym_offsets = arrays["synonym_offsets"]
        self._synonym_terms = arrays["synonym_terms"]
        self._acronyms = opened_table(arrays, "acronyms")
        self._owner_synonyms = opened_table(arrays, "owner_synonyms")
        self._lexicons = self._all_lexicons(arrays)
        self._lexicon = self._lexicons[0]
        self._others: list[CorpusIndex] = []
        self._others = [self._asked_in(lexicon) for lexicon in self._lexicons[1:]]

    def _all_lexicons(self, arrays: Mapping[str, NDArray[Any]]) -> list[Lexicon]:
        """Those of the corpus's languages, the one with the most passages first."""
        own = list(starmap(range, pairwise(arrays["language_word_offsets"].tolist())))
        by_size = np.argsort(-self.store.passages_by_language(), kind="stable")
        return [
            Lexicon(
                number,
                Analyzer(self.store.languages[number]),
                own[number],
                self.words,
                arrays["word_terms"],
                self.terms,
            )
            for number in by_size.tolist()
        ]

    def _asked_in(self, lexicon: Lexicon) -> CorpusIndex:
        index = copy.copy(self)
        index._lexicon = lexicon
        return index

    @property
    def languages(self) -> list[str]:
        """The languages of the corpus, the one with the most passages first."""
        return [lexicon.analyzer.language for lexicon in self._lexicons]

    @property
    def analyzer(self) -> Analyzer:
        """That of the language that the index is asked in."""
        return self._lexicon.analyzer

    def in_language_of(self, text: str) -> CorpusIndex:
        """This index, asked in the language that knows the most words of a text.

        A language knows the words of its documents and of its lists. Of those that know
        as many it is the one with the most passages.
        """
        if not self._others:
            return self
        known = [lexicon.known_words(text) for lexicon in self._lexicons]
        return (self, *self._others)[known.index(max(known))]

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

    @cached_property
    def rarities(self) -> NDArray[np.float64]:
        """The rarity of every term, (V,)."""
        return self.rarity(self.document_frequency)

    def rarity_of(self, term: int) -> float:
        """The rarity of one term."""
        return self._rarity_by_frequency(self.document_frequency.item(term))

    @cached_property
    def highest_idf(self) -> float:
        """The idf of a term that no passage holds."""
        return float(inverse_document_frequency(np.zeros(1), len(self))[0])

    @property
    def highest_rarity(self) -> float:
        """That of a term which no passage holds."""
        return self._rarity_by_frequency(0)

    @cached_property
    def _rarity_by_frequency(self) -> Callable[[int], float]:
        def rarity(frequency: int) -> float:
            return float(self.rarity(np.array(frequency, dtype=np.int32)))

        return lru_cache(REMEMBERED_FREQUENCIES)(rarity)

    def term_number(self, word: str) -> int | None:
        """The number of a word's term in this language, or None when it has none."""
        return self._lexicon.term_number(word)

    def held_term(self, word: str) -> int | None:
        """The number of the term of a word that the corpus itself has, or None."""
        if not self._lexicon.holds(word):
            return None
        number = self.term_number(word)
        return number if number is not None and self.is_held(number) else None

    def other_terms(self, word: str) -> list[int]:
        """The terms that a word has in the other languages of the corpus, if held."""
        if len(self._lexicons) == 1:
            return []
        own = self.term_number(word)
        others = dict.fromkeys(lexicon.term_number(word) for lexicon in self._lexicons)
        return [n for n in others if n not in (None, own) and self.is_held(n)]

    @property
    def is_sound(self) -> bool:
        """Whether nothing of it is known to be damaged."""
        return self.generation.is_sound

    def check(self) -> None:
        """Compare all of it with what was written; see `Generation.check`."""
        self.generation.check()

    def warm_up(self) -> None:
        """Load what later questions need: compiled loops, the vocabulary in memory.

        Raises `IndexStorageError` when the index is damaged.
        """
        self.check()
        self.kernels.load()
        self.corrections("unknown")

    def word_of(self, term: int) -> str:
        """The most frequent word of a term, to show it by."""
        return self.words[int(self._term_words[term])]

    def is_held(self, term: int) -> bool:
        """Whether any passage, or a heading above one, holds the term."""
        return bool(self.document_frequency.item(term))

    @cached_property
    def stop_terms(self) -> frozenset[int]:
        """The terms of the stop words of all the corpus's languages."""
        return frozenset().union(*(own.stop_terms() for own in self._lexicons))

    def synonyms(self, term: int) -> list[int]:
        """The terms of the corpus that mean nearly the same in this language."""
        offsets = self._synonym_offsets
        row = self._lexicon.number * len(self.terms) + term
        start, end = offsets.item(row), offsets.item(row + 1)
        return list(map(int, self._synonym_terms[start:end])) if start < end else []

    def corrections(self, word: str) -> list[Correction]:
        """Words of this language that another may be misspelt for, likeliest first."""
        return self._corrections.of(word)

    @cached_property
    def owner_synonyms(self) -> dict[tuple[int, ...], list[tuple[int, ...]]]:
        """From the terms of a phrase to those that the owner has it searched for by."""
        rules = opened_rules(self._owner_synonyms, self.term_number)
        held = (
            (source, [t for t in targets if all(map(self.is_held, t))])
            for source, targets in rules.items()
        )
        return {source: targets for source, targets in held if targets}

    @cached_property
    def compounds(self) -> Compounds:
        """How the corpus writes what may be one word or two."""
        return Compounds(self._lexicon, self._postings, self.kernels)

    def is_everyday(self, word: str) -> bool:
        """Whether a word is in the corpus or in the lists of everyday words."""
        return any(lexicon.holds(word) for lexicon in self._lexicons)

    @cached_property
    def acronyms(self) -> tuple[Acronym, ...]:
        """The short forms of the corpus with their long forms, sorted by language."""
        return tuple(acronym for _, acronym in self._acronyms_by_language())

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
    def first_terms_of_long_forms(self) -> frozenset[int | None]:
        """The terms that long forms begin with."""
        return frozenset(terms[0] for terms in self.short_forms)

    def written(self, terms: tuple[int, ...]) -> str:
        """Terms as words to show: a long form as a document has it."""
        return self._written_long_forms.get(terms) or " ".join(map(self.word_of, terms))

    @cached_property
    def _written_long_forms(self) -> dict[tuple[int, ...], str]:
        longs = (" ".join(acronym.long) for acronym in self.acronyms)
        return {
            terms: long
            for (_, terms), long in zip(self._acronym_terms, longs, strict=True)
        }

    @cached_property
    def _acronym_terms(self) -> list[tuple[int, tuple[int, ...]]]:
        lexicons = {lexicon.analyzer.language: lexicon for lexicon in self._lexicons}
        numbered = (
            map(lexicons[language].term_number, (acronym.short, *acronym.long))
            for language, acronym in self._acronyms_by_language()
        )
        terms = ([term for term in row if term is not None] for row in numbered)
        return [(short, tuple(long)) for short, *long in terms]

    def _acronyms_by_language(self) -> Iterator[tuple[str, Acronym]]:
        for line in self._acronyms:
            language, short, *long = line.split(" ")
            yield language, Acronym(short, tuple(long))

    @cached_property
    def _corrections(self) -> Corrections:
        return Corrections(self._lexicon, self._word_counts, self.word_of)
