"""Replies as the API gives them: checked, and the same for whoever asks the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic import ValidationError

from chatbot import Chatbot
from chatbot.channels.answer_service import Exchange
from chatbot.channels.web.replies import AnsweredReplies, shown_reply
from chatbot.reply import Reply

QUESTION = "How long does delivery to the islands take?"


@pytest.fixture
def reply(shop: Chatbot) -> Reply:
    return shop.reply(QUESTION)


@pytest.mark.parametrize("kept", [0, 1])
def test_what_the_api_gives_is_the_reply_with_its_id(reply: Reply, kept: int) -> None:
    replies = AnsweredReplies(kept)
    for _ in range(2):
        given = json.loads(replies.of(Exchange(reply, "e1")))
        assert given["quotes"][0]["link"].startswith("/sources/shop.txt?")
        shown = shown_reply(reply, "e1")
        assert given["interpretation"].keys() == shown["interpretation"].keys()
        assert given["quotes"] == shown["quotes"]
        assert given["id"] == "e1"


def test_who_gets_the_same_reply_gets_his_own_ids(reply: Reply) -> None:
    replies = AnsweredReplies(1)
    other = replace(reply, conversation="c2", notice="It is over.")
    first = json.loads(replies.of(Exchange(reply, "e1")))
    second = json.loads(replies.of(Exchange(other, "e2")))
    own = {"conversation": "c2", "notice": "It is over.", "id": "e2"}
    assert first["conversation"] == reply.conversation
    assert second == first | own


def test_a_reply_that_is_none_is_not_given(reply: Reply) -> None:
    with pytest.raises(ValidationError):
        AnsweredReplies(1).of(Exchange(replace(reply, confidence=1.1), ""))
