"""Words that are alike in part: the character n-grams that texts share.

They find what stems do not bring together: compounds, endings that the stemmer leaves,
languages without a stemmer, misspellings. Shapes: C candidates, U n-grams of the
question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.evidence import Evidence, Words
from chatbot.answering.question import Question
from chatbot.index.corpus_index import CorpusIndex

SATURATION = 1.2
LENGTH_NORMALISATION = 0.75


@dataclass(frozen=True, slots=True)
class QuestionGrams:
    """The n-grams of a question's topic words that the corpus holds.

    `numbers`: intp (U,), ascending; `weights`: float64 (U,), what finding each is
    worth: the weights of the words that have it, added up, times its idf. `norm` is the
    Euclidean length of the vector of all n-grams, those that are not held included.
    """

    numbers: NDArray[np.intp]
    weights: NDArray[np.float64]
    norm: float


def question_grams(question: Question, index: CorpusIndex) -> QuestionGrams:
    """The n-grams of the words that say what a question is about."""
    topics = [concept for concept in question.concepts if concept.carries_topic]
    table = index.grams
    grams, firsts = table.numbers([concept.searched_word for concept in topics])
    worth = np.repeat([concept.weight for concept in topics], np.diff(firsts))
    missing = float((worth[grams < 0] ** 2).sum()) * table.unknown_idf**2
    numbers, places = np.unique(grams[grams >= 0], return_inverse=True)
    added = np.bincount(places, worth[grams >= 0], minlength=len(numbers))
    weights = added * table.idf[numbers]
    norm = float(np.sqrt(missing + (weights**2).sum()))
    return QuestionGrams(numbers, weights, norm)


def gram_scores(
    grams: QuestionGrams, evidence: Evidence, index: CorpusIndex
) -> NDArray[np.float64]:
    """How much of the question's n-grams each candidate holds, (C,).

    With tf occurrences of an n-gram in a passage and its headings of dl n-grams in all,
    the sum over the question's n-grams of

        weight · tf · (k1 + 1) / (tf + k1 · (1 - b + b · dl / avgdl))

    which is BM25 with n-grams for terms.
    """
    size = len(evidence.passages)
    words = Words(
        np.concatenate([evidence.words.numbers, evidence.heading_words.numbers]),
        np.concatenate([evidence.words.candidates, evidence.heading_words.candidates]),
    )
    found, owners = _grams_of(words, index)
    frequency = _frequency(grams, found, owners, size, index)
    relative = np.bincount(owners, minlength=size) / (index.grams.average_length or 1.0)
    norms = SATURATION * (1 - LENGTH_NORMALISATION + LENGTH_NORMALISATION * relative)
    saturated = frequency * (SATURATION + 1) / (frequency + norms[:, np.newaxis])
    scores: NDArray[np.float64] = saturated @ grams.weights
    return scores


def likeness(
    grams: QuestionGrams, words: Words, size: int, index: CorpusIndex
) -> NDArray[np.float64]:
    """The cosine of a question and the words of each of `size` owners, (size,).

    Both are vectors of n-grams weighed by their idf. `words.candidates` says whose the
    words are.
    """
    idf = index.grams.idf
    found, owners = _grams_of(words, index)
    norms = np.sqrt(np.bincount(owners, idf[found] ** 2, minlength=size))
    holds = _frequency(grams, found, owners, size, index) > 0
    shared = holds @ (grams.weights * idf[grams.numbers])
    cosine = shared / np.maximum(norms * grams.norm, 1e-9)
    return np.minimum(cosine, 1.0)


def _grams_of(
    words: Words, index: CorpusIndex
) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """The n-grams of all words that have some, and whose each of them is; both (T,)."""
    content = np.flatnonzero(~index.is_stop_word[words.numbers])
    found, firsts = index.grams.of_words(words.numbers[content])
    return found, np.repeat(words.candidates[content], firsts[1:] - firsts[:-1])


def _frequency(
    grams: QuestionGrams,
    found: NDArray[np.int32],
    owners: NDArray[np.intp],
    size: int,
    index: CorpusIndex,
) -> NDArray[np.float64]:
    """How often each owner has each n-gram of the question, (size, U)."""
    columns = len(grams.numbers)
    place_of = np.full(len(index.grams), columns, dtype=np.int32)
    place_of[grams.numbers] = np.arange(columns)
    places = place_of[found]
    hits = np.flatnonzero(places < columns)
    cells = owners[hits] * columns + places[hits]
    counts = np.bincount(cells, minlength=size * columns).astype(np.float64)
    return counts.reshape(size, columns)
