"""How sure an answer is: a logistic regression over four signals.

Its coefficients stand in `confidence.toml`; `benchmarks/fit_confidence.py` fits them.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np

from chatbot.answering.features import shared_pairs
from chatbot.answering.likeness import compare
from chatbot.answering.quoting import ScoredQuote
from chatbot.answering.ranking import Ranking
from chatbot.index.corpus_index import CorpusIndex

COEFFICIENTS_FILE = Path(__file__).with_name("confidence.toml")
MOST_CONFIDENT = 0.99
"""No lexical evidence makes an answer certain."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells a question that the quoted passage answers from others; 0 to 1 each.

    `coverage`: the largest share of the question in two neighbouring sentences and the
    headings above them. `alike`: the share of it in the whole passage and its headings,
    where a word is held in part when n-grams of it are. `likeness`: the cosine of its
    n-grams and those of the likest sentence or of the headings. `pairs`: the share of
    its adjacent words that are adjacent in the passage.
    """

    coverage: float
    alike: float
    likeness: float
    pairs: float


def signals(ranking: Ranking, quote: ScoredQuote, index: CorpusIndex) -> Signals:
    """The signals of a question whose best quote is `quote`.

    Words taken over from earlier questions do not count: what holds only those does not
    answer this one.
    """
    own, evidence, place = ranking.question.own, ranking.evidence, quote.place
    likeness, pairs = ranking.likeness, ranking.feature("pairs")
    if own is not ranking.question:
        likeness = compare(own, evidence, index)
        pairs = shared_pairs(own, evidence, index)
    rows = slice(*evidence.first_sentences[place : place + 2].tolist())
    own_concepts = slice(len(own.concepts))
    credit = np.maximum(
        evidence.sentence_credit[rows, own_concepts],
        evidence.heading_credit[place, own_concepts],
    )
    joint = np.maximum(credit[:-1], credit[1:]) if len(credit) > 1 else credit
    sentences = likeness.sentences[rows]
    alike = np.maximum(
        likeness.shares[place, own_concepts], evidence.credit[place, own_concepts]
    )
    return Signals(
        coverage=float((joint @ own.importance).max(initial=0.0)),
        alike=float(alike @ own.importance),
        likeness=max(float(sentences.max()), float(likeness.headings[place])),
        pairs=float(pairs[place]),
    )


def confidence(signals: Signals) -> float:
    """The probability that the quote answers: the logistic function of the signals.

    1 / (1 + exp(-(intercept + Σ weight · signal)))
    """
    weights = coefficients()
    total = weights["intercept"] + sum(
        weights[name] * getattr(signals, name) for name in _SIGNALS
    )
    return min(1 / (1 + math.exp(-total)), MOST_CONFIDENT)


_SIGNALS = tuple(signal.name for signal in fields(Signals))


@cache
def coefficients() -> Mapping[str, float]:
    """The intercept and the weight of each signal."""
    return tomllib.loads(COEFFICIENTS_FILE.read_text("utf-8"))
