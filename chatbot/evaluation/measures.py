"""Measures of ranking, answers and confidence, as pure functions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chatbot.evaluation.gold import holds_any


def ndcg(hits: ArrayLike, judged: ArrayLike, limit: int = 10) -> float:
    """Normalised discounted cumulative gain of a ranking (Järvelin & Kekäläinen, 2002).

    `hits` is the relevance of what was found, best first, float (K,); `judged` the
    relevance of everything that was judged, float (N,), in any order. With the
    relevance as the gain, those below 0 counting as 0,

        DCG = Σ gain(rank) / log2(rank + 1),  rank = 1 … limit

    divided by the DCG of the ideal order. Raises `ValueError` when nothing is relevant.
    """
    ideal = np.sort(np.asarray(judged, float))[::-1]
    best = _discounted_gain(ideal, limit)
    if best == 0:
        raise ValueError("nothing is relevant: the ideal gain is 0")
    return _discounted_gain(np.asarray(hits, float), limit) / best


def share_first(rankings: Sequence[Sequence[float]]) -> float:
    """The share of rankings whose first hit is relevant; one without hits is not.

    A ranking is the relevance of its hits, best first.
    """
    return sum(bool(hits) and hits[0] > 0 for hits in rankings) / len(rankings)


def answer_share(texts: Sequence[str], gold: Sequence[Collection[str]]) -> float:
    """The share of texts, one a question, that hold one of their gold answers."""
    pairs = zip(texts, gold, strict=True)
    return sum(holds_any(text, answers) for text, answers in pairs) / len(texts)


def auroc(scores: ArrayLike, positive: ArrayLike) -> float:
    """Area under the ROC curve, by ranks with ties averaged (Mann & Whitney, 1947).

    It is the chance that a random positive scores above a random negative, ties
    counting half. `scores` is float (N,), `positive` bool (N,). Raises `ValueError`
    when there are no positives or no negatives.
    """
    positive = np.asarray(positive, bool)
    positives = int(positive.sum())
    negatives = positive.size - positives
    if positives == 0 or negatives == 0:
        raise ValueError("it takes a positive and a negative at least")
    _, place, ties = np.unique(
        np.asarray(scores, float), return_inverse=True, return_counts=True
    )
    rank_of_place = np.cumsum(ties) - (ties - 1) / 2
    above = rank_of_place[place][positive].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))


def calibration_error(
    probability: ArrayLike, outcome: ArrayLike, bins: int = 10
) -> float:
    """Expected calibration error over equally wide bins (Naeini et al., 2015).

    The difference between the mean probability and the share of outcomes in each bin,
    weighed by the bin's share of the sample. `probability` is float (N,) in 0 … 1,
    `outcome` bool (N,), N at least 1; a bin holds its lower edge, the last both.
    """
    probability = np.asarray(probability, float)
    gap = probability - np.asarray(outcome, float)
    bin_of = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = np.bincount(bin_of, weights=gap, minlength=bins)
    return float(np.abs(gaps).sum() / probability.size)


def _discounted_gain(relevance: NDArray[np.float64], limit: int) -> float:
    gains = np.maximum(relevance[:limit], 0)
    return float((gains / np.log2(np.arange(2, gains.size + 2))).sum())
