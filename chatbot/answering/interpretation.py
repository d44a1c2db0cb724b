"""How a message was read, in words that a person can check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from chatbot.answering.ranking import Feature

MOST_REASONS = 3
LEAST_SHARE = 0.02
"""A feature that adds a smaller share of a passage's score is no reason."""

_LONGEST_PHRASE = 4
_MOST_WORDS = 100
"""Words of a question after this many are in no phrase."""
_IN_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)?")


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a question was read and what of it was found.

    `matched`: content words that the first quote's passage or its headings hold, itself
    or by another word. `corrected`: misspelt content words, each with the word
    that was searched for instead. `expanded`: words, each with the synonyms or long
    forms that were searched for as well. `unknown`: words that are nowhere in the
    corpus. `follow_up_of`: what was taken over from earlier questions, or the question
    that the message was reworded to, or an empty string.
    `reasons`: why the first quote's passage was chosen, the strongest first; empty when
    nothing is quoted.
    """

    matched: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    expanded: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: tuple[str, ...] = ()
    follow_up_of: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def absent(self) -> tuple[str, ...]:
        """The words that the corpus does not have, those corrected included."""
        return (*(word for word, _ in self.corrected), *self.unknown)

    @property
    def in_words(self) -> tuple[str, ...]:
        """The same as sentences, what was found before what was not."""
        lines = []
        if self.matched:
            where = "passage" if self.reasons else "nearest passage"
            lines.append(f"In the {where} or its headings: {_listed(self.matched)}.")
        if self.reasons:
            lines.append(f"It came first because {'; '.join(self.reasons)}.")
        lines += [
            f"Corrected: {wrong} is not in the documents, so {right} was searched for."
            for wrong, right in self.corrected
        ]
        lines += [
            f"Expanded: {word} was searched for as {_listed(others)} too."
            for word, others in self.expanded
        ]
        if self.unknown:
            lines.append(f"Nowhere in the documents: {_listed(self.unknown)}.")
        if self.follow_up_of:
            lines.append(f"Taken over from earlier questions: {self.follow_up_of}.")
        return tuple(lines)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain tuples and strings, with the sentences."""
        return {
            "matched": self.matched,
            "corrected": self.corrected,
            "expanded": self.expanded,
            "unknown": self.unknown,
            "follow_up_of": self.follow_up_of,
            "reasons": self.reasons,
            "in_words": self.in_words,
        }


def reasons(
    features: Sequence[Feature], contributions: NDArray[np.float64]
) -> tuple[str, ...]:
    """Why a passage stands where it does: at most three reasons, the strongest first.

    `contributions` (F,) is what each feature adds to the passage's score.
    """
    least = max(LEAST_SHARE * float(contributions.sum()), 0.0)
    pairs = zip(contributions.tolist(), features, strict=True)
    strongest = sorted(pairs, key=itemgetter(0), reverse=True)[:MOST_REASONS]
    return tuple(
        feature.explanation.format(share=_share_in_words(added / feature.weight))
        for added, feature in strongest
        if added > least
    )


def repeated_phrase(question: str, text: str, stop_words: Iterable[str]) -> str:
    """The longest run of two to four words of a question that a text repeats.

    Case apart the words are the same letters. A run of stop words alone is none.
    """
    words = _WORD.findall(question.casefold())[:_MOST_WORDS]
    spaced = " ".join(text.casefold().split())
    without_topic = frozenset(stop_words)
    for length in range(_LONGEST_PHRASE, 1, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            phrase = " ".join(run)
            if not without_topic.issuperset(run) and _holds_words(spaced, phrase):
                return phrase
    return ""


def _holds_words(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text, not beginning or ending inside a word."""
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        around = text[max(start - 1, 0) : start] + text[end : end + 1]
        if not _IN_WORD.search(around):
            return True
        start = text.find(phrase, start + 1)
    return False


def _share_in_words(share: float) -> str:
    if share > 0.99:
        return "all"
    return "most" if share > 0.5 else "part"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
