"""The Slack app: which of Slack's requests is answered by what.

Whatever is asked is acknowledged first and answered afterwards, by threads of the app's
own, so that Slack never waits for longer than it does (3 seconds).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import Any
from urllib.error import URLError

from slack_bolt import Ack, App, BoltContext, BoltResponse, Respond
from slack_bolt.error import BoltError, BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from chatbot.bot import Chatbot
from chatbot.channels.answer_service import AnswerService
from chatbot.channels.deliveries import Deliveries
from chatbot.channels.slack.answering import (
    CHANNEL,
    SlackAnswering,
    respond_privately,
)
from chatbot.channels.slack.failures import APOLOGY, LOG, log_failure, reason_of
from chatbot.channels.slack.incoming import question_in_mention, question_in_message
from chatbot.channels.slack.memory import SlackMemory
from chatbot.channels.slack.messages import ASK, RATE_DOWN, RATE_UP, SHARE
from chatbot.errors import SettingsError
from chatbot.insights.journal import Journal
from chatbot.settings import Settings

COMMAND = "/ask"
API_SECONDS = 10
"""How long Slack's Web API may take."""

for _name in (LOG.name, "slack_bolt", "slack_sdk"):
    # Below, Slack's framework writes what people say into the log.
    logging.getLogger(_name).setLevel(logging.WARNING)

_Work = Callable[..., None]


def create_slack_app(
    bot: Chatbot, settings: Settings, service: AnswerService, journal: Journal
) -> App:
    """The app that answers with this bot, in the workspace of the settings' token.

    Raises `SettingsError` when Slack refuses the token. When Slack cannot be reached,
    a warning says so and the token is tried again with the first request.
    """
    answering = SlackAnswering(
        bot, settings, service, journal, SlackMemory(journal.engine)
    )
    app = _open_app(settings)
    app.use(_only_once(Deliveries(journal.engine)))
    app.error(_told)
    _answer_questions(app, answering)
    _answer_buttons(app, answering)
    return app


def _open_app(settings: Settings) -> App:
    """An app without listeners. Its requests are checked before they come to it."""
    client = WebClient(
        settings.slack_bot_token,
        base_url=f"{settings.slack_api_url.rstrip('/')}/",
        timeout=API_SECONDS,
        logger=LOG,
    )
    client.retry_handlers.append(RateLimitErrorRetryHandler())

    def opened(*, checking_token: bool) -> App:
        return App(
            name="chatbot",
            logger=LOG,
            client=client,
            token_verification_enabled=checking_token,
            request_verification_enabled=False,
            ssl_check_enabled=False,
            process_before_response=True,
            raise_error_for_unhandled_request=True,
            listener_executor=ThreadPoolExecutor(settings.threads, "slack"),
        )

    try:
        return opened(checking_token=True)
    except BoltError as error:
        raise SettingsError(
            f"Slack refuses CHATBOT_SLACK_BOT_TOKEN ({reason_of(error)}); set it to "
            "the “Bot User OAuth Token” of the app's page “OAuth & Permissions”."
        ) from error
    except (URLError, OSError) as error:
        LOG.warning(
            "Slack cannot be reached at %s (%s); it is tried again with the first "
            "request. CHATBOT_SLACK_API_URL names another address.",
            settings.slack_api_url,
            getattr(error, "reason", error),
        )
        return opened(checking_token=False)


def _answer_questions(app: App, answering: SlackAnswering) -> None:
    """Mentions, messages, the command, and the home that lists what can be asked."""

    def mention(body: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        question = question_in_mention(body, context.bot_user_id or "")
        if question:
            answering.answer(question, client)

    def message(body: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        bot_user, takes_part = context.bot_user_id or "", answering.memory.takes_part
        question = question_in_message(body, bot_user, takes_part)
        if question:
            answering.answer(question, client)

    def command(body: dict[str, Any], respond: Respond) -> None:
        answering.answer_command(body, respond)

    def home(event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab") == "home":
            answering.show_home(event["user"], client)

    app.event("app_mention")(ack=_acknowledged, lazy=[_guarded(mention)])
    app.event("message")(ack=_acknowledged, lazy=[_guarded(message)])
    app.event("app_home_opened")(ack=_acknowledged, lazy=[_guarded(home)])
    app.command(COMMAND)(ack=_acknowledged, lazy=[_guarded(command)])


def _answer_buttons(app: App, answering: SlackAnswering) -> None:
    """The buttons under an answer and on the home."""

    def ask(body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        answering.ask(body, client, respond)

    def rate(body: dict[str, Any], respond: Respond) -> None:
        answering.rate(body, respond)

    def share(body: dict[str, Any], respond: Respond) -> None:
        answering.share(body, respond)

    rating = re.compile(rf"{RATE_UP}|{RATE_DOWN}")
    app.action(re.compile(rf"{ASK}-\d+"))(ack=_acknowledged, lazy=[_guarded(ask)])
    app.action(rating)(ack=_acknowledged, lazy=[_guarded(rate)])
    app.action(SHARE)(ack=_acknowledged, lazy=[_guarded(share)])


def _acknowledged(ack: Ack) -> BoltResponse:
    return ack()


def _only_once(deliveries: Deliveries) -> Callable[..., BoltResponse]:
    """A step before all others that acknowledges a repeated event and ends there."""

    def only_once(
        body: dict[str, Any], ack: Ack, next: Callable[[], BoltResponse]
    ) -> BoltResponse:
        event = body.get("event_id")
        if event and not deliveries.is_new(CHANNEL, str(event)):
            return ack()
        return next()

    return only_once


def _told(error: Exception) -> BoltResponse:
    """The response to a request that failed; Slack sends it again.

    Kinds of requests that the app has no answer to are acknowledged.
    """
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200)
    log_failure(error)
    return BoltResponse(status=500)


def _guarded(work: _Work) -> _Work:
    """The work; one that fails is logged, and told where there is an address for it."""

    @wraps(work)
    def guarded(**arguments: Any) -> None:
        try:
            work(**arguments)
        except Exception as error:
            log_failure(error)
            if "respond" in arguments:
                respond_privately(arguments["respond"], APOLOGY)

    return guarded
