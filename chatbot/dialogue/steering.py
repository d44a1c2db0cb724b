"""Messages that steer: small talk, and what goes back to the last question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from chatbot.answering.answer import Answer, answer_under_heading
from chatbot.answering.question import read_question
from chatbot.answering.quoting import MOST_QUOTES
from chatbot.conversation.context import quote_in_context, without_shown
from chatbot.conversation.conversation import Turn, place_of
from chatbot.conversation.explaining import explanation
from chatbot.conversation.overview import overview
from chatbot.conversation.reading import Reading
from chatbot.conversation.suggestions import near_suggestions
from chatbot.conversation.understanding import understand, understood_before
from chatbot.dialogue.response import Response, Setting, answered, quoted, talk
from chatbot.reply import Reply
from chatbot.wording.table import Cue


def steer(cue: Cue, setting: Setting) -> Response:
    """What the bot says to a message that wants this and is no question."""
    return _RESPONSES[cue](setting)


def _greet(setting: Setting) -> Response:
    return talk(setting.says.greeting, setting, suggests=True)


def _welcome(setting: Setting) -> Response:
    return talk(setting.says.thanks, setting)


def _part(setting: Setting) -> Response:
    return talk(setting.says.goodbye, setting)


def _introduce(setting: Setting) -> Response:
    return talk(setting.says.who, setting, suggests=True)


def _help(setting: Setting) -> Response:
    return talk(setting.says.help, setting, suggests=True)


def _give_overview(setting: Setting) -> Response:
    return talk(overview(setting.index, setting.says), setting, suggests=True)


def _start_over(setting: Setting) -> Response:
    response = talk(setting.says.started_over, setting, suggests=True)
    return replace(response, starts_over=True)


def _take_back(setting: Setting) -> Response:
    if setting.conversation.last is None:
        return talk(setting.says.nothing_asked, setting, suggests=True)
    response = talk(setting.says.taken_back, setting)
    return replace(response, turn=Turn(takes_back=True))


def _show_more(setting: Setting) -> Response:
    """The best passage not yet shown, sure or not as long as it was among the quotes.

    When nothing was found, that again.
    """
    last = setting.conversation.last
    if last is None:
        return talk(setting.says.nothing_asked, setting, suggests=True)
    reading = _last_reading(last, setting)
    if last.heading:
        answer = _without(last, _under_heading(last, setting) or reading.answer)
    else:
        rest = without_shown(reading.ranking, last.shown, setting.index)
        answer = replace(reading, ranking=rest).answer
    if not last.shown:
        return answered(reading, answer, Turn(), setting)
    left = MOST_QUOTES - len(last.shown)
    if not answer.quotes or (left <= 0 and answer.confidence < setting.threshold):
        return talk(setting.says.no_more, setting)
    promised = replace(answer, quotes=answer.quotes[: max(left, 1)])
    return quoted(reading, promised, Turn(), setting)


def _explain(setting: Setting) -> Response:
    last = setting.conversation.last
    if last is None:
        return talk(setting.says.nothing_asked, setting, suggests=True)
    reading = _last_reading(last, setting)
    answer = _under_heading(last, setting) or reading.answer
    is_choice = last.offer is not None and not last.heading
    text = explanation(answer, setting.threshold, is_choice, setting.says)
    return talk(text, setting)


def _show_place(setting: Setting) -> Response:
    """The passage quoted last, whole and with those around it."""
    last = setting.conversation.last
    if last is None:
        return talk(setting.says.nothing_asked, setting, suggests=True)
    reading = _last_reading(last, setting)
    quote = last.shown and quote_in_context(
        reading.ranking, last.shown[-1], setting.index
    )
    if not quote:
        return talk(setting.says.nothing_quoted, setting)
    answer = _under_heading(last, setting) or reading.answer
    reply = Reply(
        "answer",
        quote.text,
        "",
        answer.confidence,
        (quote,),
        near_suggestions(reading, setting.conversation.answered_headings, setting.says),
        answer.interpretation,
    )
    return Response(reply)


def _last_reading(last: Turn, setting: Setting) -> Reading:
    """The last question read as it was."""
    if last.heading and last.offer:
        return understand(last.offer.question, (), setting.index, setting.threshold)
    before = setting.conversation.without_last().earlier
    return understood_before(last, before, setting.index, setting.threshold)


def _under_heading(last: Turn, setting: Setting) -> Answer | None:
    """The answer from under the heading that was chosen, if one was."""
    if not last.heading or not last.offer:
        return None
    asked = read_question(last.offer.question, setting.index)
    return answer_under_heading(asked, last.heading, setting.index)


def _without(last: Turn, answer: Answer) -> Answer:
    """An answer without the quotes that were shown."""
    left = (quote for quote in answer.quotes if place_of(quote) not in last.shown)
    return replace(answer, quotes=tuple(left))


_RESPONSES: Mapping[Cue, Callable[[Setting], Response]] = {
    "greeting": _greet,
    "thanks": _welcome,
    "goodbye": _part,
    "who": _introduce,
    "help": _help,
    "overview": _give_overview,
    "more": _show_more,
    "why": _explain,
    "where": _show_place,
    "wrong": _take_back,
    "start_over": _start_over,
}
