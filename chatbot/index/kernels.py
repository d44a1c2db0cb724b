"""The inner loops of a question: in numpy, or compiled where that pays.

    kernels = IndexKernels(postings, forward, generation.check)
    kernels.search(question.weights, 100)

Both kinds give the same results, to the last bit. Compiled ones take half a second to
load, which is more than a few questions cost without them: they are loaded in the
background once a corpus of some size has been asked so many, or at once by `load`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from chatbot.errors import IndexStorageError
from chatbot.index.forward import (
    ForwardIndex,
    Gathered,
    GramCounts,
    Words,
    count_grams,
    count_other_terms,
    count_terms,
    find_pairs,
    gather,
)
from chatbot.index.postings import Postings
from chatbot.index.search import Found, exhaustive_search

FEWEST_PASSAGES = 100
FEWEST_QUESTIONS = 3
LOADING_THREAD = "load-compiled-loops"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Loops:
    """What `search`, `forward` and their compiled twins offer, over one index."""

    search: Callable[[Mapping[int, float], int], Found]
    gather: Callable[[NDArray[np.int32], NDArray[np.int32]], Gathered]
    count_grams: Callable[
        [
            Words,
            NDArray[np.intp],
            Words,
            NDArray[np.intp],
            NDArray[np.intp],
        ],
        GramCounts,
    ]
    count_terms: Callable[
        [NDArray[np.int32], NDArray[np.intp], int, NDArray[np.int32]],
        NDArray[np.float64],
    ]
    count_other_terms: Callable[
        [Words, NDArray[np.intp], NDArray[np.intp], int],
        tuple[NDArray[np.int32], NDArray[np.float64]],
    ]
    find_pairs: Callable[
        [Words, NDArray[np.intp], int, NDArray[np.int32]], NDArray[np.bool_]
    ]


class IndexKernels:
    """The inner loops over the arrays of one index; safe to share between threads."""

    def __init__(
        self, postings: Postings, forward: ForwardIndex, check: Callable[[], None]
    ) -> None:
        """`check` raises `IndexStorageError` when the arrays are damaged.

        Compiled loops do not look at bounds: they are not used before it was called.
        """
        self._postings = postings
        self._forward = forward
        self._check = check
        self._loops = _Loops(
            partial(
                postings.search,
                in_whole=partial(exhaustive_search, postings.whole),
                in_recent=partial(exhaustive_search, postings.recent),
            ),
            partial(gather, forward),
            partial(count_grams, forward),
            count_terms,
            partial(count_other_terms, forward),
            find_pairs,
        )
        self._questions = 0
        self._loading = threading.Lock()
        self._is_loaded = postings.whole.size < FEWEST_PASSAGES

    def search(self, terms: Mapping[int, float], limit: int) -> Found:
        """As `Postings.search`."""
        if not self._is_loaded:
            self._questions += 1
            if self._questions == FEWEST_QUESTIONS:
                threading.Thread(
                    target=self.load, name=LOADING_THREAD, daemon=True
                ).start()
        return self._loops.search(terms, limit)

    def gather(
        self, passages: NDArray[np.int32], searched: NDArray[np.int32]
    ) -> Gathered:
        """As `forward.gather`."""
        return self._loops.gather(passages, searched)

    def count_grams(
        self,
        words: Words,
        word_sentences: NDArray[np.intp],
        heading_words: Words,
        first_sentences: NDArray[np.intp],
        grams: NDArray[np.intp],
    ) -> GramCounts:
        """As `forward.count_grams`."""
        return self._loops.count_grams(
            words, word_sentences, heading_words, first_sentences, grams
        )

    def count_terms(
        self,
        terms: NDArray[np.int32],
        owners: NDArray[np.intp],
        size: int,
        wanted: NDArray[np.int32],
    ) -> NDArray[np.float64]:
        """As `forward.count_terms`."""
        return self._loops.count_terms(terms, owners, size, wanted)

    def count_other_terms(
        self,
        words: Words,
        first_words: NDArray[np.intp],
        passages: NDArray[np.intp],
        searched: int,
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """As `forward.count_other_terms`."""
        return self._loops.count_other_terms(words, first_words, passages, searched)

    def find_pairs(
        self,
        words: Words,
        sentences: NDArray[np.intp],
        size: int,
        pairs: NDArray[np.int32],
    ) -> NDArray[np.bool_]:
        """As `forward.find_pairs`."""
        return self._loops.find_pairs(words, sentences, size, pairs)

    def load(self) -> None:
        """Load the compiled loops, if the corpus is of a size where they pay.

        The first time on a machine they are compiled, which takes some seconds.
        """
        with self._loading:
            if self._is_loaded:
                return
            try:
                self._check()
                self._loops = _compiled_loops(self._postings, self._forward)
            except IndexStorageError as error:
                _log.warning("%s", error)
            except Exception as error:  # numba has many of its own; numpy goes on
                _log.warning(
                    "Questions are answered without compiled loops, some times slower: "
                    "%s. Install the packages of requirements.txt anew.",
                    error,
                )
            self._is_loaded = True


def _compiled_loops(postings: Postings, forward: ForwardIndex) -> _Loops:
    """The compiled loops, each run once: what must be compiled is so now."""
    from chatbot.index import compiled_forward
    from chatbot.index.pruned_search import PrunedSearch

    loops = _Loops(
        partial(
            postings.search,
            in_whole=PrunedSearch(postings.whole),
            in_recent=PrunedSearch(postings.recent),
        ),
        partial(compiled_forward.gather, forward),
        partial(compiled_forward.count_grams, forward),
        compiled_forward.count_terms,
        partial(compiled_forward.count_other_terms, forward),
        compiled_forward.find_pairs,
    )
    most_frequent = postings.idf.argsort()[:1].tolist()
    found = loops.search(dict.fromkeys(most_frequent, 1.0), 1)
    gathered = loops.gather(found.passages, np.zeros(1, dtype=np.int32))
    words, sentences = gathered.words, gathered.word_sentences
    loops.count_grams(
        words,
        sentences,
        gathered.heading_words,
        gathered.first_sentences,
        np.zeros(1, dtype=np.intp),
    )
    loops.count_terms(words.terms, words.passages, 1, np.zeros(1, dtype=np.int32))
    places = np.arange(len(found.passages))
    loops.count_other_terms(words, gathered.first_words, places, 1)
    loops.find_pairs(words, sentences, 1, np.zeros((1, 2), dtype=np.int32))
    return loops
