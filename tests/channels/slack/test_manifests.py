"""The app's manifests, which are pasted into Slack, ask for what the app does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chatbot.channels.slack.app import COMMAND
from chatbot.channels.slack.events import EVENTS_PATH

FOLDER = Path(__file__).parents[3] / "slack"
NAMES = ("manifest.json", "manifest-socket-mode.json")
ADDRESS = f"https://your-host{EVENTS_PATH}"

SCOPES = {
    "app_mention": "app_mentions:read",
    "app_home_opened": "",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "chat.postMessage": "chat:write",
    "conversations.open": "im:write",
    "views.publish": "",
    COMMAND: "commands",
}
"""What the app listens to and calls, each with the scope that Slack's pages name."""


def manifest(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return read


@pytest.mark.parametrize("name", NAMES)
def test_the_scopes_are_those_that_are_needed(name: str) -> None:
    scopes = manifest(name)["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(set(SCOPES.values()) - {""})


@pytest.mark.parametrize("name", NAMES)
def test_the_app_hears_what_it_answers(name: str) -> None:
    read = manifest(name)
    events = read["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == {name for name in SCOPES if name.startswith(("app", "mess"))}
    assert [c["command"] for c in read["features"]["slash_commands"]] == [COMMAND]
    assert read["settings"]["interactivity"]["is_enabled"] is True
    assert read["features"]["app_home"]["home_tab_enabled"] is True


def test_the_two_differ_in_the_addresses_alone() -> None:
    http, socket = map(manifest, NAMES)
    assert http["settings"].pop("socket_mode_enabled") is False
    assert socket["settings"].pop("socket_mode_enabled") is True
    assert http["features"]["slash_commands"][0].pop("url") == ADDRESS
    for part in ("event_subscriptions", "interactivity"):
        assert http["settings"][part].pop("request_url") == ADDRESS
    assert http == socket
