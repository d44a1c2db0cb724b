"""Cutting a text where a sentence ends, for places that take only so much.

For example:

    shortened("One sentence. Another one.", lambda text: len(text) <= 20)
    # "One sentence. …"
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*(?=\s)|[。！？]")


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """The text, or as many of its sentences as fit, with “…” for the rest.

    Where not even one sentence fits, it is cut between words, or else anywhere.
    `fits` holds for every beginning of a text for which it holds.
    """
    if fits(text):
        return text
    beyond = 1
    while beyond < len(text) and fits(f"{text[:beyond]} …"):
        beyond *= 2
    lengths = range(min(beyond, len(text)))
    longest = bisect_left(lengths, True, key=lambda n: not fits(f"{text[:n]} …")) - 1
    front = text[: max(longest, 0)]
    ends = [match.end() for match in _SENTENCE_END.finditer(front)]
    if ends:
        return f"{front[: ends[-1]]} …"
    words = front.rpartition(" ")[0].rstrip()
    return f"{words or front}…"


def shortened_to(text: str, characters: int) -> str:
    """The text shortened to a number of characters, each that UTF-16 needs two for
    counted twice."""
    return shortened(text, lambda text: utf16_length(text) <= characters)


def utf16_length(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2
