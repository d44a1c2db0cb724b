"""What the bot says to one message, and what it remembers of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from chatbot.answering.answer import Answer
from chatbot.conversation.conversation import Conversation, Turn, place_of
from chatbot.conversation.explaining import not_found_text
from chatbot.conversation.reading import Reading
from chatbot.conversation.suggestions import (
    MOST_SUGGESTIONS,
    near_suggestions,
    starters,
)
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.words import plain_form
from chatbot.reply import Reply
from chatbot.wording.choice import grammar
from chatbot.wording.table import Says, wording


@dataclass(frozen=True, slots=True)
class Response:
    """A reply, whose conversation is not named yet, and the turn that is remembered.

    `starts_over`: all that was said before is forgotten.
    """

    reply: Reply
    turn: Turn = field(default_factory=Turn)
    starts_over: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a message is answered in: the corpus, what was said before, how and when.

    `threshold` is the confidence from which on an answer is sure; `says` are the bot's
    words in the message's `language`.
    """

    index: CorpusIndex
    conversation: Conversation
    threshold: float
    language: str

    @property
    def says(self) -> Says:
        """The bot's words."""
        return wording(self.language).says


def talk(text: str, setting: Setting, *, suggests: bool = False) -> Response:
    """A response in the bot's own words, with suggestions to begin with or without."""
    answered = setting.conversation.answered_headings
    suggestions = starters(setting.index, setting.says, answered) if suggests else ()
    return Response(
        Reply("small_talk", text, "", confidence=1.0, suggestions=suggestions)
    )


def answered(
    reading: Reading, answer: Answer, turn: Turn, setting: Setting
) -> Response:
    """The answer when it is sure enough, or else “not found”.

    `turn` says what was asked; what is shown is added to it.
    """
    if answer.quotes and answer.confidence >= setting.threshold:
        return quoted(reading, answer, turn, setting)
    return Response(_not_found(reading, answer, setting), turn)


def quoted(reading: Reading, answer: Answer, turn: Turn, setting: Setting) -> Response:
    """The answer, however sure; `turn` gets what is shown of it."""
    quote = answer.quotes[0]
    headings = {heading.text for heading in quote.passage.headings[-1:]}
    known = setting.conversation.answered_headings | headings
    reply = Reply(
        "answer",
        quote.text,
        "",
        answer.confidence,
        answer.quotes,
        near_suggestions(reading, known, setting.says),
        answer.interpretation,
    )
    shown = replace(turn, shown=(place_of(quote),), headings=tuple(headings))
    return Response(reply, shown)


def _not_found(reading: Reading, answer: Answer, setting: Setting) -> Reply:
    known = setting.conversation.answered_headings
    suggestions = near_suggestions(reading, known, setting.says)
    if not suggestions:
        suggestions = starters(setting.index, setting.says, known)
    if reading.topic:
        topic = setting.says.what_about.format(heading=reading.topic)
        suggestions = (topic, *suggestions)[:MOST_SUGGESTIONS]
    return Reply(
        "not_found",
        not_found_text(_named(answer.interpretation.absent, setting), setting.says),
        "",
        answer.confidence,
        suggestions=suggestions,
        interpretation=replace(answer.interpretation, reasons=()),
    )


def _named(absent: Iterable[str], setting: Setting) -> list[str]:
    """The absent words that say what the question is about, in its own language."""
    idle = grammar(setting.language)
    return [word for word in absent if plain_form(word) not in idle]
