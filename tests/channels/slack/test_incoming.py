"""Which of Slack's events are for the bot, what they ask, and where."""

from __future__ import annotations

from typing import Any

import pytest

from chatbot.channels.slack.incoming import (
    Place,
    Question,
    place_of_press,
    question_in_command,
    question_in_mention,
    question_in_message,
)
from tests.slack_requests import QUESTION, command, event, press

BOT = "U0BOT"
CHANNEL = "C123ABC456"
THREAD = "1515449522.000016"


def in_message(name: str, *, takes_part: bool = True, **fields: Any) -> Question | None:
    body = event(name, **fields)
    return question_in_message(body, BOT, lambda place: takes_part)


def test_a_mention_begins_a_thread() -> None:
    question = question_in_mention(event("app_mention"), BOT)
    assert question == Question("U061F7AUR", QUESTION, Place("T1", CHANNEL, THREAD))


def test_a_mention_in_a_thread_stays_in_it() -> None:
    question = question_in_mention(event("app_mention", thread_ts="1.2"), BOT)
    assert question
    assert question.place.thread == "1.2"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("<@U0BOT> what is it?", "what is it?"),
        ("<@U0BOT|chatbot>: what is it?", "what is it?"),
        ("what is it, <@U0BOT>", "what is it,"),
        ("<@U0BOT>", ""),
        ("<@U0BOT>\n&lt;b&gt; &amp; c?", "<b> & c?"),
        (
            "<@U0BOT> see <https://a.example|this> and <#C1|general>",
            "see this and general",
        ),
        (None, ""),
    ],
)
def test_what_is_asked_is_what_was_typed(said: str | None, asked: str) -> None:
    question = question_in_mention(event("app_mention", text=said), BOT)
    assert question
    assert question.text == asked


def test_a_thread_is_one_conversation_and_a_direct_channel_another() -> None:
    mention = question_in_mention(event("app_mention"), BOT)
    followed = in_message("message_in_thread")
    direct = in_message("message_im")
    assert mention
    assert followed
    assert direct
    assert mention.place.conversation == f"slack:T1:{CHANNEL}:{THREAD}"
    assert followed.place.conversation == mention.place.conversation
    assert direct.place.conversation == "slack:T1:D024BE91L"


def test_messages_outside_of_the_bots_threads_are_not_for_it() -> None:
    assert in_message("message_in_thread", takes_part=False) is None
    assert in_message("message_in_thread", thread_ts="") is None


def test_a_message_that_calls_the_bot_comes_as_a_mention_too() -> None:
    assert in_message("message_in_thread", text="and <@U0BOT> this?") is None


def test_a_message_to_somebody_else_is_not_for_the_bot() -> None:
    assert in_message("message_in_thread", text="<@U2> can you help?") is None
    assert in_message("message_in_thread", text="what does <@U2> say?")


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_a_message_with_a_file_or_for_the_channel_too_is_one(subtype: str) -> None:
    assert in_message("message_in_thread", subtype=subtype)


@pytest.mark.parametrize(
    "subtype", ["message_changed", "message_deleted", "bot_message", "channel_join"]
)
def test_other_kinds_of_messages_are_none(subtype: str) -> None:
    assert in_message("message_im", subtype=subtype) is None
    assert question_in_mention(event("app_mention", subtype=subtype), BOT) is None


def test_a_command_is_a_conversation_of_its_sender_alone() -> None:
    question = question_in_command(command(QUESTION, "https://hooks.slack.example"))
    assert question.text == QUESTION
    assert question.place.private_to == question.user == "U2147483697"
    assert question.place.conversation == "slack:T1:C2147483705:U2147483697"


def test_a_press_belongs_to_where_the_button_is() -> None:
    assert place_of_press(press("button_in_thread", "ask-0", "")) == Place(
        "T1", CHANNEL, THREAD
    )
    private = place_of_press(press("button_of_command", "ask-0", ""))
    assert private == Place("T1", "C2147483705", private_to="U061F7AUR")
    assert place_of_press(press("button_at_home", "ask-0", "")).channel == ""


def test_a_press_in_a_channel_begins_a_thread_and_in_a_direct_one_does_not() -> None:
    body = press("button_in_thread", "ask-0", "")
    del body["message"]["thread_ts"], body["container"]["thread_ts"]
    assert place_of_press(body).thread == "1515449530.000200"
    body["channel"]["id"] = "D1"
    assert place_of_press(body) == Place("T1", "D1")
