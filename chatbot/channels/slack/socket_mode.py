"""Socket Mode: the bot in Slack without an address that Slack could reach.

The bot opens a WebSocket to Slack, over which the same requests come.

https://docs.slack.dev/apis/events-api/using-socket-mode/
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError

from chatbot.bot import Chatbot
from chatbot.channels.answer_service import AnswerService
from chatbot.channels.metrics import Metrics
from chatbot.channels.slack.app import create_slack_app
from chatbot.errors import SettingsError
from chatbot.insights.journal import Journal
from chatbot.settings import Settings

_SETTINGS = {
    "CHATBOT_SLACK_BOT_TOKEN": "“Bot User OAuth Token” of “OAuth & Permissions”",
    "CHATBOT_SLACK_APP_TOKEN": "app-level token with the scope `connections:write`",
}


@contextmanager
def connected(bot: Chatbot, settings: Settings, journal: Journal) -> Iterator[None]:
    """Answer in Slack for as long as the context lasts.

    A connection that is lost is opened again. Raises `SettingsError` when a token is
    missing or refused, or Slack cannot be reached.
    """
    require_tokens(settings)
    service = AnswerService(bot, settings, journal, Metrics())
    app = create_slack_app(bot, settings, service, journal)
    address = _address(app, settings)
    handler = SocketModeHandler(app, settings.slack_app_token)
    handler.client.wss_uri = address
    try:
        handler.client.connect()
        yield
    finally:
        handler.client.close()


def require_tokens(settings: Settings) -> None:
    """Raises `SettingsError` when a token that Socket Mode needs is missing."""
    for variable, token in zip(
        _SETTINGS, (settings.slack_bot_token, settings.slack_app_token), strict=True
    ):
        if not token:
            raise SettingsError(
                f"{variable} is not set; set it to the {_SETTINGS[variable]} of the "
                "Slack app."
            )


def _address(app: App, settings: Settings) -> str:
    """The WebSocket's address, which Slack gives out for one connection."""
    try:
        opened = app.client.apps_connections_open(app_token=settings.slack_app_token)
    except SlackApiError as error:
        raise SettingsError(
            f"Slack refuses CHATBOT_SLACK_APP_TOKEN ({error.response['error']}); set "
            f"it to the {_SETTINGS['CHATBOT_SLACK_APP_TOKEN']} of the Slack app."
        ) from error
    except (URLError, OSError) as error:
        raise SettingsError(
            f"Slack cannot be reached at {settings.slack_api_url}: "
            f"{getattr(error, 'reason', error)}. Check the network and "
            "CHATBOT_SLACK_API_URL."
        ) from error
    return str(opened["url"])
