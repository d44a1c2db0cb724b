"""What the documents are about: their commonest words, their titles and headings.

It is what "what can you answer?" is answered with.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chatbot.conversation.suggestions import first_headings
from chatbot.index.corpus_index import CorpusIndex
from chatbot.wording.table import Says

MOST_TOPICS = 6
MOST_TITLES = 5
MOST_HEADINGS = 10
_SHORTEST_TOPIC = 3
"""Letters; words of two characters count in scripts that are searched by pairs."""
_TERMS_LOOKED_AT = 500


def overview(index: CorpusIndex, says: Says) -> str:
    """The corpus in a few lines."""
    lines = []
    topics = commonest_words(index)
    if topics:
        lines.append(says.overview_topics.format(words=", ".join(topics)))
    store = index.store
    named = map(store.document_titles.__getitem__, store.documents)
    titles = list(dict.fromkeys(filter(None, named)))
    if len(titles) > 1:
        listed = _listed(titles, MOST_TITLES, says)
        lines.append(says.overview_titles.format(titles=listed))
    headings = first_headings(index)
    if headings:
        shown = "".join(
            f"\n- {' '.join(text.split())}" for text in headings[:MOST_HEADINGS]
        )
        lines.append(f"{says.overview_headings}{shown}")
    return "\n".join(lines) or says.help


def commonest_words(index: CorpusIndex) -> list[str]:
    """The content words that most passages hold, the commonest first."""
    frequency = index.document_frequency
    commonest = np.argsort(-frequency, kind="stable")[:_TERMS_LOOKED_AT].tolist()
    grammar = index.stop_terms
    weak = index.analyzer.weak_words
    found = []
    for term in commonest:
        word = index.word_of(term) if frequency[term] and term not in grammar else ""
        is_short = word.isascii() and len(word) < _SHORTEST_TOPIC
        if word.isalpha() and not is_short and word not in weak:
            found.append(word)
        if len(found) == MOST_TOPICS:
            break
    return found


def _listed(texts: Sequence[str], most: int, says: Says) -> str:
    shown = ", ".join(f"“{' '.join(text.split())}”" for text in texts[:most])
    left = len(texts) - most
    return f"{shown} {says.and_more.format(number=left)}" if left > 0 else shown
