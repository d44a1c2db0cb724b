"""Compares texts with gold words: case, white space and kind of quotes don't matter."""

from __future__ import annotations

from collections.abc import Iterable

_PLAIN_QUOTES = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")


def holds_any(text: str, gold: Iterable[str]) -> bool:
    """Whether a text contains one of the gold words at least."""
    plain = _plain(text)
    return any(_plain(words) in plain for words in gold)


def _plain(text: str) -> str:
    return " ".join(text.translate(_PLAIN_QUOTES).casefold().split())
