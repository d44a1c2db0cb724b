"""How sure an answer is: a logistic regression over two signals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from chatbot.answering.quoting import ScoredQuote
from chatbot.answering.ranking import Ranking
from chatbot.index.corpus_index import CorpusIndex

INTERCEPT = -6.9
COVERAGE = 8.0
SCORE_SHARE = 3.3
MOST_CONFIDENT = 0.99
"""No lexical evidence makes an answer certain."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells a covered question from one that the corpus does not answer.

    `coverage`: the share of the question in the quoted passage and its headings, 0 to
    1. `score_share`: the passage's score relative to that of one which holds every word
    of the question once; up to about 2, more the shorter the passage.
    """

    coverage: float
    score_share: float


def signals(ranking: Ranking, quote: ScoredQuote, index: CorpusIndex) -> Signals:
    """The signals of a question whose best quote is `quote`.

    Words taken over from earlier questions do not count: what holds only those does not
    answer this one.
    """
    own = ranking.question.own
    passage = int(ranking.evidence.passages[quote.place])
    credit = ranking.evidence.credit[quote.place, : len(own.concepts)]
    weights = own.weights
    terms = np.array(sorted(weights), dtype=np.int32)
    saturation = index.columns.weights_in(passage, terms) / index.idf[terms]
    rarity = index.rarity(index.document_frequency[terms])
    asked = np.array([weights[term] for term in terms.tolist()])
    largest = sum(concept.weight * concept.rarity for concept in own.concepts) or 1.0
    return Signals(
        coverage=float(credit @ own.importance),
        score_share=float(asked @ (saturation * rarity)) / largest,
    )


def confidence(signals: Signals) -> float:
    """The probability that the quote answers: the logistic function of the signals.

        1 / (1 + exp(-(intercept + Σ weight · signal)))

    The coefficients come from `benchmarks/fit_confidence.py`.
    """
    total = INTERCEPT + COVERAGE * signals.coverage + SCORE_SHARE * signals.score_share
    return min(1 / (1 + math.exp(-total)), MOST_CONFIDENT)
