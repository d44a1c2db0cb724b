"""The way of a message: a cue, a choice, a correction, or a question to the documents.

For example:

    response = respond("thanks", Conversation(), index, threshold=0.4)
    response.reply.text         # "You are welcome."
"""

from __future__ import annotations

from dataclasses import replace

from chatbot.answering.answer import answer_under_heading
from chatbot.answering.clarifying import headings_to_choose
from chatbot.answering.question import read_question
from chatbot.conversation.choices import Offer, chosen_heading
from chatbot.conversation.conversation import MOST_CHARACTERS, Conversation, Turn
from chatbot.conversation.cues import heard_cue
from chatbot.conversation.follow_ups import asks_nothing
from chatbot.conversation.reading import Reading, read
from chatbot.conversation.substitution import correction, is_part
from chatbot.conversation.suggestions import suggested_heading
from chatbot.conversation.understanding import (
    ask_of,
    language_of_message,
    understand,
)
from chatbot.dialogue.response import Response, Setting, answered, talk
from chatbot.dialogue.steering import steer
from chatbot.index.corpus_index import CorpusIndex
from chatbot.reply import Reply
from chatbot.wording.phrases import beginning
from chatbot.wording.table import Hears, wording


def respond(
    message: str, conversation: Conversation, index: CorpusIndex, threshold: float
) -> Response:
    """What the bot says to a message, and what it remembers of it."""
    language = language_of_message(message, index)
    setting = Setting(index, conversation, threshold, language)
    hears = wording(language).hears
    chosen = _choice(message, setting)
    if chosen:
        return chosen
    heard = heard_cue(message, language, index.is_everyday)
    if heard:
        return steer(heard.cue, replace(setting, language=heard.language))
    if not any(character.isalnum() for character in message):
        return talk(setting.says.help, setting, suggests=True)
    corrected = correction(message, hears)
    if corrected and any(character.isalnum() for character in corrected):
        return _correct(corrected, setting, hears)
    heading = suggested_heading(message)
    if heading:
        return _answer(understand(heading, (), index, threshold), setting)
    if conversation.last and _asks_nothing(message, index, hears):
        return talk(setting.says.help, setting, suggests=True)
    reading = understand(message, conversation.earlier, index, threshold)
    is_new = not reading.takes_over and not (
        conversation.last and beginning(hears.continues).match(message)
    )
    choices = _headings_to_choose(message, reading, setting) if is_new else None
    return choices or _answer(reading, setting)


def _asks_nothing(message: str, index: CorpusIndex, hears: Hears) -> bool:
    """Whether a message is no question, and no heading either."""
    analyzer = index.in_language_of(message).analyzer
    return (
        asks_nothing(message, analyzer, hears) and not read(message, index).is_heading
    )


def _choice(message: str, setting: Setting) -> Response | None:
    """The answer from under the heading that a message chooses, if it chooses one."""
    offer = setting.conversation.offer
    heading = chosen_heading(message, offer.headings) if offer else None
    if offer is None or heading is None:
        return None
    reading = understand(heading, (), setting.index, setting.threshold)
    asked = read_question(offer.question, setting.index)
    answer = answer_under_heading(asked, heading, setting.index)
    turn = Turn(heading, heading, offer=offer)
    if answer is None:
        return answered(reading, reading.answer, replace(turn, heading=""), setting)
    return answered(reading, answer, turn, setting)


def _correct(corrected: str, setting: Setting, hears: Hears) -> Response:
    """The last question put right: with a part of it replaced, or asked otherwise."""
    index, threshold = setting.index, setting.threshold
    last = setting.conversation.last
    before = setting.conversation.without_last()
    reading = None
    analyzer = index.in_language_of(corrected).analyzer
    if last and is_part(corrected, hears, analyzer.stop_words):
        reading = ask_of(corrected, (last.question,), index, hears)
    if reading is None or reading.answer.confidence < threshold:
        alone = understand(corrected, before.earlier, index, threshold)
        reading = (
            alone
            if reading is None or alone.answer.confidence >= threshold
            else reading
        )
    corrected_setting = replace(setting, conversation=before)
    response = _answer(reading, corrected_setting)
    return replace(response, turn=replace(response.turn, takes_back=last is not None))


def _headings_to_choose(
    message: str, reading: Reading, setting: Setting
) -> Response | None:
    """A question back, when a short message could mean several headings."""
    answer = reading.answer
    if answer.confidence < setting.threshold:
        return None
    headings = headings_to_choose(message, setting.index, setting.threshold)
    if not headings:
        return None
    reply = Reply(
        "clarify",
        setting.says.clarify,
        "",
        answer.confidence,
        suggestions=headings,
        interpretation=replace(answer.interpretation, reasons=()),
    )
    asked = message[:MOST_CHARACTERS]
    return Response(reply, Turn(asked, offer=Offer(asked, headings)))


def _answer(reading: Reading, setting: Setting) -> Response:
    turn = Turn(reading.spelt_right[:MOST_CHARACTERS], is_reworded=reading.is_reworded)
    return answered(reading, reading.answer, turn, setting)
