"""What each platform has of its own, beside what it documents."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.channels.webhooks import enabled_platforms, webhook_path
from chatbot.channels.webhooks.teams import signature
from chatbot.errors import SettingsError
from chatbot.settings import Settings
from tests.webhook_requests import QUESTION, SENTENCE, SETTINGS, SHOP

MATTERMOST = "zmigewsanbbsdf59xnmduzypjc"
ROCKET_CHAT = SETTINGS.rocket_chat_token
TEAMS = SETTINGS.teams_token


def said(response: TestResponse) -> str:
    assert response.status_code == 200
    return str(response.get_json()["text"])


def post_teams(
    client: FlaskClient, text: object, secret: str = TEAMS, **fields: object
) -> TestResponse:
    """A message of Teams, signed with a secret."""
    body = json.dumps({"type": "message", "text": text, **fields}).encode()
    headers = {
        "Authorization": f"HMAC {signature(body, secret)}",
        "Content-Type": "application/json",
    }
    return client.post("/webhooks/teams", data=body, headers=headers)


def post_rocket_chat(client: FlaskClient, **fields: object) -> TestResponse:
    body = {"token": ROCKET_CHAT, "text": QUESTION, **fields}
    return client.post("/webhooks/rocketchat", json=body)


@pytest.mark.parametrize("token", [MATTERMOST, "okwexkjpe3ygb8eq1ww58t483w"])
def test_mattermost_has_a_token_for_each_webhook_and_command(
    client: FlaskClient, token: str
) -> None:
    form = {"token": token, "text": QUESTION}
    assert SENTENCE in said(client.post("/webhooks/mattermost", data=form))


def test_the_header_of_mattermost_is_enough_and_goes_before_the_field(
    client: FlaskClient,
) -> None:
    right = {"Authorization": f"Token {MATTERMOST}"}
    form = {"text": QUESTION}
    response = client.post("/webhooks/mattermost", data=form, headers=right)
    assert SENTENCE in said(response)
    wrong = {"Authorization": "Token wrong"}
    form["token"] = MATTERMOST
    response = client.post("/webhooks/mattermost", data=form, headers=wrong)
    assert response.status_code == 401


@pytest.mark.parametrize("bot", [True, {"i": "abc"}, "true"])
def test_rocket_chat_tells_when_a_bot_wrote(client: FlaskClient, bot: object) -> None:
    response = post_rocket_chat(client, bot=bot)
    assert (response.status_code, response.data) == (200, b"")


@pytest.mark.parametrize("bot", [False, None, "false"])
def test_rocket_chat_tells_when_a_person_wrote(
    client: FlaskClient, bot: object
) -> None:
    assert SENTENCE in said(post_rocket_chat(client, bot=bot))


def test_rocket_chat_is_answered_in_the_thread_of_the_message(
    client: FlaskClient,
) -> None:
    asked = post_rocket_chat(client, message={"tmid": "thread"}, user_id="ann")
    assert asked.get_json()["tmid"] == "thread"
    followed = post_rocket_chat(
        client,
        text="and on which days does it leave?",
        message={"tmid": "thread"},
        user_id="bob",
    )
    assert "ferry leaves on Mondays" in said(followed)


@pytest.mark.parametrize(
    "text",
    [
        f"<at>askbot</at> {QUESTION}",
        f"<at id='0'>ask bot</at>&nbsp;{QUESTION}\n",
        f"<p><at>askbot</at>{QUESTION}</p>",
        f"<div><at>a</at> <b>{QUESTION}</b><br></div>",
    ],
)
def test_the_mention_of_teams_is_no_part_of_the_question(
    client: FlaskClient, text: str
) -> None:
    assert SENTENCE in said(post_teams(client, text))


def test_a_mention_alone_gets_help(client: FlaskClient) -> None:
    assert said(post_teams(client, "<at>askbot</at>")).startswith("Type a question")
    assert said(post_rocket_chat(client, text="bot", trigger_word="bot")).startswith(
        "Type a question after bot;"
    )


def test_teams_signs_with_the_token_decoded_from_base64(client: FlaskClient) -> None:
    other = "dGhpcyBpcyBub3QgdGhlIHNlY3JldA=="
    assert post_teams(client, QUESTION).status_code == 200
    assert post_teams(client, QUESTION, secret=other).status_code == 401


def test_what_is_not_a_token_of_teams_is_told_at_the_start(shop: Chatbot) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_TEAMS_TOKEN is not base64"):
        create_app(shop, Settings(teams_token="not base64!"))


@pytest.mark.parametrize("timestamp", ["", "yesterday", [], 10**30, "9999-99-99"])
def test_a_time_of_teams_that_is_none_gets_401(
    client: FlaskClient, timestamp: object
) -> None:
    assert post_teams(client, QUESTION, timestamp=timestamp).status_code == 401


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "1", '{"token": 1}', "[" * 50_000, '{"token": null}']
)
@pytest.mark.parametrize("platform", ["mattermost", "rocketchat", "teams"])
def test_json_that_is_none_gets_401(
    client: FlaskClient, platform: str, body: str
) -> None:
    response = client.post(
        f"/webhooks/{platform}", data=body, content_type="application/json"
    )
    assert response.status_code == 401


@pytest.mark.parametrize("text", [None, 5, ["x"], {"a": "b"}, "\ud800", "\x00", ""])
def test_texts_of_any_kind_get_a_reply(client: FlaskClient, text: object) -> None:
    body = {"token": MATTERMOST, "text": text, "channel_id": text, "user_id": text}
    assert said(client.post("/webhooks/mattermost", json=body))
    assert said(post_rocket_chat(client, text=text, channel_id=text, message=text))
    sender = {"id": text, "role": text}
    assert said(post_teams(client, text, conversation=text, **{"from": sender}))


def test_a_question_that_is_too_long_is_told_so(client: FlaskClient) -> None:
    assert "too long; ask in at most 100" in said(
        post_rocket_chat(client, text="x" * 101)
    )


def test_nothing_in_a_document_calls_anyone(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    corpus = tmp_path_factory.mktemp("calls")
    (corpus / "calls.txt").write_text(
        SHOP + "\nAlarm\nIn case of fire write @all @here @channel <!channel> "
        "[here](http://evil.example) <at>everyone</at> in the alarm channel.\n"
    )
    client = create_app(Chatbot.open(corpus), SETTINGS).test_client()
    question = "What is written in the alarm channel in case of fire?"
    for text in (
        said(post_rocket_chat(client, text=question)),
        said(
            client.post(
                "/webhooks/mattermost", data={"token": MATTERMOST, "text": question}
            )
        ),
    ):
        assert "@\u2060all @\u2060here @\u2060channel" in text
        assert "<!channel>" not in text
        assert "](http://evil" not in text.replace("\\]", "")
    teams = said(post_teams(client, question))
    assert "&lt;at&gt;everyone&lt;/at&gt;" in teams
    assert "<at>" not in teams


def test_a_conversation_goes_on_in_its_thread(client: FlaskClient) -> None:
    place = {"id": "19:channel;messageid=1"}
    sender = {"id": "29:ann"}
    post_teams(client, QUESTION, conversation=place, **{"from": sender})
    followed = post_teams(
        client,
        "and on which days does it leave?",
        conversation=place,
        **{"from": sender},
    )
    assert "ferry leaves on Mondays" in said(followed)


def test_the_list_of_those_that_are_on_follows_the_settings() -> None:
    assert [webhook_path(p) for p in enabled_platforms(SETTINGS)] == [
        "/webhooks/slack",
        "/webhooks/mattermost",
        "/webhooks/rocketchat",
        "/webhooks/teams",
    ]
    assert enabled_platforms(Settings(slack_webhook_token=" , ")) == []


def test_a_channel_that_asks_too_fast_is_told_in_the_chat(shop: Chatbot) -> None:
    settings = replace(SETTINGS, conversation_limit="1/hour")
    client = create_app(shop, settings).test_client()
    form = {"token": MATTERMOST, "channel_id": "c", "user_id": "u", "text": QUESTION}
    first, second = (client.post("/webhooks/mattermost", data=form) for _ in range(2))
    assert SENTENCE in said(first)
    assert "Ask again in" in said(second)
