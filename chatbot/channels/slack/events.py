"""The address that Slack posts its events, commands and button presses to.

It is on only when the signing secret and the bot's token are set.
"""

from __future__ import annotations

from flask import Blueprint, Request, Response, request
from flask.typing import ResponseReturnValue

from chatbot.bot import Chatbot
from chatbot.channels.answer_service import AnswerService
from chatbot.channels.deliveries import Deliveries
from chatbot.channels.slack.signatures import is_signed
from chatbot.errors import SettingsError
from chatbot.insights.journal import Journal
from chatbot.settings import Settings

EVENTS_PATH = "/slack/events"

MAX_BODY_BYTES = 1024 * 1024
"""A pressed button comes with the whole message around it."""


def slack_paths(settings: Settings) -> list[str]:
    """The addresses at which Slack is listened to.

    Raises `SettingsError` when what they need is only half set.
    """
    if not settings.slack_signing_secret:
        return []
    if not settings.slack_bot_token:
        raise SettingsError(
            "CHATBOT_SLACK_SIGNING_SECRET is set, but CHATBOT_SLACK_BOT_TOKEN is not; "
            "set it to the “Bot User OAuth Token” of the app's page “OAuth & "
            "Permissions”."
        )
    return [EVENTS_PATH]


def create_slack(
    bot: Chatbot, settings: Settings, service: AnswerService, journal: Journal
) -> Blueprint:
    """What Slack posts to, as a route of a blueprint; no route when it is off.

    Raises `SettingsError` when Slack refuses what is set.
    """
    slack = Blueprint("slack", __name__)
    if not slack_paths(settings):
        return slack
    from slack_bolt.adapter.flask import SlackRequestHandler

    from chatbot.channels.slack.app import create_slack_app

    handler = SlackRequestHandler(create_slack_app(bot, settings, service, journal))
    deliveries = Deliveries(journal.engine)

    @slack.post(EVENTS_PATH)
    def events() -> ResponseReturnValue:
        request.max_content_length = MAX_BODY_BYTES
        if not _is_from_slack(request, settings.slack_signing_secret):
            return Response(status=401)
        if not request.is_json and not deliveries.is_new("slack", _signature(request)):
            return Response(status=401)
        try:
            return handler.handle(request)
        except (ValueError, AttributeError, TypeError, LookupError, RecursionError):
            return Response(status=400)

    return slack


def _is_from_slack(request: Request, secret: str) -> bool:
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    return is_signed(request.get_data(), timestamp, _signature(request), secret)


def _signature(request: Request) -> str:
    return request.headers.get("X-Slack-Signature", "")
