"""What an index notes of its corpus as a whole, as one array."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Statistics(NamedTuple):
    """`whole_documents` and `whole_passages` are those that the last whole build wrote.

    `average_length` is what it compared the lengths of texts with. `words` are those of
    all passages in the corpus, those of the headings above each included.
    """

    whole_documents: int
    whole_passages: int
    average_length: float
    words: int

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Statistics:
        """Those among the arrays of a generation."""
        documents, passages, average_length, words = arrays["statistics"].tolist()
        return cls(int(documents), int(passages), average_length, int(words))

    def array(self) -> NDArray[np.float64]:
        """All of them, float64 (4,); exact up to 2 to the 53rd."""
        return np.array(self, dtype=np.float64)
