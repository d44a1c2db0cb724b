"""What kind of thing a question wants, and which sentences hold such a thing.

For example:

    wanted = wanted_kinds("How much does it cost?")
    holds_kind("It costs $5 a month.", wanted)          # True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|"
    "forty|fifty|hundred|thousand|million|billion|dozen|once|twice|half"
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|"
    "december"
)
_UNITS = "second|minute|hour|day|week|month|quarter|year|decade|century|centuries"


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """A kind of answer: what asks for it and what it looks like in a sentence."""

    name: str
    asked_by: regex.Pattern[str]
    looks_like: regex.Pattern[str]


def _kind(name: str, asked_by: str, looks_like: str) -> AnswerKind:
    return AnswerKind(
        name,
        regex.compile(rf"\b(?:{asked_by})\b", regex.IGNORECASE),
        regex.compile(looks_like),
    )


ANSWER_KINDS = (
    _kind(
        "money",
        "how much|salary|salaries|wages?|prices?|fees?|costs?|pay|paid|earns?|bonus|"
        "bonuses|income|budget",
        r"\p{Sc}\s?\d|(?i:\d\s?(?:dollars?|euros?|pounds?|usd|eur|gbp|cents?)\b)",
    ),
    _kind(
        "duration",
        "how long|how much time|what age|how old|how often",
        rf"(?i:\b(?:\d+|{_NUMBER_WORDS})\b.{{0,20}}\b(?:{_UNITS})s?\b)|(?i:\b(?:daily|"
        r"weekly|monthly|yearly|annually)\b)",
    ),
    _kind(
        "count",
        "how many|what number|how far|how tall|how high|how large|how big|percentage|"
        "what percent",
        rf"\p{{N}}|(?i:\b(?:{_NUMBER_WORDS})\b)",
    ),
    _kind(
        "time",
        "when|what year|which year|what date|what day|what month|what time|"
        "what century|what decade|since when",
        rf"\b[12]\d{{3}}s?\b|(?i:\b(?:{_MONTHS})\b)|(?i:\b\d+(?:st|nd|rd|th)\b)|"
        r"\d{1,2}:\d\d",
    ),
    _kind(
        "person",
        "who|whom|whose|which person",
        r"(?<=[\p{Ll},;] )\p{Lu}\p{Ll}+|^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+",
    ),
    _kind(
        "place",
        "where|what city|what country|which country|which city|what state",
        r"\b(?:in|at|on|from|near|to|of) (?:the )?\p{Lu}\p{Ll}+",
    ),
    _kind(
        "reason",
        "why|what caused|what reason|for what reason",
        r"(?i:\b(?:because|since|due to|in order to|so that|therefore|reason|caused?|"
        r"as a result|owing to)\b)",
    ),
)


def wanted_kinds(question: str) -> tuple[AnswerKind, ...]:
    """The kinds of answer that a question asks for; empty when it names none."""
    return tuple(kind for kind in ANSWER_KINDS if kind.asked_by.search(question))


def holds_kind(sentence: str, kinds: Sequence[AnswerKind]) -> bool:
    """Whether a sentence holds something of one of the kinds."""
    return any(kind.looks_like.search(sentence) for kind in kinds)
