"""The owner's own synonyms: a file in the corpus folder, in Solr's format."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from chatbot.documents.corpus_files import open_inside
from chatbot.documents.discovery import SYNONYMS_FILE
from chatbot.documents.document import Skipped
from chatbot.language.synonyms import SynonymRule, parse_synonyms

_MAX_BYTES = 10 * 2**20


@dataclass(frozen=True, slots=True)
class OwnerSynonyms:
    """What the file says. `hash` is that of its rules, empty when there are none."""

    rules: tuple[SynonymRule, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def hash(self) -> str:
        if not self.rules:
            return ""
        lines = "\n".join(packed_rule(rule) for rule in self.rules)
        return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def read_owner_synonyms(corpus: Path) -> OwnerSynonyms:
    """Read the synonyms of a corpus folder; none when it has no such file."""
    try:
        with open_inside(corpus, SYNONYMS_FILE) as file:
            content = file.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            return _unread(f"it has more than {_MAX_BYTES:,} bytes")
        rules, problems = parse_synonyms(content.decode("utf-8-sig"))
    except FileNotFoundError:
        return OwnerSynonyms()
    except OSError as error:
        return _unread(f"it cannot be read: {(error.strerror or 'unknown').lower()}")
    except UnicodeDecodeError:
        return _unread("it is not UTF-8; save it as UTF-8")
    skipped = tuple(Skipped(SYNONYMS_FILE, problem) for problem in problems)
    return OwnerSynonyms(tuple(rules), skipped)


def packed_rule(rule: SynonymRule) -> str:
    """A rule as one line; words hold none of the characters between them."""
    sides = (rule.sources, rule.targets)
    return "\t".join("|".join(" ".join(phrase) for phrase in side) for side in sides)


def opened_rules(
    lines: Iterable[str], term_of: Callable[[str], int | None]
) -> dict[tuple[int, ...], list[tuple[int, ...]]]:
    """From the terms of each phrase to those of the phrases it is searched for by."""
    table: dict[tuple[int, ...], dict[tuple[int, ...], None]] = defaultdict(dict)
    for line in lines:
        sources, targets = (
            [_terms(phrase, term_of) for phrase in side.split("|")]
            for side in line.split("\t")
        )
        for source in filter(None, sources):
            table[source].update(dict.fromkeys(filter(None, targets)))
    return {
        source: [target for target in targets if target != source]
        for source, targets in table.items()
    }


def _terms(phrase: str, term_of: Callable[[str], int | None]) -> tuple[int, ...] | None:
    terms = [term_of(word) for word in phrase.split(" ")]
    known = tuple(term for term in terms if term is not None)
    return known if len(known) == len(terms) else None


def _unread(reason: str) -> OwnerSynonyms:
    return OwnerSynonyms(skipped=(Skipped(SYNONYMS_FILE, reason),))
