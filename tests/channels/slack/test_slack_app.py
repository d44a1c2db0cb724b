"""The bot in Slack: what people do there, and what Slack is told in turn."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine, select

from chatbot import Chatbot
from chatbot.insights.tables import EXCHANGES
from tests.slack_mock import Call, SlackMock
from tests.slack_requests import (
    QUESTION,
    SENTENCE,
    Send,
    command,
    event,
    press,
    recorded,
)

THREAD = "1515449522.000016"


def shown(call: Call) -> str:
    """All that a message shows, in one string."""
    return json.dumps(call.arguments["blocks"], ensure_ascii=False)


def values(call: Call) -> dict[str, str]:
    """The values of a message's buttons, by what they do."""
    rows = [b for b in call.arguments["blocks"] if b["type"] == "actions"]
    return {e["action_id"]: e.get("value", "") for row in rows for e in row["elements"]}


def acknowledged(send: Send, body: dict[str, Any]) -> None:
    response = send(body)
    assert (response.status_code, response.data) == (200, b"")


def test_a_mention_gets_one_reply_in_its_thread(send: Send, slack: SlackMock) -> None:
    acknowledged(send, event("app_mention"))
    call = slack.next_call()
    assert call.method == "chat.postMessage"
    assert call.arguments["channel"] == "C123ABC456"
    assert call.arguments["thread_ts"] == THREAD
    assert SENTENCE in call.arguments["text"]
    assert SENTENCE in shown(call)
    assert "https://ask.example/sources/shop.md" in shown(call)


def test_a_follow_up_in_the_thread_is_understood(send: Send, slack: SlackMock) -> None:
    acknowledged(send, event("app_mention"))
    slack.next_call()
    acknowledged(send, event("message_in_thread"))
    call = slack.next_call()
    assert call.arguments["thread_ts"] == THREAD
    assert "The ferry leaves on Mondays & Fridays." in shown(call)


def test_threads_without_the_bot_are_left_alone(send: Send, slack: SlackMock) -> None:
    acknowledged(send, event("message_in_thread", text=QUESTION))
    acknowledged(send, event("message_im", text="help"))
    assert slack.next_call().arguments["channel"] == "D024BE91L"


def test_a_thread_below_what_the_bot_said_is_the_bots(
    send: Send, slack: SlackMock
) -> None:
    under_bot = event("message_in_thread", text=QUESTION, parent_user_id="U0BOT")
    acknowledged(send, under_bot)
    assert SENTENCE in shown(slack.next_call())


def test_a_direct_message_is_answered_beside_it(send: Send, slack: SlackMock) -> None:
    acknowledged(send, event("message_im"))
    call = slack.next_call()
    assert call.arguments["channel"] == "D024BE91L"
    assert "thread_ts" not in call.arguments
    assert SENTENCE in shown(call)


def test_a_mention_without_text_gets_help(send: Send, slack: SlackMock) -> None:
    acknowledged(send, event("app_mention", text="<@U0BOT> "))
    call = slack.next_call()
    assert "Ask a question about the documents" in shown(call)
    assert "rate-up" not in values(call)


def test_a_question_that_is_too_long_is_told_so(send: Send, slack: SlackMock) -> None:
    acknowledged(send, event("app_mention", text="<@U0BOT> " + "x" * 2001))
    assert "too long; ask in at most 2,000" in shown(slack.next_call())


@pytest.mark.parametrize("times", [3])
def test_an_event_that_slack_repeats_is_answered_once(
    send: Send, slack: SlackMock, times: int
) -> None:
    for _ in range(times):
        acknowledged(send, event("app_mention"))
    acknowledged(send, event("message_im"))
    assert slack.next_call().arguments["channel"] == "C123ABC456"
    assert slack.next_call().arguments["channel"] == "D024BE91L"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("message_im", {"user": "U0BOT", "bot_id": "B0BOT"}),
        ("message_im", {"bot_id": "B0OTHER"}),
        ("message_im", {"subtype": "bot_message", "bot_id": "B0OTHER"}),
        ("message_im", {"subtype": "message_changed", "message": {"text": QUESTION}}),
        ("message_im", {"subtype": "message_deleted"}),
        ("message_im", {"user": "USLACKBOT"}),
        ("app_mention", {"bot_id": "B0OTHER", "subtype": "bot_message"}),
        ("app_mention", {"edited": {"user": "U061F7AUR", "ts": "1515449523.0"}}),
        ("app_home_opened", {"tab": "messages"}),
        ("app_home_opened", {"type": "reaction_added"}),
    ],
)
def test_bots_edits_and_other_events_are_acknowledged_and_ignored(
    send: Send, slack: SlackMock, name: str, fields: dict[str, Any]
) -> None:
    acknowledged(send, event(name, "EvIgnored", **fields))
    acknowledged(send, event("message_im", "EvAnswered", channel="D0LAST"))
    assert slack.next_call().arguments["channel"] == "D0LAST"


def test_a_command_is_answered_for_its_sender_alone(
    send: Send, slack: SlackMock
) -> None:
    acknowledged(send, command(QUESTION, slack.response_url))
    call = slack.next_call()
    assert call.method == "response_url"
    assert call.arguments["response_type"] == "ephemeral"
    assert SENTENCE in shown(call)
    assert values(call)["share"]


def test_what_a_command_answered_can_be_shared_once(
    send: Send, slack: SlackMock
) -> None:
    acknowledged(send, command(QUESTION, slack.response_url))
    share = press(
        "button_of_command",
        "share",
        values(slack.next_call())["share"],
        slack.response_url,
    )
    acknowledged(send, share | {"trigger_id": "1"})
    shared = slack.next_call()
    assert shared.arguments["response_type"] == "in_channel"
    assert SENTENCE in shown(shared)
    assert f" asked: {QUESTION}" in shown(shared)
    assert "share" not in values(shared)
    assert slack.next_call().arguments["delete_original"] is True
    acknowledged(send, share | {"trigger_id": "2"})
    again = slack.next_call()
    assert again.arguments["response_type"] == "ephemeral"
    assert "too old to be shared" in shown(again)


def test_a_command_without_text_gets_help(send: Send, slack: SlackMock) -> None:
    acknowledged(send, command("", slack.response_url))
    assert "Ask a question about the documents" in shown(slack.next_call())


@pytest.mark.parametrize("rating", ["up", "down"])
def test_feedback_is_stored(
    send: Send, slack: SlackMock, engine: Engine, rating: str
) -> None:
    acknowledged(send, event("app_mention"))
    exchange = values(slack.next_call())[f"rate-{rating}"]
    body = press("button_in_thread", f"rate-{rating}", exchange, slack.response_url)
    acknowledged(send, body)
    thanks = slack.next_call()
    assert thanks.arguments["response_type"] == "ephemeral"
    assert thanks.arguments["replace_original"] is False
    assert thanks.arguments["thread_ts"] == THREAD
    assert "Thank you" in shown(thanks)
    with engine.connect() as connection:
        kept = connection.execute(select(EXCHANGES)).one()
    assert (kept.id, kept.rating, kept.channel) == (exchange, rating, "slack")
    assert kept.question == QUESTION


def test_an_answer_that_is_not_kept_cannot_be_rated(
    send: Send, slack: SlackMock
) -> None:
    body = press("button_in_thread", "rate-up", "unknown", slack.response_url)
    acknowledged(send, body)
    assert "not kept any more" in shown(slack.next_call())


def test_a_suggestion_is_asked_where_its_button_is(
    send: Send, slack: SlackMock
) -> None:
    acknowledged(send, press("button_in_thread", "ask-0", '"Returns"'))
    call = slack.next_call()
    assert call.method == "chat.postMessage"
    assert call.arguments["thread_ts"] == THREAD
    assert " asked: Returns" in shown(call)
    assert "sent back within a month" in shown(call)


def test_a_suggestion_under_a_private_answer_is_answered_privately(
    send: Send, slack: SlackMock
) -> None:
    acknowledged(
        send, press("button_of_command", "ask-1", '"Returns"', slack.response_url)
    )
    call = slack.next_call()
    assert call.method == "response_url"
    assert call.arguments["response_type"] == "ephemeral"
    assert "sent back within a month" in shown(call)


def test_the_home_lists_what_can_be_asked(send: Send, slack: SlackMock) -> None:
    acknowledged(send, event("app_home_opened"))
    call = slack.next_call()
    assert (call.method, call.arguments["user_id"]) == ("views.publish", "U061F7AUR")
    view = json.dumps(call.arguments["view"])
    assert call.arguments["view"]["type"] == "home"
    assert "Delivery" in view
    assert "Returns" in view


def test_what_is_asked_at_home_is_answered_in_a_direct_message(
    send: Send, slack: SlackMock
) -> None:
    acknowledged(send, press("button_at_home", "ask-0", '"Delivery"'))
    assert slack.next_call().method == "conversations.open"
    call = slack.next_call()
    assert (call.method, call.arguments["channel"]) == ("chat.postMessage", "D1")
    assert SENTENCE in shown(call)


def test_slack_can_verify_the_address(send: Send) -> None:
    body = recorded("url_verification")
    assert send(body).get_json() == {"challenge": body["challenge"]}


def test_an_answer_that_slack_refuses_is_told_without_what_was_said(
    send: Send, slack: SlackMock, caplog: pytest.LogCaptureFixture
) -> None:
    slack.replies["chat.postMessage"] = {"ok": False, "error": "not_in_channel"}
    acknowledged(send, event("app_mention"))
    slack.next_call()
    slack.replies.clear()
    acknowledged(send, event("message_im"))
    slack.next_call()
    assert "could not be answered: not_in_channel" in caplog.text
    assert QUESTION not in caplog.text
    assert SENTENCE not in caplog.text


def test_a_failure_is_told_to_the_person_who_asked(
    send: Send,
    slack: SlackMock,
    shop: Chatbot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError(QUESTION)

    monkeypatch.setattr(shop, "draft", fails)
    acknowledged(send, event("app_mention"))
    assert "Ask again in a moment" in shown(slack.next_call())
    acknowledged(send, command(QUESTION, slack.response_url))
    private = slack.next_call()
    assert private.arguments["response_type"] == "ephemeral"
    assert "Ask again in a moment" in shown(private)
    assert "could not be answered: RuntimeError" in caplog.text
    assert QUESTION not in caplog.text
