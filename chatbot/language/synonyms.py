"""Synonyms in Solr's format, read to a table from a term to terms like it.

For example:

    pay, salary, wage        # each of the three also finds the other two
    expensive => cost        # "expensive" also finds "cost", but not the other way
    product manager, PM      # several words stand for one; "\\," is a comma itself
    # a comment: a "#" at the beginning or after white space begins one
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import regex

from chatbot.language.words import find_words

_COMMA = regex.compile(r"(?<!\\)(?:\\\\)*\K,")
_ARROW = regex.compile(r"(?<!\\)(?:\\\\)*\K=>")
_COMMENT = regex.compile(r"(?:^|\s)#.*")
_ESCAPED = regex.compile(r"\\(.)")

Phrase = tuple[str, ...]
"""One or more words in plain form."""


@dataclass(frozen=True, slots=True)
class SynonymRule:
    """Phrases of a question, and those that each of them is also searched for by."""

    sources: tuple[Phrase, ...]
    targets: tuple[Phrase, ...]


def parse_synonyms(text: str) -> tuple[list[SynonymRule], list[str]]:
    """The rules of a synonym file, and what is wrong with the lines that are not one.

    A problem begins with the number of its line, counted from 1.
    """
    rules: list[SynonymRule] = []
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = _COMMENT.sub("", line)
        if not line.strip():
            continue
        sides = [_phrases(side) for side in _ARROW.split(line)]
        sources, targets = sides[0], sides[-1]
        if len(sides) > 2:
            problems.append(f"line {number}: it has more than one =>")
        elif not sources or not targets:
            problems.append(f"line {number}: there are no words on one side of =>")
        elif len(sides) == 1 and len(sources) == 1:
            problems.append(
                f"line {number}: a synonym is missing; write a, b or a => b"
            )
        else:
            rules.append(SynonymRule(sources, targets))
    return rules, problems


def _phrases(side: str) -> tuple[Phrase, ...]:
    written = (_ESCAPED.sub(r"\1", phrase) for phrase in _COMMA.split(side))
    phrases = (tuple(find_words(phrase)) for phrase in written)
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


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
