"""Other ways to write what a question says: corrected, split, joined, short, in full.

Each function takes the concepts of a question and gives them back with what it found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from chatbot.answering.concepts import (
    Alternative,
    Concept,
    concept_of,
    rarity_of,
    whole_alternative,
)
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.spelling import Correction

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


def in_other_number(concept: Concept, index: CorpusIndex) -> Concept:
    """The concept of an unknown word, or of its plural or singular if that is known.

    Stemmers know the number of words, but not that of capitals ("KPIs" and "KPI").
    """
    word = concept.word
    if not concept.is_unknown or not _SHORTEST_PART <= len(word) <= _LONGEST_SHORT_FORM:
        return concept
    other = word.removesuffix("s") if word.endswith("s") else word + "s"
    if index.held_term(other) is None:
        return concept
    return replace(concept_of(other, index, concept.weight), word=word)


def with_joined_forms(concepts: Sequence[Concept], index: CorpusIndex) -> list[Concept]:
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
            added = whole_alternative((joined,), index)
            if first.term is not None and second.term is not None:
                added = replace(added, strength=JOINED_FORM_STRENGTH)
            for part in (place, place + 1):
                alternatives = (*found[part].alternatives, added)
                found[part] = replace(found[part], alternatives=alternatives)
    return found


def with_split_forms(concepts: Sequence[Concept], index: CorpusIndex) -> list[Concept]:
    """The concepts, words not in the corpus with the two that it writes instead."""
    found = list(concepts)
    absent = [i for i, c in enumerate(found) if c.term is None and c.carries_topic]
    for place in absent[:_MOST_CORRECTIONS]:
        concept = found[place]
        splits = index.compounds.split_in_two(concept.word)
        if splits:
            added = (whole_alternative(terms, index) for terms in splits)
            alternatives = (*concept.alternatives, *added)
            rarity = rarity_of(None, alternatives, index)
            found[place] = replace(concept, alternatives=alternatives, rarity=rarity)
    return found


def with_corrections(concepts: Sequence[Concept], index: CorpusIndex) -> list[Concept]:
    """The concepts, those of unknown words with the word they were misspelt for.

    A word that the language has is not misspelt, whatever the corpus holds.
    """
    found = list(concepts)
    unknown = [place for place, concept in enumerate(found) if concept.is_unknown]
    for place in unknown[:_MOST_CORRECTIONS]:
        word = found[place].word
        if not index.is_everyday(word) and word not in index.analyzer.common_words:
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
    meant = concept_of(likeliest.word, index, concept.weight)
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


def with_short_forms(concepts: Sequence[Concept], index: CorpusIndex) -> list[Concept]:
    """The concepts, those that spell out a long form with its acronym beside them."""
    found = list(concepts)
    terms = [concept.term for concept in concepts]
    for start, term in enumerate(terms):
        if term not in index.first_terms_of_long_forms:
            continue
        for end in range(start + 2, min(len(terms), start + _LONGEST_FORM) + 1):
            shorts = index.short_forms.get(tuple(terms[start:end]))
            if not shorts:
                continue
            added = tuple(whole_alternative((short,), index) for short in shorts)
            for place in range(start, end):
                alternatives = found[place].alternatives + added
                found[place] = replace(found[place], alternatives=alternatives)
    return found


def with_owner_synonyms(
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
            added = tuple(whole_alternative(target, index) for target in targets)
            for place in range(start, end):
                concept = found[place]
                alternatives = (*concept.alternatives, *added)
                if concept.term is None:
                    rarity = rarity_of(None, alternatives, index)
                    concept = replace(concept, rarity=rarity)
                found[place] = replace(concept, alternatives=alternatives)
    return found
