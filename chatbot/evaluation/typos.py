"""Random typos, for measuring what they cost."""

from __future__ import annotations

from functools import cache
from random import Random
from string import ascii_lowercase

import regex

from chatbot.language.resources import word_list

_WORD = regex.compile(r"(?<![\p{L}\p{M}\p{N}])\p{L}{4,}(?![\p{L}\p{M}\p{N}'’])")


def with_typos(question: str, random: Random) -> str:
    """A question with one typo in its first content word, its third, and so on.

    Content words are those of four letters or more that are no English stop words.
    """
    words = [
        match
        for match in _WORD.finditer(question)
        if match.group().casefold() not in _stop_words()
    ]
    parts, end = [], 0
    for match in words[::2]:
        parts += [question[end : match.start()], with_typo(match.group(), random)]
        end = match.end()
    return "".join([*parts, question[end:]])


def with_typo(word: str, random: Random) -> str:
    """A word with one typo after its first letter; the word comes out changed.

    The typo is two neighbours swapped, a letter left out, or a letter a to z put in or
    in the place of another. The word has two letters at least.
    """
    typo = word
    while typo == word:
        at = random.randrange(1, len(word))
        letter = random.choice(ascii_lowercase)
        typo = random.choice(
            (
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
            )
        )
    return typo


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word_list("english", "stop_words"))
