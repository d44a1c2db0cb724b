"""Many stretches of a text to sentences at once, where that is plain.

It finds what `SentenceSplitter.spans` finds in each stretch that it does not leave out.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from chatbot.language.characters import (
    IS_LETTER,
    IS_OTHER,
    IS_WORD,
    character_class,
    character_codes,
    counts_before,
)

_IS_MARK = character_class(".?!")
_IS_FULL_STOP = character_class(".")
_IS_SPACE = character_class(" \t\n")
_IS_SMALL = character_class("abcdefghijklmnopqrstuvwxyz")
_GOES_ON = IS_WORD | character_class("_,")
"""Behind a mark within a sentence; so may a character that is not in ASCII be."""


def plain_sentences(
    text: str, spans: NDArray[np.int64], abbreviations: Collection[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The sentences of the stretches `spans` of a text, (N, 2), and how many each has.

    The stretches are in order, disjoint and have no white space at their ends. Returns
    int64 (S, 2) and (N,); the count is 0 for a stretch that is not in ASCII or whose
    sentences do not plainly end. `abbreviations` are in lower case.
    """
    if not len(spans):
        return np.empty((0, 2), dtype=np.int64), np.zeros(0, dtype=np.int64)
    codes = character_codes(text)
    starts, ends = spans[:, 0], spans[:, 1]
    foreign = counts_before(IS_OTHER[codes])
    is_plain = foreign[starts] == foreign[ends]
    marks = np.flatnonzero(_IS_MARK[codes[:-1]] & ~_GOES_ON[codes[1:]])
    owners = np.searchsorted(starts, marks, side="right") - 1
    within = (owners >= 0) & (marks + 1 < ends[owners])
    marks, owners = marks[within], owners[within]
    is_end, is_begun_small = _plain_ends(codes, marks, starts[owners])
    firsts = _word_starts(codes, marks, starts[owners])
    words = zip(firsts.tolist(), marks.tolist(), strict=True)
    is_end &= np.array(
        [text[start:end].lower() not in abbreviations for start, end in words],
        dtype=bool,
    )
    is_end &= ~(is_begun_small & _IS_FULL_STOP[codes[marks]])
    is_plain[owners[~is_end]] = False
    is_end &= is_plain[owners] & ~is_begun_small
    marks, owners = marks[is_end], owners[is_end]
    counts = is_plain + np.bincount(owners, minlength=len(spans))
    sentences = np.empty((int(counts.sum()), 2), dtype=np.int64)
    lasts = np.cumsum(counts)
    inner = np.arange(len(marks)) + np.cumsum(is_plain)[owners] - 1
    sentences[inner, 1] = marks + 1
    sentences[inner + 1, 0] = _next_words(codes, marks)
    sentences[(lasts - counts)[is_plain], 0] = starts[is_plain]
    sentences[(lasts - 1)[is_plain], 1] = ends[is_plain]
    return sentences, counts


def _plain_ends(
    codes: NDArray[np.uint8], marks: NDArray[np.intp], starts: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which marks stand between words of letters, white space behind them, (M,).

    And behind which a word in lower case comes.
    """
    firsts = _word_starts(codes, marks, starts)
    is_word = (marks - firsts >= 2) & (
        (firsts == starts) | _IS_SPACE[codes[firsts - 1]]
    )
    nexts = codes[_next_words(codes, marks)]
    is_end = is_word & _IS_SPACE[codes[marks + 1]] & IS_LETTER[nexts]
    return is_end, _IS_SMALL[nexts]


def _word_starts(
    codes: NDArray[np.uint8], marks: NDArray[np.intp], starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Where the letters right before each mark begin, not before its stretch, (M,)."""
    others = np.flatnonzero(~IS_LETTER[codes])
    places = np.searchsorted(others, marks) - 1
    before = np.where(places < 0, -1, others[places])
    firsts: NDArray[np.int64] = np.maximum(before + 1, starts)
    return firsts


def _next_words(codes: NDArray[np.uint8], marks: NDArray[np.intp]) -> NDArray[np.int64]:
    """Where the white space behind each mark ends, (M,)."""
    filled = np.flatnonzero(~_IS_SPACE[codes])
    return filled[np.searchsorted(filled, marks, side="right")]
