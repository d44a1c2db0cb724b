"""Messages that are no questions: greetings, thanks, and what steers the conversation.

A message is one only as a whole: "hi, what does it cost?" is a question. One of several
such phrases wants what the most specific of them does.

    heard_cue("where does it say that?")    # Heard("where", "english")
    heard_cue("ok, thanks, bye")            # Heard("goodbye", "english")
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


FROM_VAGUE_TO_SPECIFIC: tuple[Cue, ...] = (
    *("thanks", "greeting", "wrong", "goodbye", "help", "who", "overview"),
    *("more", "why", "where", "start_over"),
)
"""What a message of several phrases wants is the last of these."""


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
    if words in _phrases():
        return _meaning(words, language)
    heard = _heard_in_parts(words.split(), language)
    if heard:
        return heard
    phrase = _misspelt(words, is_word)
    return _meaning(phrase, language) if phrase else None


def _meaning(phrase: str, language: str) -> Heard:
    meanings = _phrases()[phrase]
    return next((each for each in meanings if each.language == language), meanings[0])


def _heard_in_parts(words: list[str], language: str) -> Heard | None:
    """What a message wants that is nothing but phrases and fillers of one language."""
    for spoken in dict.fromkeys((language, *LANGUAGES)):
        cues = _cues_in(words, spoken)
        if cues:
            return Heard(max(cues, key=FROM_VAGUE_TO_SPECIFIC.index), spoken)
    return None


def _cues_in(words: list[str], language: str) -> list[Cue]:
    """The cues of the longest phrases that words begin with, one after the other.

    There are none when a word is in no phrase and no filler.
    """
    parts, beginnings = _parts(language), _beginnings(language)
    cues: list[Cue] = []
    first = 0
    while first < len(words):
        if words[first] not in beginnings:
            return []
        ends = range(min(first + _longest_part(language), len(words)), first, -1)
        last = next((end for end in ends if " ".join(words[first:end]) in parts), None)
        if last is None:
            return []
        cue = parts[" ".join(words[first:last])]
        cues += [cue] if cue else []
        first = last
    return cues


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


@cache
def _parts(language: str) -> dict[str, Cue | None]:
    """From the phrases of a language to their cues, and from its fillers to None."""
    hears = wording(language).hears
    cues: dict[str, Cue | None] = {
        said(phrase): cue for cue, phrases in hears.cues.items() for phrase in phrases
    }
    return cues | dict.fromkeys(map(said, hears.fillers))


@cache
def _beginnings(language: str) -> frozenset[str]:
    """The words that phrases and fillers of a language begin with."""
    return frozenset(phrase.split()[0] for phrase in _parts(language) if phrase)


@cache
def _longest_part(language: str) -> int:
    """Words of the longest phrase of a language."""
    return max(len(phrase.split()) for phrase in _parts(language))
