"""Words to terms: the stem under which the forms of a word are counted together."""

from __future__ import annotations

from functools import cached_property

import regex
import Stemmer

from chatbot.language.languages import STEMMED_LANGUAGES
from chatbot.language.resources import word_list
from chatbot.language.words import find_words

_STEMMABLE = regex.compile(r"[\p{L}\p{M}]+")


class Analyzer:
    """Turns text of one language into words and words into terms."""

    def __init__(self, language: str) -> None:
        """`language` is an English name; one without a stemmer keeps its words."""
        self.language = language

    def words(self, text: str) -> list[str]:
        """The words of a text in plain form, in order."""
        return list(find_words(text))

    @cached_property
    def stop_words(self) -> frozenset[str]:
        """Plain forms of the words that carry grammar rather than a topic."""
        listed = word_list(self.language, "stop_words")
        return frozenset(word for line in listed for word in find_words(line))

    def term(self, word: str) -> str:
        """The term of a word in plain form; words with digits are their own term."""
        if self.language not in STEMMED_LANGUAGES or not _STEMMABLE.fullmatch(word):
            return word
        # A new one for each word: stemmers may not be shared between threads.
        return Stemmer.Stemmer(self.language, 0).stemWord(word) or word
