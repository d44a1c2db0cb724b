"""The language of a text, by py3langid, whose model ships with the package.

For example:

    detected_language("Die Fähre fährt um zwölf Uhr.")      # "german"
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import regex

from chatbot.language.languages import DEFAULT_LANGUAGE, LANGUAGE_OF_CODE
from chatbot.language.resources import word_list

SAMPLES = 10
SAMPLE_CHARACTERS = 400
"""So many stretches of this length, spread over a text, tell its language."""

SURE = 0.7
"""Probability from which a text in Latin letters is taken for another language."""

PLAIN_WORDS = 20
PLAIN_SHARE = 0.3
"""Of so many words so many carry grammar in a text in the default language.

They are two in five on average, and one in six at most in other languages. The model,
which takes longer to load than a changed file to be taken in, is not asked then.
"""

_LETTER = regex.compile(r"\p{L}")
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_THAN_LATIN = regex.compile(r"[^\P{L}\p{Latin}]")


def detected_language(text: str) -> str:
    """The English name of the language that most of a text is in.

    It depends on the text alone. A text without letters, and one in Latin letters that
    is too short or too mixed to tell, is taken to be in the default language.
    """
    sample = _sample(text)
    letters = len(_LETTER.findall(sample))
    other_letters = len(_OTHER_THAN_LATIN.findall(sample))
    if not letters or (not other_letters and _is_plain(sample)):
        return DEFAULT_LANGUAGE
    code, probability = _identifier().classify(sample)
    is_latin = 2 * other_letters < letters
    if is_latin and probability < SURE:
        return DEFAULT_LANGUAGE
    return LANGUAGE_OF_CODE[code]


def _sample(text: str) -> str:
    step = max(len(text) // SAMPLES, SAMPLE_CHARACTERS)
    starts = range(0, len(text), step)[:SAMPLES]
    return "\n".join(text[start : start + SAMPLE_CHARACTERS] for start in starts)


def _is_plain(sample: str) -> bool:
    """Whether the function words of a text leave no doubt of the default language."""
    words = _WORD.findall(sample.lower())
    known = sum(map(_function_words().__contains__, words))
    return len(words) >= PLAIN_WORDS and known >= PLAIN_SHARE * len(words)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word_list(DEFAULT_LANGUAGE, "stop_words"))


@cache
def _identifier() -> Any:
    """py3langid's identifier of the languages that are known by name."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGE_OF_CODE)
    return identifier
