"""How rare a term is, from the number of passages that hold it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def inverse_document_frequency(
    document_frequency: NDArray[Any], documents: int
) -> NDArray[np.float64]:
    """log(1 + (N - df + 0.5) / (df + 0.5)) for document frequencies of any shape."""
    frequency = np.asarray(document_frequency, dtype=np.float64)
    return np.log1p((documents - frequency + 0.5) / (frequency + 0.5))
