"""How sure an answer is: a logistic regression over a few named signals."""

from __future__ import annotations

import math
from dataclasses import dataclass

from chatbot.answering.quoting import ScoredQuote
from chatbot.answering.ranking import Ranking, coverage

INTERCEPT = -5.0
COVERAGE = 7.0
QUOTE_SHARE = 1.0
SCORE_SHARE = 1.0


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells a covered question from one that the corpus does not answer.

    `coverage`: the share of the question in the quoted passage and its headings.
    `quote_share`: the share in the quoted words. `score_share`: the first-stage score
    relative to the largest that the question could reach. `margin`: how far that score
    is ahead of the fifth best, relative to it. All are 0 to 1.
    """

    coverage: float
    quote_share: float
    score_share: float
    margin: float


def signals(ranking: Ranking, quote: ScoredQuote) -> Signals:
    """The signals of a question whose best quote is `quote`."""
    question = ranking.question
    largest = sum(concept.importance for concept in question.concepts) or 1.0
    scores = sorted(ranking.first_scores.tolist(), reverse=True)
    fifth = scores[4] if len(scores) > 4 else 0.0
    return Signals(
        coverage=float(coverage(question, ranking.evidence)[quote.place]),
        quote_share=quote.share,
        score_share=float(ranking.first_scores[quote.place]) / largest,
        margin=1 - fifth / scores[0] if scores[0] else 0.0,
    )


def confidence(signals: Signals) -> float:
    """The probability that the quote answers: the logistic function of the signals.

    1 / (1 + exp(-(intercept + Σ weight · signal)))
    """
    total = (
        INTERCEPT
        + COVERAGE * signals.coverage
        + QUOTE_SHARE * signals.quote_share
        + SCORE_SHARE * signals.score_share
    )
    return 1 / (1 + math.exp(-total))
