"""Headings worth asking about: near an answer, or to begin with.

A heading is worth asking about when asking it in its own words leads to an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

import numpy as np

from chatbot.answering.answer import Answer
from chatbot.conversation.small_talk import small_talk
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.words import find_words

MOST_SUGGESTIONS = 3
LONGEST_SUGGESTION = 200
"""Characters."""

_HEADINGS_LOOKED_AT = 200
REMEMBERED_HEADINGS = 1024


def near_headings(answer: Answer) -> tuple[str, ...]:
    """Headings near the answer that were not quoted, nearest first."""
    quoted = answer.quotes[0].heading if answer.quotes else ""
    return _first(heading for heading in answer.headings if heading != quoted)


def starters(index: CorpusIndex) -> tuple[str, ...]:
    """The first headings that text stands under, questions before the others."""
    texts = index.store.heading_texts(limit=_HEADINGS_LOOKED_AT)
    has_text = np.isin(np.arange(len(texts)), index.store.passage_headings)
    first = [text for text, has in zip(texts, has_text.tolist(), strict=True) if has]
    first.sort(key=lambda text: not text.rstrip().endswith(("?", "？", "؟")))
    return _first(first)


def _first(headings: Iterable[str]) -> tuple[str, ...]:
    askable = (heading for heading in dict.fromkeys(headings) if _is_askable(heading))
    return tuple(islice(askable, MOST_SUGGESTIONS))


@lru_cache(REMEMBERED_HEADINGS)
def _is_askable(heading: str) -> bool:
    """Whether a heading, sent as a message, is read as a question."""
    return (
        len(heading) <= LONGEST_SUGGESTION
        and any(True for _ in find_words(heading))
        and small_talk(heading) is None
    )
