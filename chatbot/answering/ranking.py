"""Candidates to hits: the first hundred, re-ordered by evidence too dear for all.

The score of a candidate is its first-stage score relative to the best one plus the
features below, each 0 to 1, times their weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.evidence import Evidence, gather
from chatbot.answering.question import Question, adjacent_terms
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.search import best

CANDIDATES = 100
COVERAGE_WEIGHT = 0.2
WINDOW_WEIGHT = 0.2
PAIRS_WEIGHT = 0.1


@dataclass(frozen=True, slots=True)
class Feature:
    """What adds to a score: at most `weight`, and why, in words.

    `explanation` follows “it came first because”; `{share}` in it becomes “all”, “most”
    or “part”, by how near the feature is to its weight.
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
    Feature(
        "coverage", COVERAGE_WEIGHT, "it and its headings hold {share} of the question"
    ),
    Feature("window", WINDOW_WEIGHT, "{share} of the question stands close together"),
    Feature("pairs", PAIRS_WEIGHT, "words side by side in the question are so there"),
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of a question, best first.

    `evidence` holds C candidates; `order`: intp (C,), their places in it, best first.
    `scores`: float64 (C,), by place in the evidence. `contributions`: float64 (C, F),
    what each of `features` adds to them.
    """

    question: Question
    evidence: Evidence
    order: NDArray[np.intp]
    scores: NDArray[np.float64]
    features: tuple[Feature, ...]
    contributions: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.order)


def rank(question: Question, index: CorpusIndex) -> Ranking:
    """Find and order the passages that hold most of a question."""
    all_scores = index.columns.scores(question.weights)
    passages = best(all_scores, CANDIDATES)
    first_scores = all_scores[passages]
    evidence = gather(question, passages, index)
    relative = first_scores / first_scores.max(initial=1e-9)
    contributions = np.column_stack(
        (
            relative,
            COVERAGE_WEIGHT * coverage(question, evidence),
            WINDOW_WEIGHT * window_coverage(question, evidence),
            PAIRS_WEIGHT * shared_pairs(question, evidence, index),
        )
    )
    scores = contributions.sum(axis=1)
    order = np.argsort(-scores, kind="stable")
    return Ranking(question, evidence, order, scores, FEATURES, contributions)


def importance(question: Question) -> NDArray[np.float64]:
    """Each concept's share in the question, float64 (K,), adding up to 1."""
    shares = np.array([concept.importance for concept in question.concepts])
    total = shares.sum()
    return shares / total if total > 0 else shares


def coverage(question: Question, evidence: Evidence) -> NDArray[np.float64]:
    """The share of the question that a passage and its headings hold, (C,)."""
    return evidence.credit @ importance(question)


def window_coverage(question: Question, evidence: Evidence) -> NDArray[np.float64]:
    """The largest share of the question in two neighbouring sentences, (C,).

    What the headings above them hold counts as well.
    """
    credit = evidence.sentence_credit
    if not len(credit):
        return np.zeros(len(evidence.passages))
    following = np.vstack([credit[1:], np.zeros_like(credit[:1])])
    following[evidence.first_sentences[1:] - 1] = 0
    above = np.repeat(
        evidence.heading_credit, np.diff(evidence.first_sentences), axis=0
    )
    shares = np.maximum(np.maximum(credit, following), above) @ importance(question)
    return np.maximum.reduceat(shares, evidence.first_sentences[:-1])


def shared_pairs(
    question: Question, evidence: Evidence, index: CorpusIndex
) -> NDArray[np.float64]:
    """The share of the question's adjacent terms that are adjacent in a passage, (C,).

    A pair counts with the sum of its terms' idf.
    """
    counts = np.zeros(len(evidence.passages))
    total = 0.0
    candidate_of = np.repeat(
        np.arange(len(evidence.passages)), np.diff(evidence.first_sentences)
    )
    terms, sentences = evidence.word_terms, evidence.word_sentences
    same_sentence = sentences[1:] == sentences[:-1]
    for first, second in set(adjacent_terms(question)):
        value = float(index.idf[first] + index.idf[second])
        total += value
        matches = (terms[:-1] == first) & (terms[1:] == second) & same_sentence
        counts[np.unique(candidate_of[sentences[:-1][matches]])] += value
    return counts / total if total else counts
