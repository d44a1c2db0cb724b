"""Generated passages: words, frequencies and lengths as those of English text, seeded.

A word's frequency falls with its rank in two regimes (Gerlach and Altmann, “Stochastic
model for the vocabulary growth in natural languages”, 2013), the first flattened as by
Mandelbrot:

    p(r) ~ 1 / (r + 1)            for r <= 7873
    p(r) ~ 1 / (r + 1)^1.77       above, continued without a step

so that the vocabulary of N words grows as Heaps' law has it, as N^(1 / 1.77) in the
end. The first ranks are English stop words; the others are made of syllables and take
English endings. Consecutive passages form documents, which share a title and some
topical words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.speed.corpora import PassageText

_STOP_WORDS = (
    "the of and to a in is that for it was on with as be by at are this from or have "
    "an not but which they he his you we had has their were been if there more will "
    "can one all when would who what so no out up her she about than into them its "
    "other some time only could new our these two may then do first any my now such "
    "like over me how after also most must before through where your many well down "
    "should because each just those people way much very between own under while us "
    "still him being same both did here off again too another since during without "
    "against around however every few why once until whether above below yet"
)
STOP_WORDS = tuple(_STOP_WORDS.split())
"""The most frequent words of English, most frequent first."""

ENDINGS = ("", "s", "ed", "ing", "er", "ly")
ENDING_SHARES = (0.62, 0.18, 0.08, 0.07, 0.03, 0.02)

RANKS = 2**21
CORE_RANKS = 7873
TAIL_EXPONENT = 1.77

_ONSETS = "b c d f g h l m n p r s t v br ch cl dr fl gr pl pr sh sl st th tr"
ONSETS = tuple(_ONSETS.split())
VOWELS = ("a", "e", "i", "o", "u")
CODAS = ("", "n", "r", "t", "l", "ck", "m", "nd", "st", "x", "p", "sk")

CHUNK = 10_000
"""Passages that are drawn at a time; a corpus begins with the chunks of a smaller."""

DOCUMENT_PASSAGES = 8
"""Passages that share a title, on average."""

TOPICAL_WORDS = 20
TOPICAL_SHARE = 0.15
TITLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Length:
    """How long passages are: log-normal, its median in words and its deviation."""

    median: float
    deviation: float


LENGTHS = {"short": Length(12, 0.4), "long": Length(95, 0.35)}
"""A summary of a sentence or two, and a paragraph."""


def generate(count: int, length: Length, seed: int = 0) -> Iterator[PassageText]:
    """`count` passages; the same for the same seed, and the first of a larger count."""
    for chunk, start in enumerate(range(0, count, CHUNK)):
        drawn = _chunk(np.random.default_rng([seed, chunk]), length)
        yield from drawn[: count - start]


def word(rank: int, ending: str = "") -> str:
    """The word of a rank, from 0; stop words take no ending."""
    if rank < len(STOP_WORDS):
        return STOP_WORDS[rank]
    return _stem(rank - len(STOP_WORDS)) + ending


@cache
def cumulative_shares() -> NDArray[np.float64]:
    """The share of the words up to each rank, float64 (RANKS,), ascending to 1."""
    place = np.arange(2, RANKS + 2, dtype=np.float64)
    edge = CORE_RANKS + 1.0
    shares = np.where(
        place <= edge, 1 / place, edge ** (TAIL_EXPONENT - 1) / place**TAIL_EXPONENT
    )
    cumulative: NDArray[np.float64] = np.cumsum(shares) / shares.sum()
    return cumulative


def _stem(number: int) -> str:
    """The `number`-th made-up stem: short for the first; all are different.

    Neighbours do not look alike: the numbers of each length are permuted by a
    multiplication that has an inverse.
    """
    syllables = len(ONSETS) * len(VOWELS)
    length, size = 1, syllables * len(CODAS)
    while number >= size:
        number -= size
        length, size = length + 1, size * syllables
    number = number * 7_368_787 % size
    number, coda = divmod(number, len(CODAS))
    parts = [CODAS[coda]]
    for _ in range(length):
        number, syllable = divmod(number, syllables)
        onset, vowel = divmod(syllable, len(VOWELS))
        parts.append(ONSETS[onset] + VOWELS[vowel])
    return "".join(reversed(parts))


def _chunk(random: np.random.Generator, length: Length) -> list[PassageText]:
    """`CHUNK` passages, W words in all."""
    sizes = np.exp(random.normal(np.log(length.median), length.deviation, CHUNK))
    sizes = np.clip(np.rint(sizes), 4, None).astype(np.int64)
    document = np.cumsum(random.random(CHUNK) < 1 / DOCUMENT_PASSAGES)
    topics = _ranks(random, (int(document[-1]) + 1, TOPICAL_WORDS), topical=True)
    ranks = _ranks(random, (int(sizes.sum()),))
    is_topical = random.random(len(ranks)) < TOPICAL_SHARE
    is_topical &= ranks >= len(STOP_WORDS)
    rows = np.repeat(document, sizes)[is_topical]
    ranks[is_topical] = topics[rows, random.integers(0, TOPICAL_WORDS, len(rows))]
    words = _written(ranks, random)
    titles = [" ".join(map(word, row[:TITLE_WORDS])).title() for row in topics.tolist()]
    sentence_sizes = random.integers(9, 23, CHUNK).tolist()
    ends = np.cumsum(sizes).tolist()
    return [
        PassageText(titles[which], _sentences(words[end - size : end], longest))
        for which, end, size, longest in zip(
            document.tolist(), ends, sizes.tolist(), sentence_sizes, strict=True
        )
    ]


def _ranks(
    random: np.random.Generator, shape: tuple[int, ...], *, topical: bool = False
) -> NDArray[np.int64]:
    """Ranks drawn by their shares; `topical` ones are those of no stop words."""
    shares = cumulative_shares()
    least = shares[len(STOP_WORDS) - 1] if topical else 0.0
    drawn = random.uniform(least, 1.0, shape)
    return np.searchsorted(shares, drawn, side="right").clip(max=RANKS - 1)


def _written(ranks: NDArray[np.int64], random: np.random.Generator) -> list[str]:
    """The words of the ranks (W,), each with an ending drawn for it."""
    endings = random.choice(len(ENDINGS), len(ranks), p=ENDING_SHARES)
    forms, places = np.unique(ranks * len(ENDINGS) + endings, return_inverse=True)
    written = [
        word(rank, ENDINGS[ending])
        for rank, ending in (divmod(form, len(ENDINGS)) for form in forms.tolist())
    ]
    return [written[place] for place in places.tolist()]


def _sentences(words: Sequence[str], longest: int) -> str:
    """Words as sentences of nearly the same length, none above `longest` words."""
    count = -(-len(words) // longest)
    size = -(-len(words) // count)
    return " ".join(
        " ".join(words[start : start + size]).capitalize() + "."
        for start in range(0, len(words), size)
    )
