"""A conversation so far: its turns, and what they come to.

For example:

    conversation = Conversation.of([Turn("What does it cost?"), Turn("and abroad?")])
    conversation.earlier        # ("What does it cost?", "and abroad?")
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chatbot.answering.quoting import Quote
from chatbot.conversation.choices import Offer

MOST_TURNS = 20
"""The latest messages of a conversation that count."""

MOST_CHARACTERS = 500
"""Of a longer question the beginning is remembered."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: the document's path and the passage's first character."""

    source: str
    start: int


def place_of(quote: Quote) -> Place:
    """Where the passage of a quote stands."""
    return Place(quote.source, quote.passage.start)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a message added to its conversation.

    `question`: what was asked, as far as it stands on its own; empty when the message
    asked nothing new. `is_reworded`: it is an earlier question asked of something else.
    `heading`: the one chosen to answer it from under. `shown`: the passages quoted;
    `headings`: those quoted from under. `offer`: the headings offered in return.
    `takes_back`: the question before this one does not count any more.
    """

    question: str = ""
    heading: str = ""
    is_reworded: bool = False
    shown: tuple[Place, ...] = ()
    headings: tuple[str, ...] = ()
    offer: Offer | None = None
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """The questions that were asked, oldest first, each with all shown in return."""

    questions: tuple[Turn, ...] = ()

    @classmethod
    def of(cls, turns: Iterable[Turn]) -> Conversation:
        """What turns, oldest first, come to."""
        questions: list[Turn] = []
        for turn in turns:
            if turn.takes_back and questions:
                questions.pop()
            if turn.question:
                questions.append(turn)
            elif turn.shown and questions:
                last = questions[-1]
                questions[-1] = replace(
                    last,
                    shown=last.shown + turn.shown,
                    headings=last.headings + turn.headings,
                )
        return cls(tuple(questions))

    @property
    def earlier(self) -> tuple[str, ...]:
        """The texts of the questions."""
        return tuple(turn.question for turn in self.questions)

    @property
    def last(self) -> Turn | None:
        """The latest question."""
        return self.questions[-1] if self.questions else None

    @property
    def offer(self) -> Offer | None:
        """The headings on offer since the latest question."""
        return self.last.offer if self.last else None

    @property
    def answered_headings(self) -> frozenset[str]:
        """The headings that something was quoted from under."""
        return frozenset(text for turn in self.questions for text in turn.headings)

    def without_last(self) -> Conversation:
        """The conversation before its latest question."""
        return Conversation(self.questions[:-1])
