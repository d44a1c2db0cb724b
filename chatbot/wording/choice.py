"""Which table to use: the language that a message is written in.

For example:

    language_of("¿Cuánto cuesta?", otherwise="english")      # "spanish"
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import regex

from chatbot.language.languages import DEFAULT_LANGUAGE
from chatbot.language.resources import word_list
from chatbot.language.words import find_words
from chatbot.wording.table import LANGUAGES

_OF_SCRIPT = {
    "arabic": r"\p{Arabic}",
    "chinese": r"\p{Han}",
    "russian": r"\p{Cyrillic}",
}
"""The languages with a table that are told by their letters."""

_LETTERS = {language: regex.compile(letter) for language, letter in _OF_SCRIPT.items()}
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_LATIN = tuple(language for language in LANGUAGES if language not in _OF_SCRIPT)
LOOKED_AT = 500
"""Characters of a message by which its language is told."""


def language_of(
    message: str, otherwise: str, is_word: Callable[[str], bool] = lambda word: False
) -> str:
    """The language to answer a message in: one that has a table.

    A language written in letters of its own is told by them, the others by the words
    that carry their grammar. Where those do not tell, it is `otherwise`, the language
    that the documents suggest, or the default one if that has no table. `is_word` tells
    the words of that language: one of them does not tell another language by itself.
    """
    text = message[:LOOKED_AT]
    for language, letter in _LETTERS.items():
        if letter.search(text):
            is_other = language == "chinese" and _KANA.search(text)
            return DEFAULT_LANGUAGE if is_other else language
    words = set(find_words(text))
    ranked = [otherwise, *_LATIN]
    telling = [words & grammar(language) for language in ranked]
    shares = [
        0
        if len(found) == 1 and is_word(*found) and language != otherwise
        else len(found)
        for language, found in zip(ranked, telling, strict=True)
    ]
    likeliest = ranked[shares.index(max(shares))]
    return likeliest if likeliest in LANGUAGES else DEFAULT_LANGUAGE


@cache
def grammar(language: str) -> frozenset[str]:
    """The words that carry a language's grammar rather than a topic, in plain form."""
    lines = word_list(language, "stop_words")
    return frozenset(word for line in lines for word in find_words(line))
