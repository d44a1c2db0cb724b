"""A word of a question: its term, and what counts in its place.

Every word of the question becomes one `Concept`: its own term, or that of the word it
was misspelt for, and the alternatives that count in its place when a passage holds them
instead: synonyms, the long form of an acronym, or the acronym of a long form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatbot.index.corpus_index import CorpusIndex

STOP_WORD_WEIGHT = 0.25
STOP_WORD_IMPORTANCE = 0.5
WEAK_WORD_WEIGHT = 0.5
SYNONYM_STRENGTH = 0.3
SYNONYM_CREDIT = 0.6
SAME_MEANING_STRENGTH = 0.9


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms that stand in for a concept when a passage holds all of them.

    `words` is how to show them. Compared to the word itself, `strength` (0 to 1) is
    what they add to a passage's score and `credit` (0 to 1) how far they hold it.
    """

    terms: tuple[int, ...]
    words: str
    strength: float
    credit: float


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of the question.

    `term` is the number of its term, or of that of the word it was misspelt for, which
    is `corrected`; None when the corpus does not hold it. `strength` is what finding
    the term is worth, less than 1 for a corrected word. `weight` is 1 for a word that
    carries the topic, less for a weak word, a stop word or one taken over from an
    earlier question, and 0 for a stop word that the corpus does not hold. `rarity` is
    that of what it is searched by.
    """

    word: str
    term: int | None
    weight: float
    rarity: float
    alternatives: tuple[Alternative, ...] = ()
    strength: float = 1.0
    corrected: str = ""
    is_stop_word: bool = False

    @property
    def carries_topic(self) -> bool:
        """Whether the word says what the question is about."""
        return not self.is_stop_word

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
        """How much of the question is found with it: its weight times its rarity.

        Stop words help to find a passage more than they tell whether it is the right
        one, and count less here.
        """
        share = STOP_WORD_IMPORTANCE if self.is_stop_word else 1.0
        return share * self.weight * self.rarity


def concept_of(word: str, index: CorpusIndex, weight: float) -> Concept:
    """The concept of a word as it is written; `weight` is that of a content word."""
    number = index.term_number(word)
    held = number if number is not None and index.is_held(number) else None
    if word in index.analyzer.stop_words:
        synonyms = _synonyms(number, index) if number is not None else ()
        rarity = rarity_of(held, synonyms, index)
        weight *= STOP_WORD_WEIGHT if held is not None or synonyms else 0.0
        return Concept(word, held, weight, rarity, synonyms, is_stop_word=True)
    if word in index.analyzer.weak_words:
        weight *= WEAK_WORD_WEIGHT
    expansions = _expansions(number, index) if number is not None else ()
    expansions = (*_in_other_languages(word, index), *expansions)
    return Concept(word, held, weight, rarity_of(held, expansions, index), expansions)


def _expansions(term: int, index: CorpusIndex) -> tuple[Alternative, ...]:
    """Synonyms of a term, and its long forms when it is an acronym."""
    long_forms = index.long_forms.get(term, ())
    return (
        *_synonyms(term, index),
        *(whole_alternative(terms, index) for terms in long_forms),
    )


def _in_other_languages(word: str, index: CorpusIndex) -> tuple[Alternative, ...]:
    """The same word as documents in other languages have it under another term."""
    return tuple(Alternative((n,), word, 1.0, 1.0) for n in index.other_terms(word))


def _synonyms(term: int, index: CorpusIndex) -> tuple[Alternative, ...]:
    return tuple(
        Alternative((other,), index.word_of(other), SYNONYM_STRENGTH, SYNONYM_CREDIT)
        for other in index.synonyms(term)
    )


def whole_alternative(terms: tuple[int, ...], index: CorpusIndex) -> Alternative:
    """Terms that say the same: an acronym, a long form, words split or joined."""
    return Alternative(
        terms, index.written(terms), SAME_MEANING_STRENGTH, SAME_MEANING_STRENGTH
    )


def rarity_of(
    own: int | None, alternatives: Iterable[Alternative], index: CorpusIndex
) -> float:
    """The rarity of the term itself, else of the rarest alternative, else the most."""
    if own is not None:
        return index.rarity_of(own)
    means = [
        sum(map(index.rarity_of, alternative.terms)) / len(alternative.terms)
        for alternative in alternatives
    ]
    return max(means, default=index.highest_rarity)
