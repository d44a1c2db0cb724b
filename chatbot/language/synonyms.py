"""Synonyms in Solr's format, read to a table from a term to terms like it.

For example:

    pay, salary, wage        each of the three also finds the other two
    expensive => cost        "expensive" also finds "cost", but not the other way
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping


def listed_words(lines: Iterable[str]) -> list[str]:
    """Every word of a synonym list, in the order of the list."""
    return [
        word for line in lines for side in line.split("=>") for word in _words_of(side)
    ]


def synonym_table(
    lines: Iterable[str], term: Callable[[str], str]
) -> Mapping[str, tuple[str, ...]]:
    """From each listed word's term to the terms it also finds, in the list's order."""
    table: dict[str, dict[str, None]] = {}
    for line in lines:
        left, arrow, right = line.partition("=>")
        sources = [term(word) for word in _words_of(left)]
        targets = [term(w) for w in _words_of(right)] if arrow else sources
        for source in sources:
            entry = table.setdefault(source, {})
            entry.update(dict.fromkeys(t for t in targets if t != source))
    return {term: tuple(found) for term, found in table.items()}


def _words_of(side: str) -> list[str]:
    return [word.strip() for word in side.split(",") if word.strip()]
