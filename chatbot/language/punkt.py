"""nltk's Punkt with parameters of our own."""

from __future__ import annotations

import re
from collections.abc import Collection

from chatbot.language.bare_import import bare_packages

with bare_packages("nltk", "nltk.tokenize"):
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_]{1,2})+")
"""Letters with full stops between them, as Punkt sees "U.S." and "e.g."."""


class _Abbreviations(frozenset[str]):
    """Abbreviations by name, and every one written with full stops inside."""

    def __contains__(self, word: object) -> bool:
        listed = super().__contains__(word)
        return listed or _DOTTED.fullmatch(str(word)) is not None


class Punkt(PunktSentenceTokenizer):  # type: ignore[misc]
    """Splits text by what it is told rather than by what it has learnt.

    `abbreviations` are words in lower case that a full stop follows within sentences,
    `beginnings` those that begin a sentence even after one, and `after_ordinals` those
    that go on after a number with a full stop ("im 3. Stock").
    """

    def __init__(
        self,
        abbreviations: Collection[str],
        beginnings: Collection[str],
        after_ordinals: Collection[str],
    ) -> None:
        parameters = PunktParameters()
        parameters.abbrev_types = _Abbreviations(abbreviations)
        parameters.sent_starters = set(beginnings)
        parameters.collocations = {("##number##", word) for word in after_ordinals}
        super().__init__(parameters)
