"""Answering what a chat platform posts: the same for each of them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from chatbot.channels.answer_service import AnswerService
from chatbot.channels.deliveries import Deliveries
from chatbot.channels.messages import checked_message
from chatbot.channels.web.asking import ask
from chatbot.channels.web.refusals import Busy, TooFast
from chatbot.channels.webhooks.mattermost import Mattermost
from chatbot.channels.webhooks.platform import IncomingMessage, Platform, secrets_in
from chatbot.channels.webhooks.rocket_chat import RocketChat
from chatbot.channels.webhooks.slack import Slack
from chatbot.channels.webhooks.teams import Teams
from chatbot.errors import MessageError
from chatbot.insights.journal import Journal
from chatbot.reply import Reply
from chatbot.settings import Settings


def create_webhooks(
    settings: Settings, service: AnswerService, journal: Journal | None
) -> Blueprint:
    """The webhooks that are on, as the routes of a blueprint.

    Without a journal nothing is kept, and a message that is sent again is not known.
    """
    webhooks = Blueprint("webhooks", __name__)
    for platform in enabled_platforms(settings):
        webhooks.add_url_rule(
            webhook_path(platform),
            endpoint=platform.name,
            view_func=_view_of(platform, settings, service, journal),
            methods=["POST"],
        )
    return webhooks


def enabled_platforms(settings: Settings) -> list[Platform]:
    """The platforms whose webhooks are on.

    Raises `SettingsError` for a secret that cannot be one of its platform.
    """
    platforms: list[Platform] = [
        Slack(secrets_in(settings.slack_webhook_token)),
        Mattermost(secrets_in(settings.mattermost_token)),
        RocketChat(secrets_in(settings.rocket_chat_token)),
        Teams(secrets_in(settings.teams_token)),
    ]
    return [platform for platform in platforms if platform.secrets]


def webhook_path(platform: Platform) -> str:
    """The address that a platform posts to."""
    return f"/webhooks/{platform.name}"


def _view_of(
    platform: Platform,
    settings: Settings,
    service: AnswerService,
    journal: Journal | None,
) -> Callable[[], ResponseReturnValue]:
    """What answers a platform's requests; 401 for those not genuine, and replays."""

    deliveries = Deliveries(journal.engine) if journal else None

    def answer() -> ResponseReturnValue:
        if not platform.is_genuine(request):
            return Response(status=401)
        message = platform.read(request)
        if deliveries and _is_replay(message, platform, deliveries):
            return Response(status=401)
        if message.from_bot:
            return Response(status=200)
        try:
            text = checked_message(message.text, settings.max_message_characters)
            reply = ask(service, text, message.conversation, platform.name).reply
        except MessageError as error:
            advice = str(error) if message.text else _help(message)
            reply = Reply("small_talk", advice, message.conversation)
        except (Busy, TooFast) as refusal:
            # A platform shows nobody a refusal, and what it repeats is a replay.
            reply = Reply("small_talk", str(refusal.description), message.conversation)
        return jsonify(platform.write(reply, message, settings.public_url))

    return answer


def _is_replay(
    message: IncomingMessage, platform: Platform, deliveries: Deliveries
) -> bool:
    """Whether a message that its platform names was there before."""
    copied = "\n".join((message.id, message.conversation, message.text))
    return bool(message.id) and not deliveries.is_new(platform.name, copied)


def _help(message: IncomingMessage) -> str:
    """What to say to someone who only called the bot."""
    where = f" after {message.call}" if message.call else ""
    return f"Type a question{where}; the answer is quoted from the documents."
