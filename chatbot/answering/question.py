"""A question to weighted terms: what is searched for, and what stands in for what.

Every word of the question becomes one `Concept`: its own term, and the alternatives
that count in its place when a passage holds them instead: the word it was misspelt
for, synonyms, the long form of an acronym, or the acronym of a long form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from chatbot.index.corpus_index import CorpusIndex

STOP_WORD_WEIGHT = 0.25
SYNONYM_STRENGTH = 0.3
SYNONYM_CREDIT = 0.6
ACRONYM_STRENGTH = 0.9
CORRECTION_STRENGTH = 0.8
_LONGEST_FORM = 8
"""Words of the longest long form of an acronym that is looked for."""
_MAX_WORDS = 400
"""Words of a question after this many are left out."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms that stand in for a concept when a passage holds all of them.

    `strength` (0 to 1) is what they are worth compared to the word itself; `words` is
    how to show them.
    """

    terms: tuple[int, ...]
    strength: float
    words: str
    credit: float


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of the question.

    `term` is the number of its term, or of that of the word it was misspelt for, which
    is `corrected`; None when the corpus does not hold it. `strength` is what finding
    the term is worth, less than 1 for a corrected word. `weight` is 1 for a word that
    carries the topic, less for a stop word or one taken over from an earlier question,
    and 0 for a stop word that the corpus does not hold.
    `rarity` is that of what it is searched by.
    """

    word: str
    term: int | None
    weight: float
    rarity: float
    alternatives: tuple[Alternative, ...] = ()
    strength: float = 1.0
    corrected: str = ""

    @property
    def carries_topic(self) -> bool:
        """Whether a word of the message is more than a stop word."""
        return self.weight > STOP_WORD_WEIGHT

    @property
    def searched_word(self) -> str:
        """The word that is searched for: itself, or the one it was misspelt for."""
        return self.corrected or self.word

    @property
    def is_unknown(self) -> bool:
        """Whether the corpus has neither the word nor anything that stands for it."""
        return self.carries_topic and self.term is None and not self.alternatives

    @property
    def importance(self) -> float:
        """Weight times rarity: how much of the question is found with it."""
        return self.weight * self.rarity


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands on its own, ready to be searched for.

    `concepts` are in the order of the text, those taken over from earlier questions
    last; `asked` of them are the message's own.
    """

    text: str
    concepts: tuple[Concept, ...]
    asked: int

    @property
    def own(self) -> Question:
        """The question without what was taken over, if that leaves a topic."""
        own = replace(self, concepts=self.concepts[: self.asked])
        return own if own.names_topic else self

    @property
    def names_topic(self) -> bool:
        """Whether any of it is more than a stop word; what was taken over always is."""
        asked = self.concepts[: self.asked]
        return len(self.concepts) > self.asked or any(c.carries_topic for c in asked)

    @property
    def weights(self) -> dict[int, float]:
        """The weight of each term that is searched for; repeated words add up."""
        weights: dict[int, float] = defaultdict(float)
        for concept in self.concepts:
            if concept.term is not None:
                weights[concept.term] += concept.weight * concept.strength
            for alternative in concept.alternatives:
                share = concept.weight * alternative.strength / len(alternative.terms)
                for term in alternative.terms:
                    weights[term] += share
        return dict(weights)


def read_question(
    text: str, index: CorpusIndex, carried: Sequence[tuple[str, float]] = ()
) -> Question:
    """Read a question against the corpus that it is asked of.

    `carried` are words of earlier questions with the weight (0 to 1) they still have.
    """
    words = index.analyzer.words(text)[:_MAX_WORDS]
    asked = [_concept(word, index, 1.0) for word in words]
    asked = _with_short_forms(asked, index)
    taken_over = [_concept(word, index, weight) for word, weight in carried]
    taken_over = _with_short_forms(taken_over, index)
    return Question(text, (*asked, *taken_over), len(asked))


def is_stop_word(word: str, index: CorpusIndex) -> bool:
    """Whether a word carries grammar rather than a topic."""
    return word in index.analyzer.stop_words


def _concept(word: str, index: CorpusIndex, weight: float) -> Concept:
    number = index.term_number(word)
    if is_stop_word(word, index):
        if number is None or not index.is_held(number):
            return Concept(word, None, 0.0, 0.0)
        rarity = _rarity(number, (), index)
        return Concept(word, number, weight * STOP_WORD_WEIGHT, rarity)
    if number is not None and index.is_held(number):
        alternatives = _expansions(number, index)
        return Concept(word, number, weight, _rarity(number, (), index), alternatives)
    alternatives = _expansions(number, index) if number is not None else ()
    if not alternatives and not index.is_everyday(word):
        corrected = index.corrected(word)
        term = index.term_number(corrected) if corrected else None
        if corrected and term is not None:
            alternatives = _expansions(term, index)
            rarity = _rarity(term, (), index)
            strength = CORRECTION_STRENGTH
            return Concept(
                word, term, weight, rarity, alternatives, strength, corrected
            )
    return Concept(word, None, weight, _rarity(None, alternatives, index), alternatives)


def _expansions(term: int, index: CorpusIndex) -> tuple[Alternative, ...]:
    """Synonyms of a term, and its long forms when it is an acronym."""
    synonyms = (
        Alternative(
            (synonym,), SYNONYM_STRENGTH, index.word_of(synonym), SYNONYM_CREDIT
        )
        for synonym in index.synonyms(term)
    )
    long_forms = (
        Alternative(
            terms,
            ACRONYM_STRENGTH,
            " ".join(map(index.word_of, terms)),
            ACRONYM_STRENGTH,
        )
        for terms in index.long_forms.get(term, ())
    )
    return (*synonyms, *long_forms)


def _with_short_forms(concepts: Sequence[Concept], index: CorpusIndex) -> list[Concept]:
    """The concepts, those that spell out a long form with its acronym beside them."""
    found = list(concepts)
    terms = [concept.term for concept in concepts]
    for start in range(len(terms)):
        for end in range(start + 2, min(len(terms), start + _LONGEST_FORM) + 1):
            shorts = index.short_forms.get(tuple(terms[start:end]))
            if not shorts:
                continue
            added = tuple(
                Alternative(
                    (short,), ACRONYM_STRENGTH, index.word_of(short), ACRONYM_STRENGTH
                )
                for short in shorts
            )
            for place in range(start, end):
                alternatives = found[place].alternatives + added
                found[place] = replace(found[place], alternatives=alternatives)
    return found


def _rarity(
    own: int | None, alternatives: Iterable[Alternative], index: CorpusIndex
) -> float:
    """The rarity of the term itself, else of the rarest alternative, else the most."""
    frequency = index.document_frequency
    if own is not None:
        return float(index.rarity(frequency[own]))
    means = [
        float(index.rarity(frequency[list(alternative.terms)]).mean())
        for alternative in alternatives
    ]
    return max(means, default=float(index.rarity(np.zeros(1, dtype=np.int32))[0]))


def adjacent_terms(question: Question) -> list[tuple[int, int]]:
    """Pairs of terms that stand next to each other in the question."""
    asked = question.concepts[: question.asked]
    return [
        (first.term, second.term)
        for first, second in pairwise(asked)
        if first.term is not None and second.term is not None
    ]
