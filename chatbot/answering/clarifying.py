"""Short questions that could mean several headings: which ones to ask about.

For example, of a handbook with passages on dogs under both headings:

    headings_to_choose("dogs?", index, threshold=0.4)
    # ("Pets", "Visitors")
"""

from __future__ import annotations

import regex

from chatbot.answering.answer import answer_under_heading
from chatbot.answering.features import coverage
from chatbot.answering.headings import quote_under_heading
from chatbot.answering.question import Question, read_question
from chatbot.answering.quoting import QUOTED_PASSAGES
from chatbot.answering.ranking import Ranking, rank
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.terms import Analyzer
from chatbot.language.words import find_words

MOST_CHOICES = 4
MOST_TOPIC_WORDS = 2
MOST_OTHER_WORDS = 1
"""Stop words between the topic words, as in “dogs in offices”."""

SCORE_GAP = 0.3
"""Passages found with a score this share below the first one's are nearly as good."""

COVERAGE_GAP = 0.1
"""The same for how much of the question they hold."""

LONGEST_MESSAGE = 100
LONGEST_CHOICE = 200
"""Characters."""
LONGEST_MESSAGE_WORDS = 12

_LEAD_IN = regex.compile(
    r"\W*(?:(?:please )?(?:can you )?(?:tell me (?:more |something )?about|"
    r"(?:what|how|more) about|about)\b\W*)?(?:(?:the|an?|my|our|your|any|some)\b)?",
    regex.IGNORECASE,
)
"""What may stand before a topic without saying what is wanted of it."""


def headings_to_choose(
    message: str, index: CorpusIndex, threshold: float
) -> tuple[str, ...]:
    """Two to four headings that a message could mean, best first, or none.

    There is a choice when the message is a short topic, says no heading itself, and
    passages under different headings hold it nearly as well as the first, with an
    answer of at least the confidence `threshold` under each. A heading above another
    one that could be meant is no choice, and neither is a passage without one.
    """
    topic = short_topic(message, index.in_language_of(message).analyzer)
    if not topic:
        return ()
    ranking = rank(read_question(topic, index), index)
    if not len(ranking) or quote_under_heading(ranking, index):
        return ()
    question = read_question(message, index)
    distinct: dict[tuple[str, ...], str] = {}
    for number in _near_headings(ranking, index):
        text = index.store.heading(number).text
        distinct.setdefault(tuple(find_words(text)), text)
    choices = [
        text
        for words, text in distinct.items()
        if words
        and len(text) <= LONGEST_CHOICE
        and _is_answered(question, text, index, threshold)
    ]
    return tuple(choices[:MOST_CHOICES]) if len(choices) > 1 else ()


def short_topic(message: str, analyzer: Analyzer) -> str:
    """The topic that a message names in a word or two, without what leads in to it.

    Empty when the message is longer, or says what it wants to know of its topic.
    """
    if len(message) > LONGEST_MESSAGE or len(message.split()) > LONGEST_MESSAGE_WORDS:
        return ""
    lead_in = _LEAD_IN.match(message)
    topic = message[lead_in.end() :] if lead_in else message
    words = analyzer.words(topic)
    if not words:
        return ""
    stop_words = [word for word in words if word in analyzer.stop_words]
    is_short = (
        len(set(words) - set(stop_words)) <= MOST_TOPIC_WORDS
        and len(stop_words) <= MOST_OTHER_WORDS
        and words[0] not in stop_words
        and words[-1] not in stop_words
    )
    return topic if is_short else ""


def _near_headings(ranking: Ranking, index: CorpusIndex) -> list[int]:
    """The headings of the passages that are nearly as good as the first, best first.

    None when the first passage has no heading, or one that stands above another's.
    """
    order = ranking.order[:QUOTED_PASSAGES]
    searched = ranking.contributions[order, 0]
    held = coverage(ranking.question, ranking.evidence)[order]
    near = order[
        (searched >= (1 - SCORE_GAP) * searched[0])
        & (held >= (1 - COVERAGE_GAP) * held[0])
    ]
    store = index.store
    numbers = ranking.evidence.sections[near].tolist()
    found = list(dict.fromkeys(numbers))
    above = {-1}
    for number in found:
        parent = int(store.heading_parents[number]) if number >= 0 else -1
        while parent >= 0:
            above.add(parent)
            parent = int(store.heading_parents[parent])
    if found[0] in above:
        return []
    return [number for number in found if number not in above]


def _is_answered(
    question: Question, heading: str, index: CorpusIndex, threshold: float
) -> bool:
    answer = answer_under_heading(question, heading, index)
    return answer is not None and answer.confidence >= threshold
