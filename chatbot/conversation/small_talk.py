"""Messages that are not questions: greetings, thanks, goodbyes, and asking for help.

A message is small talk only as a whole: "hi, what does it cost?" is a question.
"""

from __future__ import annotations

from typing import Literal

import regex

SmallTalk = Literal["greeting", "thanks", "goodbye", "help"]

_PHRASES: dict[SmallTalk, tuple[str, ...]] = {
    "greeting": (
        "hi",
        "hi there",
        "hello",
        "hello there",
        "hey",
        "hey there",
        "good morning",
        "good afternoon",
        "good evening",
        "how are you",
    ),
    "thanks": (
        "thanks",
        "thank you",
        "thank you very much",
        "many thanks",
        "thanks a lot",
        "thx",
        "great thanks",
        "ok thanks",
        "ok thank you",
        "cool",
        "great",
        "perfect",
    ),
    "goodbye": ("bye", "goodbye", "bye bye", "see you", "see you later", "good night"),
    "help": (
        "help",
        "who are you",
        "what are you",
        "what can you do",
        "what can you answer",
        "what can i ask",
        "what can i ask you",
        "what do you know",
        "how does this work",
    ),
}
_KIND_OF: dict[str, SmallTalk] = {
    phrase: kind for kind, phrases in _PHRASES.items() for phrase in phrases
}
_LONGEST_MESSAGE = 40
"""Characters of a message that may be small talk."""
_LIKENESS = 85.0
_FUZZY_FROM = 5
"""A misspelling is forgiven in phrases of this many letters or more."""


def small_talk(message: str) -> SmallTalk | None:
    """What kind of small talk a whole message is, or None when it is a question."""
    if len(message) > _LONGEST_MESSAGE:
        return None
    said = " ".join(regex.findall(r"[\p{L}\p{M}\p{N}]+", message.casefold()))
    if said in _KIND_OF:
        return _KIND_OF[said]
    if len(said) < _FUZZY_FROM:
        return None
    from rapidfuzz import fuzz, process

    nearest = process.extractOne(
        said, _KIND_OF.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS
    )
    return _KIND_OF[nearest[0]] if nearest else None
