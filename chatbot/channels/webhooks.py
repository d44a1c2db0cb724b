"""Webhooks: a chat platform posts a message, the response is the answer.

    app.register_blueprint(create_webhooks(bot, settings))

A `Platform` holds what is one platform's own: where the token and the message stand in
a request and what a reply looks like. `_handle` does the rest, for each of them alike.
A webhook is on only when its token is set.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from flask import Blueprint, Request, Response, jsonify, request
from flask.typing import ResponseReturnValue

from chatbot.bot import Chatbot
from chatbot.channels import mrkdwn
from chatbot.channels.messages import checked_message
from chatbot.channels.tokens import are_equal
from chatbot.errors import MessageError
from chatbot.reply import Reply
from chatbot.settings import Settings


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message as a platform sent it.

    `text` is what was asked, without `call`, the word that called the bot.
    `conversation` names the channel and the person. `from_bot` marks what the bot said
    itself, which is never answered.
    """

    text: str
    call: str
    conversation: str
    from_bot: bool


class Platform(Protocol):
    """What differs from one chat platform to the next."""

    @property
    def name(self) -> str:
        """The last part of the address that the platform posts to."""

    @property
    def token(self) -> str:
        """What the platform's requests must carry; empty: its webhook is off."""

    def sent_token(self, request: Request) -> str:
        """The token that a request carries, or an empty string."""

    def read(self, request: Request) -> IncomingMessage:
        """The message that a request carries."""

    def write(self, reply: Reply, request: Request) -> dict[str, Any]:
        """The JSON that shows a reply where the request came from."""


def create_webhooks(bot: Chatbot, settings: Settings) -> Blueprint:
    """The webhooks that are on, as the routes of a blueprint."""
    webhooks = Blueprint("webhooks", __name__)
    for platform in enabled_platforms(settings):
        webhooks.add_url_rule(
            webhook_path(platform),
            endpoint=platform.name,
            view_func=partial(_handle, platform, bot, settings.max_message_characters),
            methods=["POST"],
        )
    return webhooks


def enabled_platforms(settings: Settings) -> list[Platform]:
    """The platforms whose webhooks are on."""
    platforms: list[Platform] = [Slack(settings.slack_webhook_token)]
    return [platform for platform in platforms if platform.token]


def webhook_path(platform: Platform) -> str:
    """The address that a platform posts to."""
    return f"/webhooks/{platform.name}"


def _handle(platform: Platform, bot: Chatbot, limit: int) -> ResponseReturnValue:
    """Answer the current request, whose message may have `limit` characters."""
    if not are_equal(platform.sent_token(request), platform.token):
        return Response(status=401)
    message = platform.read(request)
    if message.from_bot:
        return Response(status=200)
    return jsonify(platform.write(_reply(message, bot, limit), request))


def _reply(message: IncomingMessage, bot: Chatbot, limit: int) -> Reply:
    if not message.text:
        where = f" after {message.call}" if message.call else ""
        text = f"Type a question{where}; the answer is quoted from the documents."
    else:
        try:
            question = checked_message(message.text, limit)
            return bot.reply(question, message.conversation)
        except MessageError as error:
            text = str(error)
    return Reply("small_talk", text, message.conversation)


@dataclass(frozen=True, slots=True)
class Slack:
    """Slack's outgoing webhooks and slash commands: a form comes, mrkdwn goes."""

    token: str
    name: str = "slack"

    def sent_token(self, request: Request) -> str:
        return request.form.get("token", "")

    def read(self, request: Request) -> IncomingMessage:
        form = request.form
        trigger = form.get("trigger_word", "")
        user = form.get("user_id") or form.get("user_name", "")
        return IncomingMessage(
            text=mrkdwn.plain_text(_without_trigger(form.get("text", ""), trigger)),
            call=form.get("command") or trigger,
            conversation=f"slack:{form.get('channel_id', '')}:{user}",
            from_bot=user == "USLACKBOT" or form.get("user_name") == "slackbot",
        )

    def write(self, reply: Reply, request: Request) -> dict[str, Any]:
        response: dict[str, Any] = {"text": mrkdwn.from_reply(reply)}
        if request.form.get("command"):
            response["response_type"] = "ephemeral"
        return response


def _without_trigger(text: str, trigger: str) -> str:
    """The text without the word, in any case, that stands at its front."""
    text = text.strip()
    front, rest = text[: len(trigger)], text[len(trigger) :]
    if front.casefold() != trigger.casefold() or rest[:1].isalnum():
        return text
    return rest.lstrip().removeprefix(":").removeprefix(",").lstrip()
