"""Slack's events and button presses as questions: which are for the bot, and where the
answers go.

https://docs.slack.dev/reference/events/message/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chatbot.channels import mrkdwn

_OF_PEOPLE = (None, "file_share", "thread_broadcast")
"""Kinds (“subtypes”) of messages that a person writes; the others tell of something
else: an edit, a deletion, someone who joins."""

_SLACK_ITSELF = "USLACKBOT"
_MENTION = r"<@{user}(?:\|[^<>]*)?>"
_CALL = re.compile(r"\s*<@(?P<user>\w+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in Slack where people talk, and in which a conversation goes on.

    `thread` is the time stamp of the thread's first message; empty outside of threads.
    `private_to` is the person who alone sees what is said, empty where others do too.
    """

    team: str
    channel: str
    thread: str = ""
    private_to: str = ""

    @property
    def conversation(self) -> str:
        """The id under which the bot remembers what was said there."""
        parts = ("slack", self.team, self.channel, self.thread or self.private_to)
        return ":".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks; `text` is empty when they only called the bot."""

    user: str
    text: str
    place: Place


def question_in_mention(body: dict[str, Any], bot_user: str) -> Question | None:
    """What an `app_mention` asks; answered in the thread that it stands in or begins.

    None for a message of a bot and for one that was edited.
    """
    event = body["event"]
    if not _is_of_person(event) or "edited" in event:
        return None
    thread = event.get("thread_ts") or event["ts"]
    place = Place(body.get("team_id", ""), event["channel"], thread)
    return Question(event["user"], _typed(event, bot_user), place)


def question_in_message(
    body: dict[str, Any], bot_user: str, takes_part: Callable[[Place], bool]
) -> Question | None:
    """What a `message` asks: a direct one, or one in a thread in which the bot
    `takes_part`.

    None for those that are not for the bot: of bots, edited, for another person, or
    with a mention of the bot, which Slack tells of in an event of its own.
    """
    event = body["event"]
    if not _is_of_person(event):
        return None
    thread = event.get("thread_ts", "")
    place = Place(body.get("team_id", ""), event["channel"], thread)
    if event.get("channel_type") != "im":
        said = event.get("text", "")
        if not thread or _calls(said, bot_user) or _CALL.match(said):
            return None
        if event.get("parent_user_id") != bot_user and not takes_part(place):
            return None
    return Question(event["user"], _typed(event, bot_user), place)


def question_in_command(body: dict[str, Any]) -> Question:
    """What a slash command asks; answered for the person who typed it alone."""
    user = body["user_id"]
    place = Place(body.get("team_id", ""), body["channel_id"], private_to=user)
    return Question(user, mrkdwn.plain_text(body.get("text", "")), place)


def place_of_press(body: dict[str, Any]) -> Place:
    """Where a button was pressed; the channel is empty on the app's home."""
    user, team = body["user"]["id"], (body.get("team") or {}).get("id", "")
    container = body.get("container", {})
    channel = (body.get("channel") or {}).get("id", "")
    if container.get("is_ephemeral"):
        return Place(team, channel, private_to=user)
    message = body.get("message", {})
    thread = message.get("thread_ts") or container.get("thread_ts", "")
    is_direct = channel.startswith("D")
    return Place(team, channel, thread or ("" if is_direct else message.get("ts", "")))


def _is_of_person(event: dict[str, Any]) -> bool:
    """Whether a person wrote the message, and not a bot, this one or another."""
    return (
        event.get("subtype") in _OF_PEOPLE
        and not event.get("bot_id")
        and not event.get("bot_profile")
        and event.get("user") not in (None, "", _SLACK_ITSELF)
    )


def _typed(event: dict[str, Any], bot_user: str) -> str:
    """What was typed, without the mention of the bot."""
    mention = _MENTION.format(user=re.escape(bot_user))
    return mrkdwn.plain_text(re.sub(rf"{mention}[:,]?", " ", event.get("text") or ""))


def _calls(said: str, user: str) -> bool:
    return re.search(_MENTION.format(user=re.escape(user)), said) is not None
