"""Synonyms of English words from WordNet, where its data is installed for nltk.

`python -m nltk.downloader wordnet` installs it; without it there are none.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from chatbot.language.words import plain_form

LANGUAGE = "english"
_DATA = ("corpora/wordnet", "corpora/wordnet.zip")


def wordnet_synonyms(words: Iterable[str]) -> list[str]:
    """A line of synonyms, as `synonym_table` reads it, for each word that has any.

    They are the single words of the word's most frequent sense. Data that cannot be
    read counts as not installed.
    """
    if not any((folder / data).exists() for folder in _folders() for data in _DATA):
        return []
    from nltk.corpus import wordnet

    lines: dict[str, None] = {}
    try:
        for word in sorted(words):
            for sense in wordnet.synsets(word)[:1]:
                names = (name for name in sense.lemma_names() if name.isalpha())
                group = dict.fromkeys([word, *map(plain_form, names)])
                if len(group) > 1:
                    lines[", ".join(group)] = None
    except Exception:  # nltk does not say what damaged data raises
        return []
    return list(lines)


def _folders() -> Iterator[Path]:
    """Where nltk looks for data, as far as it can be told without importing nltk.

    Source: the documentation of `nltk.data.path`.
    """
    yield from map(Path, filter(None, os.getenv("NLTK_DATA", "").split(os.pathsep)))
    yield Path.home() / "nltk_data"
    for folder in (sys.prefix, f"{sys.prefix}/share", f"{sys.prefix}/lib"):
        yield Path(folder, "nltk_data")
    for folder in ("/usr/share", "/usr/local/share", "/usr/lib", "/usr/local/lib"):
        yield Path(folder, "nltk_data")
