"""A message in its conversation: what it leaves unsaid and earlier questions said.

For example:

    carried_words("what do they earn?", ["What is a CPO also called?"], analyzer)
    # [("cpo", 0.3), ("called", 0.3)]
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import regex

from chatbot.language.terms import Analyzer

CARRIED_WEIGHT = 0.3
FADING = 0.7
"""The weight of a question's words is multiplied by this for each later question."""

MOST_CARRIED_WORDS = 50
_FEW_CONTENT_WORDS = 2
_REFERENCE = regex.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|"
    r"there|one|ones|same)\b",
    regex.IGNORECASE,
)
_CONTINUATION = regex.compile(
    r"\s*(?:and|or|but|also|what about|how about|then)\b", regex.IGNORECASE
)


class Dependence(Enum):
    """How far a message leans on what was asked before."""

    NONE = "it stands on its own"
    POSSIBLE = "it may: it continues or is short"
    CERTAIN = "it points at something that was named before"


def dependence(message: str, analyzer: Analyzer) -> Dependence:
    """Whether a message needs earlier questions to be understood."""
    if _REFERENCE.search(message):
        return Dependence.CERTAIN
    few = len(_content_words(message, analyzer)) <= _FEW_CONTENT_WORDS
    if continues(message) or few:
        return Dependence.POSSIBLE
    return Dependence.NONE


def continues(message: str) -> bool:
    """Whether a message begins as one that goes on: “and …”, “what about …”."""
    return _CONTINUATION.match(message) is not None


def carried_words(
    message: str, earlier: Sequence[str], analyzer: Analyzer
) -> list[tuple[str, float]]:
    """Words of earlier questions that the message does not repeat, with their weight.

    `earlier` stands oldest first. A word counts once, as in the latest question that
    has it; those of the latest questions come first, and at most `MOST_CARRIED_WORDS`
    are carried.
    """
    own = set(analyzer.words(message))
    carried: dict[str, float] = {}
    weight = CARRIED_WEIGHT
    for question in reversed(earlier):
        for word in _content_words(question, analyzer):
            if word not in own:
                carried.setdefault(word, weight)
        weight *= FADING
    return list(carried.items())[:MOST_CARRIED_WORDS]


def _content_words(text: str, analyzer: Analyzer) -> list[str]:
    return [word for word in analyzer.words(text) if word not in analyzer.stop_words]
