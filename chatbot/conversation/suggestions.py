"""Questions worth asking: headings that ask, and others as "What about …?".

A heading is worth asking about when asking it in its own words leads to an answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice

import numpy as np
import regex

from chatbot.conversation.cues import heard_cue
from chatbot.conversation.understanding import Reading
from chatbot.documents.punctuation import QUESTION_MARKS
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.words import find_words
from chatbot.wording.table import LANGUAGES, Says, wording

MOST_SUGGESTIONS = 3
LONGEST_SUGGESTION = 200
"""Characters."""

_HEADINGS_LOOKED_AT = 200
_NEIGHBOURS_LOOKED_AT = 20
"""Passages on either side of the quoted one whose headings are near."""

_CANDIDATES_LOOKED_AT = 10
REMEMBERED_HEADINGS = 1024


def near_suggestions(
    reading: Reading, answered: Collection[str], says: Says
) -> tuple[str, ...]:
    """What to ask next: about headings near the answer that were not `answered`.

    Those above other passages that were found go before those next to the quoted one.
    """
    headings = [*reading.answer.headings, *_neighbouring(reading)]
    asked = " ".join(find_words(reading.question))
    return _suggested(
        (
            text
            for text in headings
            if text not in answered and " ".join(find_words(text)) != asked
        ),
        says,
    )


def starters(
    index: CorpusIndex, says: Says, answered: Collection[str] = ()
) -> tuple[str, ...]:
    """What to ask first: about the first headings that text stands under."""
    return _suggested(
        (text for text in first_headings(index) if text not in answered), says
    )


def first_headings(index: CorpusIndex) -> list[str]:
    """The first headings that text stands under, in the order of the corpus."""
    texts = index.store.heading_texts(limit=_HEADINGS_LOOKED_AT)
    has_text = np.isin(np.arange(len(texts)), index.store.passage_headings)
    found = [text for text, has in zip(texts, has_text.tolist(), strict=True) if has]
    return list(dict.fromkeys(filter(_is_askable, found)))


def suggested_heading(message: str) -> str:
    """The heading that a message asks about as a suggestion does, or empty."""
    for asks in map(_asks_about, LANGUAGES):
        match = asks.fullmatch(message.strip())
        if match:
            return match["heading"]
    return ""


@cache
def _asks_about(language: str) -> regex.Pattern[str]:
    before, _, after = wording(language).says.what_about.partition("{heading}")
    return regex.compile(
        rf"{regex.escape(before)}(?P<heading>.+){regex.escape(after)}", regex.DOTALL
    )


def _suggested(headings: Iterable[str], says: Says) -> tuple[str, ...]:
    """The headings that are questions, then the others as questions."""
    askable = list(filter(_is_askable, dict.fromkeys(headings)))
    questions = [text for text in askable if _is_question(text)]
    others = (
        says.what_about.format(heading=text)
        for text in askable
        if not _is_question(text)
    )
    return tuple(islice((*questions, *others), MOST_SUGGESTIONS))


def _neighbouring(reading: Reading) -> Iterator[str]:
    """The headings of the passages around the quoted one, nearest first."""
    number = _quoted_number(reading)
    if number is None:
        return
    store = reading.index.store
    document = store.document_of(number)
    for distance in range(1, _NEIGHBOURS_LOOKED_AT + 1):
        for near in (number + distance, number - distance):
            if 0 <= near < len(store) and store.document_of(near) == document:
                heading = int(store.passage_headings[near])
                if heading >= 0:
                    yield store.heading_text(heading)


def _quoted_number(reading: Reading) -> int | None:
    """The number of the first quote's passage; None when it is far down."""
    if not reading.answer.quotes:
        return None
    quoted, ranking = reading.answer.quotes[0].passage, reading.ranking
    found = ranking.evidence.passages[ranking.order[:_CANDIDATES_LOOKED_AT]]
    for number in map(int, found):
        passage = reading.index.store.passage(number)
        if (passage.source, passage.start) == (quoted.source, quoted.start):
            return number
    return None


def _is_question(heading: str) -> bool:
    return heading.rstrip().endswith(QUESTION_MARKS)


@lru_cache(REMEMBERED_HEADINGS)
def _is_askable(heading: str) -> bool:
    """Whether a heading, sent as a message, is read as a question."""
    return (
        len(heading) <= LONGEST_SUGGESTION
        and any(True for _ in find_words(heading))
        and heard_cue(heading) is None
    )
