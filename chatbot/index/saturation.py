"""Counts to weights but for the idf: the saturated, length-normalised frequency.

The formula stands here without scikit-learn, whose import takes longer than taking in
a changed file; `weighting` has it as a transformer.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
"""How soon further occurrences of a term add little; 0 makes a second one worthless."""

B = 0.75
"""How much longer texts count as longer, 0 (not at all) to 1 (fully)."""


_LENGTH_STEPS = 64
"""How finely the mean length of a text is told, in steps up to a power of 2."""


def rounded_mean(words: int, passages: int) -> float:
    """The mean length that texts are compared with: at most 1.6 % off, 1 without words.

    So most changes of a corpus leave the weights of all passages that stay as they are.
    """
    fraction, exponent = math.frexp(words / max(passages, 1) or 1.0)
    return math.ldexp(round(fraction * _LENGTH_STEPS) / _LENGTH_STEPS, exponent)


def saturated_frequency(
    frequency: NDArray[Any],
    lengths: NDArray[Any],
    average_length: float,
    k1: float = K1,
    b: float = B,
) -> NDArray[np.float64]:
    """tf · (k1 + 1) / (tf + k1 · (1 - b + b · dl / avgdl)) for terms in texts.

    `frequency` are the numbers of occurrences and `lengths` those of the texts that
    they are in, of one shape. Source: Robertson and Zaragoza, "The Probabilistic
    Relevance Framework: BM25 and Beyond" (2009).
    """
    norms = k1 * (1 - b + b * lengths / average_length)
    saturated: NDArray[np.float64] = frequency * (k1 + 1) / (frequency + norms)
    return saturated
