"""How far a message leans on earlier questions, and the words of those.

For example:

    carry("what do they earn?", ["What is a CPO also called?"], analyzer).words
    # (("cpo", 0.3), ("called", 0.3))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from chatbot.conversation.question_parts import noun_phrases, question_words
from chatbot.language.terms import Analyzer
from chatbot.language.unspaced import pair_of_characters
from chatbot.wording.phrases import anywhere, beginning
from chatbot.wording.table import Hears

CARRIED_WEIGHT = 0.3
FADING = 0.7
"""The weight of a question's words is multiplied by this for each later question."""

MOST_CARRIED_WORDS = 12
FEW_CONTENT_WORDS = 2

Term = tuple[str, ...]
"""The words of a noun in a question, in plain form."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a message takes over from earlier questions.

    `words` are plain forms with their weight, `questions` those that were looked at for
    them, the latest first.
    """

    words: tuple[tuple[str, float], ...]
    questions: tuple[str, ...]


class Dependence(Enum):
    """How far a message leans on what was asked before."""

    NONE = "it stands on its own"
    POSSIBLE = "it may: it goes on with something or is short"
    CERTAIN = "it points at something that was named before"


def dependence(message: str, analyzer: Analyzer, hears: Hears) -> Dependence:
    """Whether a message needs earlier questions to be understood."""
    without_idle = anywhere(hears.points_nowhere).sub(" ", message)
    if anywhere(hears.points_back).search(without_idle):
        return Dependence.CERTAIN
    if beginning(hears.continues).match(message) or says_little(message, analyzer):
        return Dependence.POSSIBLE
    return Dependence.NONE


def asks_nothing(message: str, analyzer: Analyzer, hears: Hears) -> bool:
    """Whether a message is no question: stop words that neither ask nor point."""
    said = anywhere(hears.fillers).sub(" ", message)
    asking = (*hears.interrogatives, *hears.auxiliaries, *hears.prepositions)
    return not content_words(said, analyzer) and not (
        anywhere((*asking, *hears.points_back)).search(said)
    )


def says_little(message: str, analyzer: Analyzer) -> bool:
    """Whether a message has only a content word or two.

    A pair of characters counts for half in scripts that are searched by pairs.
    """
    words = content_words(message, analyzer)
    size = sum(0.5 if pair_of_characters(word) else 1 for word in words)
    return size <= FEW_CONTENT_WORDS


def content_words(text: str, analyzer: Analyzer) -> list[str]:
    """The words of a text that are no stop words, in plain form."""
    return [word for word in analyzer.words(text) if word not in analyzer.stop_words]


def terms_of(question: str, analyzer: Analyzer, hears: Hears) -> Iterator[Term]:
    """The terms of a question, in order."""
    words = question_words(question, analyzer.stop_words)
    for noun in noun_phrases(words, hears):
        yield tuple(form for word in noun for form in analyzer.words(word.form))


def carry(message: str, earlier: Sequence[str], analyzer: Analyzer) -> Carried:
    """Take over words of earlier questions that the message leaves unsaid.

    `earlier` stands oldest first. A word counts once, as in the latest question that
    has it; those of the latest questions come first, and at most `MOST_CARRIED_WORDS`
    are carried.
    """
    own = set(analyzer.words(message))
    carried: dict[str, float] = {}
    questions: list[str] = []
    weight = CARRIED_WEIGHT
    for question in reversed(earlier):
        if len(carried) >= MOST_CARRIED_WORDS:
            break
        for word in content_words(question, analyzer):
            if word not in own:
                carried.setdefault(word, weight)
        questions.append(question)
        weight *= FADING
    return Carried(tuple(carried.items())[:MOST_CARRIED_WORDS], tuple(questions))
