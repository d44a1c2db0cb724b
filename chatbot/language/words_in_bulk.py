"""Many stretches of a text to words at once, as numbers.

    numbers = new_numbers()
    words = words_in_bulk(text, spans, plain_form, numbers)

It finds what `find_words` finds in each stretch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, compress, count

import numpy as np
from numpy.typing import NDArray

from chatbot.language.characters import (
    IS_OTHER,
    IS_WORD,
    character_class,
    character_codes,
    counts_before,
)
from chatbot.language.words import find_words

WordNumbers = defaultdict[str, int]
"""The number of each word; one that is new takes the next."""

_SPACE = ord(" ")
_LOWER = np.frombuffer(bytes(range(128)).lower() + b" ", dtype=np.uint8)
_AS_WORDS = np.where(IS_WORD, _LOWER, _SPACE).astype(np.uint8)
_IS_JOINT = character_class(".,'-")
_IS_SYMBOL = character_class("&+#") | IS_OTHER


@dataclass(frozen=True, slots=True)
class BulkWords:
    """The words of N stretches, W in all.

    `numbers`: int32 (W,), on end. `offsets`: int64 (N + 1,); those of stretch i are
    numbers[offsets[i]:offsets[i + 1]]. `is_plain`: bool (N,), stretches of which it is
    known that their words are runs of ASCII letters and digits with nothing but other
    ASCII characters between them.
    """

    numbers: NDArray[np.int32]
    offsets: NDArray[np.int64]
    is_plain: NDArray[np.bool_]


def new_numbers() -> WordNumbers:
    """Numbers for words, from 0 upwards."""
    return defaultdict(count().__next__)


def words_in_bulk(
    text: str,
    spans: NDArray[np.int64],
    form: Callable[[str], str],
    numbers: WordNumbers,
) -> BulkWords:
    """The words of the stretches `spans` of a text, (N, 2), in order and disjoint.

    `form` is that of `find_words`; words that are new are added to `numbers`.
    """
    codes = character_codes(text)
    is_word = IS_WORD[codes]
    starts, ends = spans[:, 0], spans[:, 1]
    is_plain = _are_plain(codes, is_word, starts, ends)
    found = _AS_WORDS[codes].tobytes().decode("ascii").split()
    first_places = np.flatnonzero(is_word & ~_behind(is_word))
    firsts = np.searchsorted(first_places, starts)
    lasts = np.searchsorted(first_places, ends)
    in_plain = _in_ranges(firsts[is_plain], lasts[is_plain], len(found))
    kept = found if in_plain.all() else list(compress(found, in_plain.tolist()))
    others = [
        list(find_words(text[start:end], form))
        for start, end in spans[~is_plain].tolist()
    ]
    sizes = lasts - firsts
    sizes[~is_plain] = [len(words) for words in others]
    offsets = np.zeros(len(spans) + 1, dtype=np.int64)
    np.cumsum(sizes, out=offsets[1:])
    together = np.empty(int(offsets[-1]), dtype=np.int32)
    is_of_plain = np.repeat(is_plain, sizes)
    number = numbers.__getitem__
    together[is_of_plain] = np.fromiter(map(number, kept), np.int32, len(kept))
    rest = [number(word) for word in chain.from_iterable(others)]
    together[~is_of_plain] = rest
    return BulkWords(together, offsets, is_plain)


def words_of_each(
    texts: Iterable[str], form: Callable[[str], str], numbers: WordNumbers
) -> BulkWords:
    """The words of some short texts, `form` and `numbers` as in `words_in_bulk`."""
    found = [list(find_words(text, form)) for text in texts]
    offsets = np.cumsum([0, *map(len, found)], dtype=np.int64)
    together = map(numbers.__getitem__, chain.from_iterable(found))
    return BulkWords(
        np.fromiter(together, np.int32, int(offsets[-1])),
        offsets,
        np.zeros(len(found), dtype=bool),
    )


def _are_plain(
    codes: NDArray[np.uint8],
    is_word: NDArray[np.bool_],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Which stretches hold nothing but plain words, and no part of one, (N,)."""
    before, after = _behind(is_word), np.zeros_like(is_word)
    after[:-1] = is_word[1:]
    is_odd = _IS_SYMBOL[codes] | (_IS_JOINT[codes] & before & after)
    odd = counts_before(is_odd)
    is_inside = np.append(is_word & before, False)
    is_plain: NDArray[np.bool_] = odd[starts] == odd[ends]
    is_plain &= ~is_inside[starts] & ~is_inside[ends]
    return is_plain


def _behind(marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of each place whether the one before it is marked, (N,)."""
    behind = np.zeros_like(marked)
    behind[1:] = marked[:-1]
    return behind


def _in_ranges(
    starts: NDArray[np.intp], ends: NDArray[np.intp], size: int
) -> NDArray[np.bool_]:
    """Which of `size` places are in any of the ranges start:end, (size,)."""
    changes = np.bincount(starts, minlength=size + 1)
    changes -= np.bincount(ends, minlength=size + 1)
    inside: NDArray[np.bool_] = np.cumsum(changes[:size]) > 0
    return inside
