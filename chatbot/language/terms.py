"""Words to terms: the stem under which the forms of a word are counted together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import regex
import Stemmer

from chatbot.language.languages import STEMMED_LANGUAGES
from chatbot.language.resources import word_list
from chatbot.language.words import accented_form, find_words, plain_form

_LANGUAGES_WITH_TONE_MARKS = frozenset({"vietnamese"})
_STEMMABLE = regex.compile(r"[\p{L}\p{M}]+")


class Analyzer:
    """Turns text of one language into words and words into terms."""

    def __init__(self, language: str) -> None:
        """`language` is an English name; one without a stemmer keeps its words.

        `form` makes a word that of the language as words are compared.
        """
        self.language = language
        keeps_accents = language in _LANGUAGES_WITH_TONE_MARKS
        self.form = accented_form if keeps_accents else plain_form

    def words(self, text: str) -> list[str]:
        """The words of a text in the form in which the language compares them."""
        return list(find_words(text, self.form))

    @cached_property
    def stop_words(self) -> frozenset[str]:
        """Plain forms of the words that carry grammar rather than a topic."""
        return self._listed("stop_words")

    @cached_property
    def weak_words(self) -> frozenset[str]:
        """Plain forms of the content words that narrow a question little."""
        return self._listed("weak_words") - self.stop_words

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Plain forms of content words that everybody knows how to spell."""
        return frozenset(word_list(self.language, "common_words"))

    def _listed(self, name: str) -> frozenset[str]:
        listed = word_list(self.language, name)
        return frozenset(word for line in listed for word in self.words(line))

    def term(self, word: str) -> str:
        """The term of a word in plain form; words with digits are their own term."""
        return self.terms([word])[0]

    def terms(self, words: Iterable[str]) -> list[str]:
        """The term of each of the words."""
        if self.language not in STEMMED_LANGUAGES:
            return list(words)
        # A new one for each call: stemmers may not be shared between threads.
        stemmer = Stemmer.Stemmer(self.language, 0)
        forms = list(words)
        stems = stemmer.stemWords(forms)
        for place, form in enumerate(forms):
            is_stemmed = form.isalpha() or _STEMMABLE.fullmatch(form)
            if not is_stemmed or not stems[place]:
                stems[place] = form
        return list(stems)
