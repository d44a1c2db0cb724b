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
    kind_coverage,
    mutual_share,
    relative,
    section_support,
    shared_pairs,
    window_coverage,
)
from chatbot.answering.likeness import Likeness, compare
from chatbot.answering.question import Question
from chatbot.index.corpus_index import CorpusIndex

CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class Feature:
    """One kind of evidence, 0 to 1, with its weight in the score, and why it counts.

    `explanation` follows “it came first because”; `{share}` in it becomes “all”, “most”
    or “part”, by how near the feature is to 1.
    """

    name: str
    weight: float
    explanation: str


FEATURES = (
    Feature(
        "search",
        1.0,
        "it is richest in the question’s words, the rare ones counting most",
    ),
    Feature("coverage", 0.2, "it and its headings hold {share} of the question"),
    Feature("window", 0.8, "{share} of the question stands close together"),
    Feature("pairs", 1.0, "words side by side in the question are so there"),
    Feature("likeness", 1.2, "its words are spelt like those of the question"),
    Feature("section", 1.2, "it stands in the section that holds the best match"),
    Feature("heading", 3.0, "the headings above it are like the question"),
    Feature("kind", 0.3, "a sentence of it holds the kind of thing asked for"),
    Feature("feedback", 0.4, "it shares other words with the best matches"),
)
WEIGHTS = np.array([feature.weight for feature in FEATURES])


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of a question, best first.

    `evidence` holds C candidates and `likeness` how far they are like the question;
    `order`: intp (C,), their places in them, best first.
    `contributions`: float64 (C, features), what each of `FEATURES` adds to a
    candidate's score, its weight applied. `scores`: float64 (C,), their sums. Both by
    place in the evidence.
    """

    question: Question
    evidence: Evidence
    likeness: Likeness
    order: NDArray[np.intp]
    contributions: NDArray[np.float64]
    scores: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.order)

    def feature(self, name: str) -> NDArray[np.float64]:
        """A feature of every candidate, its weight not applied, (C,)."""
        place = [feature.name for feature in FEATURES].index(name)
        found: NDArray[np.float64] = self.contributions[:, place] / WEIGHTS[place]
        return found


def rank(question: Question, index: CorpusIndex) -> Ranking:
    """Find and order the passages that hold most of a question."""
    found = index.kernels.search(question.weights, CANDIDATES)
    evidence = gather(question, found.passages, index)
    likeness = compare(question, evidence, index)
    searched = relative(found.scores)
    support = section_support(searched, evidence)
    covered = evidence.with_headings()
    alike = 0.5 * (mutual_share(question, evidence, index) + likeness.headings)
    features = [
        searched,
        coverage(question, evidence),
        window_coverage(question, evidence, covered),
        shared_pairs(question, evidence, index),
        likeness.passages,
        support,
        support * alike,
        kind_coverage(question, evidence, covered, index),
    ]
    table = np.empty((len(evidence.passages), len(FEATURES)))
    for place, feature in enumerate(features):
        table[:, place] = feature
    table[:, -1] = feedback(table[:, :-1] @ WEIGHTS[:-1], evidence, index)
    contributions = table * WEIGHTS
    scores = contributions.sum(axis=1)
    order = np.argsort(-scores, kind="stable")
    return Ranking(question, evidence, likeness, order, contributions, scores)
