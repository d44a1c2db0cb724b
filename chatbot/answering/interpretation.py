"""How a message was read, in words that a person can check."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a question was read and what of it was found.

    `matched`: content words that the first quote's passage or its headings hold, itself
    or by another word. `corrected`: misspelt content words, each with the word
    that was searched for instead. `expanded`: words, each with the synonyms or long
    forms that were searched for as well. `unknown`: words that are nowhere in the
    corpus. `follow_up_of`: words taken over from earlier questions, or an empty string.
    """

    matched: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    expanded: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: tuple[str, ...] = ()
    follow_up_of: str = ""
