"""Words that are alike in part: the character n-grams that texts share.

They find what stems do not bring together: compounds, endings that the stemmer leaves,
languages without a stemmer, misspellings. Shapes: C candidates, S sentences of theirs,
U n-grams of the question, T n-grams of a text.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.evidence import Evidence
from chatbot.answering.question import Question
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.ranges import spread

SATURATION = 1.2
LENGTH_NORMALISATION = 0.75


@dataclass(frozen=True, slots=True)
class _QuestionGrams:
    """The n-grams of a question's topic words that the corpus holds.

    `numbers`: intp (U,), ascending; `weights`: float64 (U,), what finding each is
    worth: the weights of the words that have it, added up, times its idf. `norm` is the
    Euclidean length of the vector of all n-grams, those that are not held included, and
    `total` the sum of its components.
    `words`: int32 (V,), the words of the index that have any of them, ascending; the
    places in `numbers` of those that word i has are
    places[first_places[i]:first_places[i + 1]].
    """

    numbers: NDArray[np.intp]
    weights: NDArray[np.float64]
    norm: float
    total: float
    words: NDArray[np.int32]
    first_places: NDArray[np.intp]
    places: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _TextGrams:
    """The n-grams of N texts.

    `frequency`: float64 (N, U), how often each has each n-gram of the question.
    `lengths`: float64 (N,), how many n-grams it has. `squares`: float64 (N,), the sum
    of their squared idf.
    """

    frequency: NDArray[np.float64]
    lengths: NDArray[np.float64]
    squares: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far the n-grams of a question are those of its candidates, each 0 to 1.

    `passages`: float64 (C,), relative to the candidate that holds most. `shares`:
    float64 (C,), the share of the n-grams that a candidate or the headings above it
    hold, by weight. `headings`: float64 (C,) and `sentences`: float64 (S,), the cosines
    of the question and the headings above each candidate, or each of the sentences.
    """

    passages: NDArray[np.float64]
    shares: NDArray[np.float64]
    headings: NDArray[np.float64]
    sentences: NDArray[np.float64]


def compare(question: Question, evidence: Evidence, index: CorpusIndex) -> Likeness:
    """Compare the n-grams of a question with those of its candidates."""
    grams = _question_grams(question, index)
    sentences = _text_grams(
        grams,
        evidence.words.numbers,
        evidence.word_sentences,
        len(evidence.sentences),
        index,
    )
    headings = _text_grams(
        grams,
        evidence.heading_words.numbers,
        evidence.heading_words.candidates,
        len(evidence.passages),
        index,
    )
    first = evidence.first_sentences[:-1]
    frequency = np.add.reduceat(sentences.frequency, first) + headings.frequency
    lengths = np.add.reduceat(sentences.lengths, first) + headings.lengths
    scores = _scores(grams, frequency, lengths, index)
    return Likeness(
        passages=scores / max(float(scores.max(initial=0.0)), 1e-9),
        shares=(frequency > 0) @ grams.weights / max(grams.total, 1e-9),
        headings=_cosines(grams, headings, index),
        sentences=_cosines(grams, sentences, index),
    )


def _question_grams(question: Question, index: CorpusIndex) -> _QuestionGrams:
    """The n-grams of the words that say what a question is about."""
    topics = [concept for concept in question.concepts if concept.carries_topic]
    table = index.grams
    grams, firsts = table.numbers([concept.searched_word for concept in topics])
    worth = np.repeat([concept.weight for concept in topics], np.diff(firsts))
    is_held = grams >= 0
    missing = float((worth[~is_held] ** 2).sum()) * table.unknown_idf**2
    numbers, places = np.unique(grams[is_held], return_inverse=True)
    added = np.bincount(places, worth[is_held], minlength=len(numbers))
    weights = added * table.idf[numbers]
    norm = float(np.sqrt(missing + (weights**2).sum()))
    having, firsts = table.words_with(numbers)
    by_word = np.argsort(having, kind="stable")
    words, first_places = np.unique(having[by_word], return_index=True)
    return _QuestionGrams(
        numbers,
        weights,
        norm,
        float(weights.sum() + worth[~is_held].sum() * table.unknown_idf),
        words,
        np.append(first_places, len(having)),
        np.repeat(np.arange(len(numbers)), np.diff(firsts))[by_word],
    )


def _text_grams(
    grams: _QuestionGrams,
    words: NDArray[np.int32],
    owners: NDArray[np.intp],
    size: int,
    index: CorpusIndex,
) -> _TextGrams:
    """The n-grams of texts, given their words, and whose of `size` each word is."""
    table, columns = index.grams, len(grams.numbers)
    slot_of = np.full(len(index.words), -1, dtype=np.int32)
    slot_of[grams.words] = np.arange(len(grams.words))
    slots = slot_of[words]
    hits = np.flatnonzero(slots >= 0)
    firsts = grams.first_places
    places, counts = spread(firsts[slots[hits]], firsts[slots[hits] + 1])
    cells = np.repeat(owners[hits] * columns, counts[1:] - counts[:-1])
    cells += grams.places[places]
    frequency = np.bincount(cells, minlength=size * columns).astype(np.float64)
    return _TextGrams(
        frequency=frequency.reshape(size, columns),
        lengths=np.bincount(owners, table.lengths[words], minlength=size),
        squares=np.bincount(owners, table.squares[words], minlength=size),
    )


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
    grams: _QuestionGrams, texts: _TextGrams, index: CorpusIndex
) -> NDArray[np.float64]:
    """The cosine of the question and each text as vectors weighed by idf, (N,)."""
    shared = (texts.frequency > 0) @ (grams.weights * index.grams.idf[grams.numbers])
    norms = np.sqrt(texts.squares) * grams.norm
    return np.minimum(shared / np.maximum(norms, 1e-9), 1.0)
