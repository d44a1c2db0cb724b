"""A question to weighted terms: what is searched for, and what stands in for what.

Every word of the question becomes one `Concept`: its own term, or that of the word it
was misspelt for, and the alternatives that count in its place when a passage holds them
instead: synonyms, the long form of an acronym, or the acronym of a long form.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.spelling import Correction
from chatbot.language.unspaced import pair_of_characters

STOP_WORD_WEIGHT = 0.25
STOP_WORD_IMPORTANCE = 0.5
SYNONYM_STRENGTH = 0.3
SYNONYM_CREDIT = 0.6
SAME_MEANING_STRENGTH = 0.9
MISTAKE_DOUBT = 1.2
JOINED_FORM_STRENGTH = 0.1
"""That of a joined form whose parts the corpus holds too: they are searched for."""
OTHER_READING_STRENGTH = 0.8
_MOST_OTHER_READINGS = 2
"""Words besides the likeliest that a misspelt word is searched for by."""
_NEARLY_AS_LIKELY = 0.3
"""What such a word may cost more than the likeliest."""
_LONGEST_FORM = 8
"""Words of the longest long form of an acronym that is looked for."""
_LONGEST_SHORT_FORM = 6
"""Letters of the longest word whose plural is told by its last letter alone."""
_SHORTEST_PART = 2
"""Letters of the shortest of two words that may be written as one."""
_MOST_CORRECTIONS = 8
"""Unknown words of a question after this many are left as they are."""
_MAX_WORDS = 400
"""Words of a question after this many are left out."""


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
    carries the topic, less for a stop word or one taken over from an earlier question,
    and 0 for a stop word that the corpus does not hold. `rarity` is that of what it is
    searched by.
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
    """Read a question, in its own language, against the corpus that it is asked of.

    `carried` are words of earlier questions with the weight (0 to 1) they still have.
    """
    index = index.in_language_of(text)
    words = index.analyzer.words(text)[:_MAX_WORDS]
    asked = _read_words([(word, 1.0) for word in words], index)
    return Question(text, (*asked, *_read_words(carried, index)), len(asked))


def _read_words(
    words: Sequence[tuple[str, float]], index: CorpusIndex
) -> list[Concept]:
    concepts = [_concept(word, index, weight) for word, weight in words]
    concepts = [_of_other_number(concept, index) for concept in concepts]
    concepts = _without_seams(concepts, index)
    concepts = _with_split_forms(_with_joined_forms(concepts, index), index)
    concepts = _with_short_forms(_with_corrections(concepts, index), index)
    return _with_owner_synonyms(concepts, index)


def _concept(word: str, index: CorpusIndex, weight: float) -> Concept:
    number = index.term_number(word)
    held = number if number is not None and index.is_held(number) else None
    if word in index.analyzer.stop_words:
        synonyms = _synonyms(number, index) if number is not None else ()
        rarity = _rarity(held, synonyms, index)
        weight *= STOP_WORD_WEIGHT if held is not None or synonyms else 0.0
        return Concept(word, held, weight, rarity, synonyms, is_stop_word=True)
    expansions = _expansions(number, index) if number is not None else ()
    expansions = (*_in_other_languages(word, index), *expansions)
    return Concept(word, held, weight, _rarity(held, expansions, index), expansions)


def _of_other_number(concept: Concept, index: CorpusIndex) -> Concept:
    """The concept of an unknown word, or of its plural or singular if that is known.

    Stemmers know the number of words, but not that of capitals ("KPIs" and "KPI").
    """
    word = concept.word
    if not concept.is_unknown or not _SHORTEST_PART <= len(word) <= _LONGEST_SHORT_FORM:
        return concept
    other = word.removesuffix("s") if word.endswith("s") else word + "s"
    if index.held_term(other) is None:
        return concept
    return replace(_concept(other, index, concept.weight), word=word)


def _with_joined_forms(
    concepts: Sequence[Concept], index: CorpusIndex
) -> list[Concept]:
    """The concepts, two that the corpus writes as one word with that beside them.

    A stop word is only the second of two: "start up" is like "startup", but "the
    rapist" not like "therapist".
    """
    found = list(concepts)
    for place, (first, second) in enumerate(pairwise(concepts)):
        shorter = min(len(first.word), len(second.word))
        if first.is_stop_word or shorter < _SHORTEST_PART:
            continue
        joined = index.held_term(first.word + second.word)
        if joined is not None and index.compounds.is_rather_joined(
            joined, first.term, second.term
        ):
            added = _whole_alternative((joined,), index)
            if first.term is not None and second.term is not None:
                added = replace(added, strength=JOINED_FORM_STRENGTH)
            for part in (place, place + 1):
                alternatives = (*found[part].alternatives, added)
                found[part] = replace(found[part], alternatives=alternatives)
    return found


def _with_split_forms(concepts: Sequence[Concept], index: CorpusIndex) -> list[Concept]:
    """The concepts, words not in the corpus with the two that it writes instead."""
    found = list(concepts)
    absent = [i for i, c in enumerate(found) if c.term is None and c.carries_topic]
    for place in absent[:_MOST_CORRECTIONS]:
        concept = found[place]
        splits = index.compounds.split_in_two(concept.word)
        if splits:
            added = (_whole_alternative(terms, index) for terms in splits)
            alternatives = (*concept.alternatives, *added)
            rarity = _rarity(None, alternatives, index)
            found[place] = replace(concept, alternatives=alternatives, rarity=rarity)
    return found


def _without_seams(concepts: list[Concept], index: CorpusIndex) -> list[Concept]:
    """The concepts, those that are but the seam of two words weighing nothing.

    In Chinese, say, a word is a pair of characters, and so is the end of one word with
    the beginning of the next. An unknown pair is such a seam when each character of it
    is a stop word or stands in a known pair as well.
    """
    pairs = [(concept, pair_of_characters(concept.word)) for concept in concepts]
    if not any(pair for _, pair in pairs):
        return concepts
    known = [pair for concept, pair in pairs if pair and not concept.is_unknown]
    stop_words = index.analyzer.stop_words
    ends = {pair[1] for pair in known} | stop_words
    starts = {pair[0] for pair in known} | stop_words
    return [
        replace(concept, weight=0.0)
        if concept.is_unknown and pair and pair[0] in ends and pair[1] in starts
        else concept
        for concept, pair in pairs
    ]


def _with_corrections(concepts: Sequence[Concept], index: CorpusIndex) -> list[Concept]:
    """The concepts, those of unknown words with the word they were misspelt for."""
    found = list(concepts)
    unknown = [place for place, concept in enumerate(found) if concept.is_unknown]
    for place in unknown[:_MOST_CORRECTIONS]:
        if not index.is_everyday(found[place].word):
            found[place] = _corrected(found[place], index)
    return found


def _corrected(concept: Concept, index: CorpusIndex) -> Concept:
    """The concept of the word that an unknown one was most likely misspelt for.

    Words that are nearly as likely become alternatives. The concept itself when no
    word is near or the most likely one is as unknown. A name is easily one letter from
    a stop word: one of those is meant only when nothing but letters are missing.
    """
    corrections = index.corrections(concept.word)
    if not corrections:
        return concept
    likeliest, *others = corrections
    meant = _concept(likeliest.word, index, concept.weight)
    if meant.is_unknown:
        return concept
    if meant.is_stop_word and Counter(concept.word) - Counter(meant.word):
        return concept
    readings = [
        _other_reading(concept.word, other, index)
        for other in others[:_MOST_OTHER_READINGS]
        if other.cost < likeliest.cost + _NEARLY_AS_LIKELY
    ]
    return replace(
        meant,
        word=concept.word,
        alternatives=(*meant.alternatives, *filter(None, readings)),
        strength=_likelihood(concept.word, likeliest),
        corrected=likeliest.word,
    )


def _other_reading(
    word: str, correction: Correction, index: CorpusIndex
) -> Alternative | None:
    term = index.term_number(correction.word)
    if term is None or not index.is_held(term):
        return None
    strength = OTHER_READING_STRENGTH * _likelihood(word, correction)
    return Alternative((term,), correction.word, strength, strength)


def _likelihood(word: str, correction: Correction) -> float:
    """How sure it is what was meant: the less, the more of its letters are wrong."""
    return min(1.0, max(0.0, 1 - MISTAKE_DOUBT * correction.cost / len(word)))


def _expansions(term: int, index: CorpusIndex) -> tuple[Alternative, ...]:
    """Synonyms of a term, and its long forms when it is an acronym."""
    long_forms = index.long_forms.get(term, ())
    return (
        *_synonyms(term, index),
        *(_whole_alternative(terms, index) for terms in long_forms),
    )


def _in_other_languages(word: str, index: CorpusIndex) -> tuple[Alternative, ...]:
    """The same word as documents in other languages have it under another term."""
    return tuple(Alternative((n,), word, 1.0, 1.0) for n in index.other_terms(word))


def _synonyms(term: int, index: CorpusIndex) -> tuple[Alternative, ...]:
    return tuple(
        Alternative((other,), index.word_of(other), SYNONYM_STRENGTH, SYNONYM_CREDIT)
        for other in index.synonyms(term)
    )


def _whole_alternative(terms: tuple[int, ...], index: CorpusIndex) -> Alternative:
    """Terms that say the same: an acronym, a long form, words split or joined."""
    words = " ".join(map(index.word_of, terms))
    return Alternative(terms, words, SAME_MEANING_STRENGTH, SAME_MEANING_STRENGTH)


def _with_short_forms(concepts: Sequence[Concept], index: CorpusIndex) -> list[Concept]:
    """The concepts, those that spell out a long form with its acronym beside them."""
    found = list(concepts)
    terms = [concept.term for concept in concepts]
    for start in range(len(terms)):
        for end in range(start + 2, min(len(terms), start + _LONGEST_FORM) + 1):
            shorts = index.short_forms.get(tuple(terms[start:end]))
            if not shorts:
                continue
            added = tuple(_whole_alternative((short,), index) for short in shorts)
            for place in range(start, end):
                alternatives = found[place].alternatives + added
                found[place] = replace(found[place], alternatives=alternatives)
    return found


def _with_owner_synonyms(
    concepts: Sequence[Concept], index: CorpusIndex
) -> list[Concept]:
    """The concepts, those of a phrase with what the owner has it searched for by."""
    found = list(concepts)
    if not index.owner_synonyms:
        return found
    longest = max(map(len, index.owner_synonyms))
    terms = [index.term_number(concept.searched_word) for concept in concepts]
    for start in range(len(terms)):
        for end in range(start + 1, min(len(terms), start + longest) + 1):
            phrase = tuple(term for term in terms[start:end] if term is not None)
            targets = index.owner_synonyms.get(phrase, ())
            if len(phrase) < end - start or not targets:
                continue
            added = tuple(_whole_alternative(target, index) for target in targets)
            for place in range(start, end):
                concept = found[place]
                alternatives = (*concept.alternatives, *added)
                if concept.term is None:
                    rarity = _rarity(None, alternatives, index)
                    concept = replace(concept, rarity=rarity)
                found[place] = replace(concept, alternatives=alternatives)
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
