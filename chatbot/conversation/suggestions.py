"""Questions worth asking: headings that ask, and others as "What about …?".

A heading is worth asking about when asking it in its own words leads to an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache, lru_cache
from itertools import chain, islice, zip_longest

import regex

from chatbot.conversation.cues import heard_cue
from chatbot.conversation.reading import Reading
from chatbot.documents.punctuation import QUESTION_MARKS
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.words import find_words
from chatbot.wording.table import LANGUAGES, Says, wording

MOST_SUGGESTIONS = 3
LONGEST_SUGGESTION = 200
"""Characters."""

_NEIGHBOURS_LOOKED_AT = 20
"""Passages on either side of the quoted one whose headings are near."""

_NEAR_HEADINGS = 12
"""So many headings that are nearest are looked at."""

_CANDIDATES_LOOKED_AT = 10
REMEMBERED_HEADINGS = 1024


def near_suggestions(
    reading: Reading, answered: Collection[str], says: Says
) -> tuple[str, ...]:
    """What to ask next: about headings near the answer that were not `answered`.

    Those above other passages that were found go before those next to the quoted one.
    """
    asked = " ".join(find_words(reading.question))
    headings = dict.fromkeys((*reading.answer.headings, *_neighbouring(reading)))
    return _suggested(
        (text for text in headings if text not in answered),
        says,
        lambda text: " ".join(find_words(text)) != asked,
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
    askable = filter(_is_askable, index.store.first_headings)
    return list(dict.fromkeys(askable))


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


def _suggested(
    headings: Iterable[str],
    says: Says,
    is_new: Callable[[str], bool] = lambda heading: True,
) -> tuple[str, ...]:
    """The headings that are questions, then the others as questions."""
    in_order = sorted(headings, key=lambda heading: not _is_question(heading))
    chosen = (text for text in in_order if is_new(text) and _is_askable(text))
    return tuple(
        text if _is_question(text) else says.what_about.format(heading=text)
        for text in islice(chosen, MOST_SUGGESTIONS)
    )


def _neighbouring(reading: Reading) -> list[str]:
    """The headings of the passages around the quoted one, nearest first."""
    number = _quoted_number(reading)
    if number is None:
        return []
    store = reading.index.store
    own = store.passages_of(store.document_of(number))
    first = max(own.start, number - _NEIGHBOURS_LOOKED_AT)
    last = min(own.stop, number + _NEIGHBOURS_LOOKED_AT + 1)
    before = store.passage_headings[first:number].tolist()[::-1]
    after = store.passage_headings[number + 1 : last].tolist()
    nearest = chain.from_iterable(zip_longest(after, before, fillvalue=-1))
    above = (heading for heading in dict.fromkeys(nearest) if heading >= 0)
    return [store.heading_text(heading) for heading in islice(above, _NEAR_HEADINGS)]


def _quoted_number(reading: Reading) -> int | None:
    """The number of the first quote's passage; None when it is far down."""
    if not reading.answer.quotes:
        return None
    quoted, ranking = reading.answer.quotes[0].passage, reading.ranking
    found = ranking.evidence.passages[ranking.order[:_CANDIDATES_LOOKED_AT]]
    store = reading.index.store
    return next((n for n in found.tolist() if store.is_at(n, quoted)), None)


def _is_question(heading: str) -> bool:
    return heading.rstrip().endswith(QUESTION_MARKS)


@lru_cache(REMEMBERED_HEADINGS)
def _is_askable(heading: str) -> bool:
    """Whether a heading, sent as a message, is read as a question.

    Its words are in the corpus: it is not taken for a phrase that it nearly is.
    """
    return (
        len(heading) <= LONGEST_SUGGESTION
        and any(True for _ in find_words(heading))
        and heard_cue(heading, is_word=lambda word: True) is None
    )
