"""The words of an index that documents are taken over from."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chatbot.index.ranges import distinct, runs
from chatbot.index.segments import Arrays, Segment
from chatbot.index.string_table import opened_table, packed_table

_NONE: Arrays = {
    **packed_table("languages", []),
    **packed_table("words", []),
    **packed_table("terms", []),
    "language_word_offsets": np.zeros(1, dtype=np.int64),
    "document_order": np.zeros(0, dtype=np.int32),
    "word_numbers": np.zeros(0, dtype=np.int32),
    "word_terms": np.zeros(0, dtype=np.int32),
    "word_counts": np.zeros(0, dtype=np.int64),
    "word_is_stop": np.zeros(0, dtype=bool),
}


class KnownWords:
    """The words of an index, W of them, as far as the documents taken over hold them.

    `words` and `terms` are those of the index; `word_terms`: int32 (W,) and
    `is_stop_word`: bool (W,). `word_numbers`: int32, the numbers of those that are
    written.
    """

    def __init__(self, arrays: Arrays | None) -> None:
        """`arrays` are those of the index; without one there are no words."""
        self._arrays = arrays or _NONE
        self._taken: list[range] = []
        self.words = opened_table(self._arrays, "words")
        self.terms = opened_table(self._arrays, "terms")
        self.word_terms = self._arrays["word_terms"]
        self.is_stop_word = self._arrays["word_is_stop"]
        self.word_numbers = self._arrays["word_numbers"]

    def has(self, segment: Segment) -> bool:
        """Whether a segment is of this index."""
        return segment.arrays is self._arrays

    def take(self, segment: Segment) -> None:
        """Take a segment of this index over."""
        self._taken.append(segment.documents)

    @cached_property
    def languages(self) -> dict[str, int]:
        """The languages of the documents taken over, and their numbers."""
        names = list(opened_table(self._arrays, "languages"))
        found: set[int] = set()
        for taken in self._taken:
            own = self._arrays["document_languages"][taken.start : taken.stop]
            found.update(distinct(own).tolist())
        return {names[number]: number for number in sorted(found)}

    def rows(self, language: str) -> slice:
        """The rows of a language's words, none when no document taken over is in it."""
        if language not in self.languages:
            return slice(0, 0)
        number = self.languages[language]
        offsets = self._arrays["language_word_offsets"]
        return slice(offsets.item(number), offsets.item(number + 1))

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How often the documents taken over hold each word, (W,)."""
        counts: NDArray[np.int64] = self._arrays["word_counts"].copy()
        taken = {number for numbers in self._taken for number in numbers}
        left = set(self._arrays["document_order"].tolist()) - taken
        for run in runs(sorted(left)):
            counts -= Segment(self._arrays, run).word_counts()
        return counts
