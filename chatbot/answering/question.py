"""A question to weighted terms: what is searched for, and what stands in for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress, pairwise

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.concepts import Concept, concept_of
from chatbot.answering.rewordings import (
    in_other_number,
    with_corrections,
    with_joined_forms,
    with_owner_synonyms,
    with_short_forms,
    with_split_forms,
)
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.kinds import Kind, kinds_of
from chatbot.language.unspaced import pair_of_characters

_MAX_WORDS = 400
"""Words of a question after this many are left out."""


@dataclass(frozen=True)
class Question:
    """A question that stands on its own, ready to be searched for.

    `concepts` are in the order of the text, those taken over from earlier questions
    last; `asked` of them are the message's own. `language` is the one it is read in.
    """

    text: str
    concepts: tuple[Concept, ...]
    asked: int
    language: str

    @cached_property
    def own(self) -> Question:
        """The question without what was taken over, if that leaves a topic."""
        if len(self.concepts) == self.asked:
            return self
        own = replace(self, concepts=self.concepts[: self.asked])
        return own if own.names_topic else self

    @property
    def names_topic(self) -> bool:
        """Whether any of it is more than a stop word; what was taken over always is."""
        asked = self.concepts[: self.asked]
        return len(self.concepts) > self.asked or any(c.carries_topic for c in asked)

    @cached_property
    def wanted(self) -> Kind:
        """The kinds of answer that it asks for."""
        return kinds_of(self.language).asked_for(self.text)

    @cached_property
    def importance(self) -> NDArray[np.float64]:
        """Each concept's share in the question, float64 (K,), adding up to 1."""
        shares = np.array([concept.importance for concept in self.concepts])
        total = shares.sum()
        return shares / total if total > 0 else shares

    @cached_property
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
    words = _without_closing(index.analyzer.words(text)[:_MAX_WORDS], text, index)
    asked = _read_words([(word, 1.0) for word in words], index)
    taken_over = _read_words(carried, index) if carried else []
    concepts = (*asked, *taken_over)
    return Question(text, concepts, len(asked), index.analyzer.language)


def _without_closing(words: list[str], text: str, index: CorpusIndex) -> list[str]:
    """The words but those at the end that only ask for a definition.

    In “What does it stand for?” they do not say what it is about; where the corpus
    holds them they may.
    """
    closing = index.analyzer.words(kinds_of(index.analyzer.language).closing(text))
    if not closing or words[-len(closing) :] != closing:
        return words
    terms = map(index.term_number, closing)
    held = [term is not None and index.is_held(term) for term in terms]
    return [*words[: -len(closing)], *compress(closing, held)]


def _read_words(
    words: Sequence[tuple[str, float]], index: CorpusIndex
) -> list[Concept]:
    concepts = [concept_of(word, index, weight) for word, weight in words]
    concepts = [in_other_number(concept, index) for concept in concepts]
    concepts = _without_seams(concepts, index)
    concepts = with_split_forms(with_joined_forms(concepts, index), index)
    concepts = with_short_forms(with_corrections(concepts, index), index)
    return with_owner_synonyms(concepts, index)


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


def adjacent_terms(question: Question) -> list[tuple[int | None, int | None]]:
    """Pairs of terms that stand next to each other in the question.

    None is a content word that the corpus does not hold; stop words that it does not
    hold are in no pair.
    """
    asked = question.concepts[: question.asked]
    counts = [c.term is not None or c.carries_topic for c in asked]
    return [
        (first.term, second.term)
        for (first, second), counted in zip(
            pairwise(asked), pairwise(counts), strict=True
        )
        if all(counted)
    ]
