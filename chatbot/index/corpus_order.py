"""Which of the documents that an index holds are in the corpus, and in which order.

A document that came since the last whole build stands behind all others, and one that
went is left where it stands: their numbers do not tell the order of the corpus.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

GONE = -1


@dataclass(frozen=True)
class CorpusOrder:
    """The order of D documents, of which the index holds more when some went.

    `documents`: int32 (D,), their numbers in corpus order. `passage_offsets`: int64
    (documents held + 1,), where the passages of each begin.
    """

    documents: NDArray[np.int32]
    passage_offsets: NDArray[np.int64]

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> CorpusOrder:
        """The order that the arrays of a generation have."""
        return cls(arrays["document_order"], arrays["document_passage_offsets"])

    @cached_property
    def passages(self) -> int:
        """The number of passages in the corpus."""
        return int(self._sizes[self.documents].sum())

    @property
    def _sizes(self) -> NDArray[np.int64]:
        return np.diff(self.passage_offsets)

    @cached_property
    def ranks(self) -> NDArray[np.int32]:
        """The place of each document held in the corpus, `GONE` for what went."""
        ranks = np.full(len(self.passage_offsets) - 1, GONE, dtype=np.int32)
        ranks[self.documents] = np.arange(len(self.documents), dtype=np.int32)
        return ranks

    @cached_property
    def gone(self) -> NDArray[np.int32]:
        """The passages of documents that went, ascending."""
        if len(self.documents) == len(self.ranks):
            return np.zeros(0, dtype=np.int32)
        is_gone = np.repeat(self.ranks == GONE, self._sizes)
        return np.flatnonzero(is_gone).astype(np.int32)

    @cached_property
    def _is_that_of_numbers(self) -> bool:
        """Whether numbers ascend in corpus order, as they do in a whole build."""
        return bool((np.diff(self.documents) > 0).all())

    def in_order(self, passages: NDArray[np.int32]) -> NDArray[np.int32]:
        """Passages whose numbers ascend, in corpus order."""
        if self._is_that_of_numbers:
            return passages
        return passages[self.places(passages).argsort()]

    def places(self, passages: NDArray[np.int32]) -> NDArray[np.int64]:
        """Numbers for passages that ascend in corpus order; the same shape."""
        documents = np.searchsorted(self.passage_offsets, passages, side="right") - 1
        places: NDArray[np.int64] = (
            self.ranks[documents].astype(np.int64) << 32
        ) + passages
        return places
