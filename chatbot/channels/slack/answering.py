"""What the bot does in Slack: answers, shares, rates and shows its home.

Each function gets what Slack's framework read from a request that was acknowledged
already, so that it may take its time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Literal

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackRequestError
from sqlalchemy.exc import SQLAlchemyError

from chatbot.bot import Chatbot
from chatbot.channels.answer_service import AnswerService
from chatbot.channels.messages import checked_message
from chatbot.channels.slack.blocks import Message, words_of
from chatbot.channels.slack.failures import APOLOGY, log_failure
from chatbot.channels.slack.home import home_view
from chatbot.channels.slack.incoming import (
    Place,
    Question,
    place_of_press,
    question_in_command,
)
from chatbot.channels.slack.memory import SlackMemory, new_answer_id
from chatbot.channels.slack.messages import RATE_UP, message_of, plain_message
from chatbot.errors import MessageError, UnansweredError
from chatbot.insights.journal import Journal
from chatbot.reply import Reply
from chatbot.settings import Settings

CHANNEL = "slack"
"""The channel's name in the journal."""

_GONE = "This answer is too old to be shared; ask again with /ask."
_RATED = "Thank you, that is noted."
_NOT_RATED = "This answer is not kept any more, so that it cannot be rated."


@dataclass(frozen=True, slots=True)
class SlackAnswering:
    """The bot and what it needs to answer in Slack."""

    bot: Chatbot
    settings: Settings
    service: AnswerService
    journal: Journal
    memory: SlackMemory

    def answer(self, question: Question, client: WebClient) -> None:
        """Answer where the question was asked; in a thread, take part from now on."""
        try:
            message = message_of(*self._reply(question), public_url=self._public_url)
        except Exception as error:
            log_failure(error)
            message = APOLOGY
        self._say(message, question.place, client)

    def answer_command(self, body: dict[str, Any], respond: Respond) -> None:
        """Answer a slash command for its sender alone, with a button that shares it."""
        question = question_in_command(body)
        reply, exchange = self._reply(question)
        share = self._kept_to_share(question, reply, exchange)
        message = message_of(reply, exchange, public_url=self._public_url, share=share)
        _respond(respond, **message.to_dict(), response_type="ephemeral")

    def _kept_to_share(self, question: Question, reply: Reply, exchange: str) -> str:
        """The id under which an answer is kept; empty when there is none to share."""
        if reply.kind != "answer":
            return ""
        asked = (question.user, question.text)
        shared = message_of(reply, exchange, public_url=self._public_url, asked=asked)
        share = new_answer_id()
        try:
            self.memory.keep_answer(share, shared.to_dict())
        except SQLAlchemyError as error:
            log_failure(error)
            return ""
        return share

    def share(self, body: dict[str, Any], respond: Respond) -> None:
        """Say to the channel what one person was told, once."""
        message = self.memory.take_answer(_pressed(body))
        if message is None:
            respond_privately(respond, plain_message(_GONE))
            return
        _respond(respond, **message, response_type="in_channel", replace_original=False)
        _respond(respond, delete_original=True)

    def rate(self, body: dict[str, Any], respond: Respond) -> None:
        """Keep what one person thinks of an answer."""
        action = body["actions"][0]["action_id"]
        rating: Literal["up", "down"] = "up" if action == RATE_UP else "down"
        is_kept = self.journal.rate(_pressed(body), rating)
        thanks = plain_message(_RATED if is_kept else _NOT_RATED)
        respond_privately(respond, thanks, body.get("message", {}).get("thread_ts"))

    def ask(self, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        """Answer the question on a button, where the button is."""
        place, user = place_of_press(body), body["user"]["id"]
        if not place.channel:
            opened = client.conversations_open(users=user)
            place = replace(place, channel=opened["channel"]["id"])
        question = Question(user, words_of(_pressed(body)), place)
        message = message_of(
            *self._reply(question),
            public_url=self._public_url,
            asked=(user, question.text),
        )
        if place.private_to:
            respond_privately(respond, message)
        else:
            self._say(message, place, client)

    def show_home(self, user: str, client: WebClient) -> None:
        """Show a person the app's home as it is now."""
        client.views_publish(user_id=user, view=home_view(self.bot))

    def _say(self, message: Message, place: Place, client: WebClient) -> None:
        """Post a message; whoever says something in a thread takes part in it."""
        client.chat_postMessage(
            channel=place.channel, thread_ts=place.thread or None, **message.to_dict()
        )
        if place.thread:
            self.memory.join(place)

    @property
    def _public_url(self) -> str:
        return self.settings.public_url

    def _reply(self, question: Question) -> tuple[Reply, str]:
        """The bot's reply and its id in the journal; none where nothing was asked."""
        conversation = question.place.conversation
        limit = self.settings.max_message_characters
        if not question.text:
            return self.bot.reply("", conversation), ""
        try:
            text = checked_message(question.text, limit)
            exchange = self.service.answer(text, conversation, CHANNEL)
        except (MessageError, UnansweredError) as error:
            return Reply("small_talk", str(error), conversation), ""
        return exchange.reply, exchange.id


def _respond(respond: Respond, **arguments: Any) -> None:
    """Say something at the address that came with a command or a pressed button."""
    response = respond(**arguments)
    if response.status_code != HTTPStatus.OK:
        raise SlackRequestError(f"status {response.status_code}")


def respond_privately(respond: Respond, message: Message, thread: str = "") -> None:
    """Say something to the person who pressed a button alone."""
    _respond(
        respond,
        **message.to_dict(),
        response_type="ephemeral",
        replace_original=False,
        thread_ts=thread or None,
    )


def _pressed(body: dict[str, Any]) -> str:
    """The value of the button that was pressed."""
    return str(body["actions"][0].get("value", ""))
