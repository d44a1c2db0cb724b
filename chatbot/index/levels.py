"""The weights of terms that stand in many passages, as bytes that are quick to add up.

A level is an upper bound of a weight. Those of all passages, one behind the other, tell
which of them may be among the best without a look at the long columns of these terms.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

LEVELS = 255
COMMON_SHARE = 1 / 32
"""A common term stands in a larger share of the passages than this."""

MOST_COMMON_TERMS = 128
"""The most frequent are taken: their levels add up to a number of 16 bits."""

FEWEST_PASSAGES = 4096
"""In a corpus with fewer no term is common: its columns are short."""


def common_terms(
    document_frequency: NDArray[np.int32], passages: int
) -> NDArray[np.int32]:
    """The terms whose levels are worth their room, ascending, int32 (D,)."""
    if passages < FEWEST_PASSAGES:
        return np.zeros(0, dtype=np.int32)
    most = np.argsort(-document_frequency, kind="stable")[:MOST_COMMON_TERMS]
    is_common = document_frequency[most] > passages * COMMON_SHARE
    return np.sort(most[is_common]).astype(np.int32)


def pack_levels(
    terms: NDArray[np.int32],
    offsets: NDArray[np.int64],
    passages: NDArray[np.int32],
    weights: NDArray[np.float32],
    largest: NDArray[np.float32],
    size: int,
) -> Iterator[NDArray[np.uint8]]:
    """The levels of the columns of D terms, a block uint8 (1, size) for each.

    The columns are as in `search.Columns`. The level of a weight w above 0 is

        ceil(255 · w / largest)

    so that w is never more than its level times largest / 255. Without terms it is one
    block of no rows.
    """
    if not len(terms):
        yield np.zeros((0, size), dtype=np.uint8)
    for term in terms.tolist():
        column = slice(offsets[term], offsets[term + 1])
        row = np.zeros((1, size), dtype=np.uint8)
        shares = weights[column].astype(np.float64) / float(largest[term])
        row[0, passages[column]] = np.ceil(shares * LEVELS)
        yield row
