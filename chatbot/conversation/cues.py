"""Messages that are no questions: greetings, thanks, and what steers the conversation.

A message is one only as a whole: "hi, what does it cost?" is a question.

    heard_cue("where does it say that?")    # Heard("where", "english")
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from chatbot.language.languages import DEFAULT_LANGUAGE
from chatbot.wording.phrases import said
from chatbot.wording.table import LANGUAGES, Cue, wording

LONGEST_CUE = 60
"""Characters of a message that may be one."""

LIKENESS = 85.0
FUZZY_FROM = 5
"""A misspelling is forgiven in phrases of this many letters or more."""


class Heard(NamedTuple):
    """What a message wants, and the language it says so in."""

    cue: Cue
    language: str


def heard_cue(
    message: str,
    language: str = DEFAULT_LANGUAGE,
    is_word: Callable[[str], bool] = lambda word: False,
) -> Heard | None:
    """What a whole message wants that is no question, or None for a question.

    Of languages that have the same phrase `language` goes first. `is_word` tells words
    that are spelt right: a message of those alone is not taken for a misspelt phrase.
    """
    if len(message) > LONGEST_CUE:
        return None
    words = said(message)
    phrase = words if words in _phrases() else _misspelt(words, is_word)
    if phrase is None:
        return None
    meanings = _phrases()[phrase]
    return next((each for each in meanings if each.language == language), meanings[0])


def _misspelt(words: str, is_word: Callable[[str], bool]) -> str | None:
    """The phrase that a message misspells, if it is near enough to one."""
    if len(words) < FUZZY_FROM or all(map(is_word, words.split())):
        return None
    from rapidfuzz import fuzz, process

    nearest = process.extractOne(
        words, _phrases().keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS
    )
    return nearest[0] if nearest else None


@cache
def _phrases() -> dict[str, tuple[Heard, ...]]:
    """From each phrase to what it means, in the order of the languages."""
    found: dict[str, tuple[Heard, ...]] = {}
    for language in LANGUAGES:
        for cue, phrases in wording(language).hears.cues.items():
            for phrase in dict.fromkeys(map(said, phrases)):
                found[phrase] = (*found.get(phrase, ()), Heard(cue, language))
    return found
