"""Scripts without spaces between words: runs of characters and their pairs.

For example:

    list(split_unspaced("買iPhone"))     # [("買", True), ("iPhone", False)]
    list(pairs("首席产品"))               # ["首席", "席产", "产品"]

A character is what a reader sees as one: a letter with its marks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby, pairwise

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
_EAST_ASIAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\u30FC]+")
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


def pair_of_characters(word: str) -> tuple[str, ...]:
    """The two characters of a pair in a script whose words are about as short.

    That is of Chinese, Japanese and Korean; empty for any other word.
    """
    if word.isascii() or len(word) != 2 or not _EAST_ASIAN.fullmatch(word):
        return ()
    return tuple(word)


def covered_stretches(
    run: str, words: Collection[str], covers: Callable[[Iterable[bool]], bool]
) -> dict[str, str]:
    """From each pair of a run that is among `words` to the stretch that it is part of.

    A stretch is what is shown of the run: characters next to each other of whose pairs
    any (`covers` is `any`) or all (`all`) are among the words. A pair that no stretch
    holds leads to an empty string.
    """
    found = list(pairs(run))
    characters = _CHARACTER.findall(run)
    counted = [word in words for word in found]
    shown = [covers(counted[max(i - 1, 0) : i + 1]) for i in range(len(characters))]
    stretches: dict[str, str] = {}
    start = 0
    for is_shown, group in groupby(shown):
        end = start + len(list(group))
        stretch = "".join(characters[start:end]) if is_shown else ""
        for word in found[start : max(end - 1, start + (len(characters) == 1))]:
            if word in words and stretch:
                stretches.setdefault(word, stretch)
        start = end
    return dict.fromkeys((w for w in found if w in words), "") | stretches


def joined_pairs(words: Iterable[str]) -> list[str]:
    """Words in the order of a text, overlapping pairs of characters as one again."""
    joined: list[str] = []
    for word in words:
        first, *rest = _CHARACTER.findall(word)
        if joined and rest and _RUN.fullmatch(word) and joined[-1].endswith(first):
            joined[-1] += "".join(rest)
        else:
            joined.append(word)
    return joined
