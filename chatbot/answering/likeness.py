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
    of_topics = [table.numbers(concept.searched_word) for concept in topics]
    grams = np.concatenate([np.zeros(0, dtype=np.intp), *of_topics])
    worth = np.repeat([c.weight for c in topics], [len(found) for found in of_topics])
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
    table = index.grams
    frequency, lengths = _counted(grams, evidence.words, size, index)
    above, above_lengths = _counted(grams, evidence.heading_words, size, index)
    frequency += above
    relative = (lengths + above_lengths) / (table.average_length or 1.0)
    norms = SATURATION * (1 - LENGTH_NORMALISATION + LENGTH_NORMALISATION * relative)
    saturated = frequency * (SATURATION + 1) / (frequency + norms[:, np.newaxis])
    return saturated @ grams.weights


def heading_likeness(
    grams: QuestionGrams, evidence: Evidence, index: CorpusIndex
) -> NDArray[np.float64]:
    """The cosine of the question and the headings above each candidate, (C,).

    Both are vectors of n-grams weighed by their idf.
    """
    table, words = index.grams, evidence.heading_words
    size = len(evidence.passages)
    frequency, _ = _counted(grams, words, size, index)
    found, firsts = table.of_words(words.numbers)
    rows = np.repeat(words.candidates, np.diff(firsts))
    norms = np.sqrt(np.bincount(rows, table.idf[found] ** 2, minlength=size))
    shared = (frequency > 0) @ (grams.weights * table.idf[grams.numbers])
    cosine = shared / np.maximum(norms * grams.norm, 1e-9)
    return np.minimum(cosine, 1.0)


def _counted(
    grams: QuestionGrams, words: Words, size: int, index: CorpusIndex
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How often each candidate has each n-gram, (C, U), and how many n-grams, (C,)."""
    table = index.grams
    columns = len(grams.numbers)
    place_of = np.full(len(table), columns, dtype=np.int32)
    place_of[grams.numbers] = np.arange(columns)
    found, firsts = table.of_words(words.numbers)
    lengths = np.bincount(words.candidates, np.diff(firsts), minlength=size)
    places = place_of[found]
    hits = np.flatnonzero(places < columns)
    owners = words.candidates[np.searchsorted(firsts, hits, side="right") - 1]
    cells = owners * columns + places[hits]
    frequency = np.bincount(cells, minlength=size * columns)
    return frequency.reshape(size, columns).astype(np.float64), lengths
