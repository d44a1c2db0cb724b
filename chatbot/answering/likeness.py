"""Words that are alike in part: the character n-grams that texts share.

They find what stems do not bring together: compounds, endings that the stemmer leaves,
languages without a stemmer, misspellings. Shapes: C candidates, S sentences of theirs,
K concepts of the question, U n-grams of its.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.concepts import SAME_MEANING_STRENGTH, Concept
from chatbot.answering.evidence import Evidence
from chatbot.answering.question import Question
from chatbot.index.corpus_index import CorpusIndex

SATURATION = 1.2
LENGTH_NORMALISATION = 0.75


@dataclass(frozen=True, slots=True)
class _QuestionGrams:
    """The n-grams of a question's topic words that the corpus holds.

    `numbers`: intp (U,), in the order of their keys; `weights`: float64 (U,), what
    finding each is worth: its idf times the weights of the words that have it, less for
    corrected words and with the weight of an acronym shared by the words of its long
    form.
    As a vector the question has the whole weight for each of these words, for a vector
    is compared by its direction: `products`, float64 (U,), is what a text that has the
    n-gram adds to the product of both vectors, and `norm` the Euclidean length of the
    question's, had nothing been corrected and all been held. `shares`: float64 (U, K),
    that of each n-gram in each concept by idf; corrections and what the corpus does not
    hold have the rest.
    """

    numbers: NDArray[np.intp]
    weights: NDArray[np.float64]
    products: NDArray[np.float64]
    norm: float
    shares: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far the n-grams of a question are those of its candidates, each 0 to 1.

    `passages`: float64 (C,), relative to the candidate that holds most. `shares`:
    float64 (C, K), the share of each concept's n-grams that a candidate and the
    headings above it hold, by idf. `headings`: float64 (C,) and `sentences`: float64
    (S,), the cosines of the question and the headings above each candidate, or each of
    the sentences.
    """

    passages: NDArray[np.float64]
    shares: NDArray[np.float64]
    headings: NDArray[np.float64]
    sentences: NDArray[np.float64]


def compare(question: Question, evidence: Evidence, index: CorpusIndex) -> Likeness:
    """Compare the n-grams of a question with those of its candidates."""
    grams = _question_grams(question, index)
    counts = index.kernels.count_grams(
        evidence.words,
        evidence.word_sentences,
        evidence.heading_words,
        evidence.first_sentences,
        grams.numbers,
    )
    scores = _scores(grams, counts.in_passages, counts.lengths, index)
    return Likeness(
        passages=scores / max(float(scores.max(initial=0.0)), 1e-9),
        shares=np.minimum(counts.in_passages, 1.0) @ grams.shares,
        headings=_cosines(grams, counts.in_headings, counts.heading_squares),
        sentences=_cosines(grams, counts.in_sentences, counts.sentence_squares),
    )


def _question_grams(question: Question, index: CorpusIndex) -> _QuestionGrams:
    """The n-grams of the words that say what a question is about."""
    concepts, table = question.concepts, index.grams
    weights: dict[int, float] = defaultdict(float)
    vector: dict[int, float] = defaultdict(float)
    whole: dict[int, float] = defaultdict(float)
    held: dict[tuple[int, int], float] = defaultdict(float)
    key_of: dict[int, int] = {}
    of_concept = [0.0] * len(concepts)
    for owner, concept in enumerate(concepts):
        strength = concept.strength
        for word, weight, sharers in _words_of(concept):
            for key, number, idf in table.of_word(word):
                worth = weight * idf
                of_concept[owner] += idf
                whole[key] += worth
                if number >= 0:
                    key_of[number] = key
                    weights[number] += worth * strength / sharers
                    vector[number] += worth * strength
                    held[number, owner] += strength * idf
    numbers = sorted(weights, key=key_of.__getitem__)
    place = {number: row for row, number in enumerate(numbers)}
    shares = np.zeros((len(numbers), len(concepts)))
    for (number, owner), idf in held.items():
        shares[place[number], owner] = idf / of_concept[owner]
    held_numbers = np.array(numbers, dtype=np.intp)
    return _QuestionGrams(
        held_numbers,
        np.array([weights[number] for number in numbers]),
        np.array([vector[number] for number in numbers]) * table.idf.take(held_numbers),
        math.sqrt(sum(worth * worth for worth in whole.values())),
        shares,
    )


def _words_of(concept: Concept) -> Iterator[tuple[str, float, int]]:
    """The words whose n-grams stand for a concept, with their weight.

    Stop words have none. The words of an acronym's long form stand for it as well; the
    number of words that do so together comes third.
    """
    if not concept.carries_topic:
        return
    yield concept.searched_word, concept.weight, 1
    for alternative in concept.alternatives:
        if alternative.strength >= SAME_MEANING_STRENGTH:
            words = alternative.words.split()
            for word in words:
                yield word, concept.weight * alternative.strength, len(words)


def _scores(
    grams: _QuestionGrams,
    frequency: NDArray[np.float64],
    lengths: NDArray[np.float64],
    index: CorpusIndex,
) -> NDArray[np.float64]:
    """How much of the question's n-grams each candidate holds, (C,).

    With the `frequency` tf (C, U) of an n-gram in a passage and its headings, whose
    length (C,) is dl n-grams in all, the sum over the question's n-grams of

        weight · tf · (k1 + 1) / (tf + k1 · (1 - b + b · dl / avgdl))

    which is BM25 with n-grams for terms.
    """
    relative = lengths / (index.grams.average_length or 1.0)
    norms = SATURATION * (1 - LENGTH_NORMALISATION + LENGTH_NORMALISATION * relative)
    saturated = frequency * (SATURATION + 1) / (frequency + norms[:, np.newaxis])
    return np.asarray(saturated @ grams.weights)


def _cosines(
    grams: _QuestionGrams,
    frequency: NDArray[np.float64],
    squares: NDArray[Any],
) -> NDArray[np.float64]:
    """The cosine of the question and each text as vectors weighed by idf, (N,).

    `frequency` (N, U) is how often a text has an n-gram of the question; `squares` (N,)
    is the sum of the squared idf of all its n-grams.
    """
    shared = np.minimum(frequency, 1.0) @ grams.products
    norms = np.sqrt(squares) * grams.norm
    cosines: NDArray[np.float64] = shared / np.maximum(norms, 1e-9)
    return np.minimum(cosines, 1.0)
