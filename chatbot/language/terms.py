"""Words to terms: the stem under which the forms of a word are counted together."""

from __future__ import annotations

from functools import cached_property

from chatbot.errors import SettingsError
from chatbot.language.resources import word_list
from chatbot.language.words import find_words

STEMMED_LANGUAGES = (
    "arabic",
    "danish",
    "dutch",
    "english",
    "finnish",
    "french",
    "german",
    "hungarian",
    "italian",
    "norwegian",
    "portuguese",
    "romanian",
    "russian",
    "spanish",
    "swedish",
)
"""The languages for which nltk has a Snowball stemmer."""

LANGUAGES = tuple(sorted((*STEMMED_LANGUAGES, "greek", "turkish")))
"""The languages that a corpus may be in; those without a stemmer have word lists."""


class Analyzer:
    """Turns text of one language into words and words into terms.

    nltk is imported at the first word that is stemmed: its import takes a second, and
    a question whose words the index knows needs no stemmer.
    """

    def __init__(self, language: str) -> None:
        """Raises `SettingsError` for a language that is none of `LANGUAGES`."""
        if language not in LANGUAGES:
            raise SettingsError(
                f"CHATBOT_LANGUAGE is {language!r}; "
                f"set it to one of: {', '.join(LANGUAGES)}."
            )
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
        if self.language not in STEMMED_LANGUAGES or not word.isalpha():
            return word
        from nltk.stem.snowball import SnowballStemmer

        # A new one for each word: the Arabic stemmer remembers earlier words.
        return str(SnowballStemmer(self.language).stem(word)) or word
