"""Socket Mode: a WebSocket to a local server that speaks Slack's protocol."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Engine
from websockets.sync.server import ServerConnection

from chatbot import Chatbot
from chatbot.channels.slack.socket_mode import connected
from chatbot.channels.tables import TABLES
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.errors import SettingsError
from chatbot.insights.journal import Journal
from chatbot.settings import Settings
from tests.slack_mock import APP_TOKEN, TOKEN, SlackMock, slack_mock
from tests.slack_requests import QUESTION, SENTENCE, command, event, press
from tests.slack_socket import SlackSocket, envelope, slack_socket


@dataclass
class Connected:
    """The bot while it is connected, with both ends of what Slack is to it."""

    slack: SlackMock
    socket: SlackSocket


@pytest.fixture(scope="module")
def bot_in_slack(
    shop: Chatbot, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Connected]:
    file = tmp_path_factory.mktemp("socket") / "slack.sqlite"
    journal = Journal(
        GroupedWrites(open_database(f"sqlite:///{file}", *TABLES)), keep_days=30
    )
    with slack_mock() as slack, slack_socket() as socket:
        slack.replies["apps.connections.open"] = {"ok": True, "url": socket.url}
        with connected(shop, settings_for(slack), journal):
            yield Connected(slack, socket)


@pytest.fixture(scope="module")
def connection(bot_in_slack: Connected) -> ServerConnection:
    return bot_in_slack.socket.next_connection()


def settings_for(slack: SlackMock) -> Settings:
    return Settings(
        slack_bot_token=TOKEN,
        slack_app_token=APP_TOKEN,
        slack_api_url=slack.api_url,
        threads=1,
    )


def test_an_event_is_acknowledged_and_answered(
    bot_in_slack: Connected, connection: ServerConnection
) -> None:
    connection.send(envelope("events_api", "e1", event("app_mention")))
    assert bot_in_slack.socket.next_received() == {"envelope_id": "e1"}
    call = bot_in_slack.slack.next_call()
    assert call.method == "chat.postMessage"
    assert SENTENCE in call.arguments["text"]


def test_a_command_is_acknowledged_and_answered(
    bot_in_slack: Connected, connection: ServerConnection
) -> None:
    asked = command(QUESTION, bot_in_slack.slack.response_url)
    connection.send(envelope("slash_commands", "e2", asked))
    assert bot_in_slack.socket.next_received() == {"envelope_id": "e2"}
    assert SENTENCE in bot_in_slack.slack.next_call().arguments["text"]


def test_a_pressed_button_is_acknowledged_and_answered(
    bot_in_slack: Connected, connection: ServerConnection
) -> None:
    pressed = press("button_in_thread", "ask-0", '"Returns"')
    connection.send(envelope("interactive", "e3", pressed))
    assert bot_in_slack.socket.next_received() == {"envelope_id": "e3"}
    assert "within a month" in bot_in_slack.slack.next_call().arguments["text"]


def test_a_repeated_event_is_answered_once(
    bot_in_slack: Connected, connection: ServerConnection
) -> None:
    for id in ("e4", "e5", "e6"):
        repeated = event("app_mention", "EvRepeated", channel="C0REPEATED")
        connection.send(envelope("events_api", id, repeated))
        assert bot_in_slack.socket.next_received() == {"envelope_id": id}
    connection.send(envelope("events_api", "e7", event("message_im")))
    assert bot_in_slack.socket.next_received() == {"envelope_id": "e7"}
    channels = [bot_in_slack.slack.next_call().arguments["channel"] for _ in range(2)]
    assert channels == ["C0REPEATED", "D024BE91L"]


def test_when_slack_says_so_the_bot_connects_anew(
    bot_in_slack: Connected, connection: ServerConnection
) -> None:
    connection.send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
    anew = bot_in_slack.socket.next_connection()
    anew.send(envelope("events_api", "e8", event("message_im", "EvAnew")))
    assert bot_in_slack.socket.next_received() == {"envelope_id": "e8"}
    assert SENTENCE in bot_in_slack.slack.next_call().arguments["text"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"slack_bot_token": ""}, "CHATBOT_SLACK_BOT_TOKEN is not set"),
        ({"slack_app_token": ""}, "CHATBOT_SLACK_APP_TOKEN is not set"),
        ({"slack_bot_token": "xoxb-wrong"}, r"CHATBOT_SLACK_BOT_TOKEN \(invalid_auth"),
    ],
)
def test_a_token_that_is_missing_or_refused_is_told(
    shop: Chatbot,
    slack: SlackMock,
    engine: Engine,
    changed: dict[str, str],
    told: str,
) -> None:
    settings = replace(settings_for(slack), **changed)
    with (
        pytest.raises(SettingsError, match=told),
        connected(shop, settings, Journal(GroupedWrites(engine), 30)),
    ):
        pass


def test_an_app_token_that_slack_refuses_is_told(
    shop: Chatbot, engine: Engine, slack: SlackMock
) -> None:
    slack.replies["apps.connections.open"] = {"ok": False, "error": "not_allowed"}
    with (
        pytest.raises(SettingsError, match=r"CHATBOT_SLACK_APP_TOKEN \(not_allowed"),
        connected(shop, settings_for(slack), Journal(GroupedWrites(engine), 30)),
    ):
        pass


def test_a_slack_that_cannot_be_reached_is_told(
    shop: Chatbot, engine: Engine, slack: SlackMock
) -> None:
    settings = replace(settings_for(slack), slack_api_url="http://127.0.0.1:9/api/")
    with (
        pytest.raises(SettingsError, match="Slack cannot be reached at http://127"),
        connected(shop, settings, Journal(GroupedWrites(engine), 30)),
    ):
        pass
