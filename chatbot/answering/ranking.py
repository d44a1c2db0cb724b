"""Candidates to hits: the first hundred, re-ordered by evidence too dear for all.

The score of a candidate is the sum of the features below, each 0 to 1, times their
weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.evidence import Evidence, gather
from chatbot.answering.features import (
    coverage,
    feedback,
    relative,
    section_support,
    shared_pairs,
    window_coverage,
)
from chatbot.answering.likeness import gram_scores, heading_likeness, question_grams
from chatbot.answering.question import Question
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.search import best

CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class Feature:
    """One kind of evidence: its name, its weight, and what to say when it decides."""

    name: str
    weight: float
    explanation: str


FEATURES = (
    Feature("search", 1.0, "it holds the rarest words of the question"),
    Feature("coverage", 0.3, "it holds most of the question"),
    Feature("window", 0.4, "the words stand close together"),
    Feature("pairs", 0.3, "words stand next to each other as in the question"),
    Feature("likeness", 1.0, "its words are written like those of the question"),
    Feature("section", 0.8, "its section answers questions like this one"),
    Feature("heading", 2.0, "the heading above it is like the question"),
    Feature("feedback", 0.2, "it is about the same as the other good passages"),
)
WEIGHTS = np.array([feature.weight for feature in FEATURES])


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of a question, best first.

    `evidence` holds C candidates; `order`: intp (C,), their places in it, best first.
    `contributions`: float64 (C, features), what each of `FEATURES` adds to a
    candidate's score, its weight applied. `scores`: float64 (C,), their sums. Both by
    place in the evidence.
    """

    question: Question
    evidence: Evidence
    order: NDArray[np.intp]
    contributions: NDArray[np.float64]
    scores: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.order)


def rank(question: Question, index: CorpusIndex) -> Ranking:
    """Find and order the passages that hold most of a question."""
    all_scores = index.columns.scores(question.weights)
    passages = best(all_scores, CANDIDATES)
    evidence = gather(question, passages, index)
    searched = relative(all_scores[passages])
    grams = question_grams(question, index)
    support = section_support(searched, evidence)
    features = [
        searched,
        coverage(question, evidence),
        window_coverage(question, evidence),
        shared_pairs(question, evidence, index),
        relative(gram_scores(grams, evidence, index)),
        support,
        support * heading_likeness(grams, evidence, index),
    ]
    preliminary = np.stack(features, axis=1) @ WEIGHTS[: len(features)]
    features.append(feedback(preliminary, evidence, index))
    contributions = np.stack(features, axis=1) * WEIGHTS
    scores = contributions.sum(axis=1)
    order = np.argsort(-scores, kind="stable")
    return Ranking(question, evidence, order, contributions, scores)
