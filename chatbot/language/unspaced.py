"""Scripts without spaces between words: runs of characters and their pairs.

For example:

    list(split_unspaced("買iPhone"))     # [("買", True), ("iPhone", False)]
    list(pairs("首席产品"))               # ["首席", "席产", "产品"]

A character is what a reader sees as one: a letter with its marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

_LETTER = r"""
    [[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}
      \p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]&&[\p{L}\p{M}]]|[\u3007\u30FC\uFF70\uFF9E\uFF9F]
"""
_FLAGS = regex.VERBOSE | regex.VERSION1
_UNSPACED = regex.compile(_LETTER, _FLAGS)
_RUN = regex.compile(
    rf"(?:{_LETTER})(?:{_LETTER}|[\p{{M}}\u00AD\u200C\u200D\u2060])*", _FLAGS
)
_CHARACTER = regex.compile(r"\X")


def split_unspaced(text: str) -> Iterator[tuple[str, bool]]:
    """A text in parts, and of each whether it is in a script without spaces.

    Korean counts among them: its spaces stand between words with their particles.
    """
    end = 0
    if not text.isascii():
        for run in _RUN.finditer(text):
            if end < run.start():
                yield text[end : run.start()], False
            yield run.group(), True
            end = run.end()
    if end < len(text):
        yield text[end:], False


def pairs(run: str) -> Iterator[str]:
    """The overlapping pairs of characters of a run; a single character is itself."""
    characters = _CHARACTER.findall(run)
    if len(characters) == 1:
        yield run
    for first, second in pairwise(characters):
        yield first + second
