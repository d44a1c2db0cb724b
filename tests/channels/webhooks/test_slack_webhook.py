"""The Slack webhook, as Slack posts to it, in front of a real bot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot import Chatbot
from chatbot.bot import Draft
from chatbot.channels.web import create_app
from chatbot.settings import Settings

TOKEN = "gIkuvaNzQIHg97ATvDxqgjtö"
QUESTION = "How many days does delivery to the islands take?"
SENTENCE = "Delivery to the islands takes nine days."
CORPUS = f"""Delivery
{SENTENCE} The ferry leaves on Mondays & Fridays.

Returns
A parcel can be sent back within a month. Write <!channel> on the parcel label.
"""

Post = Callable[..., TestResponse]


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus: Path = tmp_path_factory.mktemp("corpus")
    (corpus / "shop.txt").write_text(CORPUS, encoding="utf-8")
    return Chatbot.open(corpus, settings=Settings())


@pytest.fixture(scope="module")
def client(bot: Chatbot) -> FlaskClient:
    settings = Settings(slack_webhook_token=TOKEN, max_message_characters=100)
    return create_app(bot, settings).test_client()


@pytest.fixture
def post(client: FlaskClient) -> Post:
    """Post to the webhook what Slack sends, with these fields in place of its own."""

    def post(**fields: str) -> TestResponse:
        form = {
            "token": TOKEN,
            "channel_id": "C1",
            "user_id": "U1",
            "user_name": "ann",
            "text": QUESTION,
        }
        return client.post("/webhooks/slack", data=form | fields)

    return post


def said(response: TestResponse) -> str:
    assert response.status_code == 200
    return str(response.get_json()["text"])


def test_a_question_is_answered_with_the_quote_and_its_place(post: Post) -> None:
    response = post(text=f"askbot {QUESTION}", trigger_word="askbot")
    words, place = said(response).rsplit("\n", 1)
    assert SENTENCE in words
    assert all(line.startswith("> ") for line in words.splitlines())
    assert place == "_shop.txt, “Delivery”, line 2_"
    assert response.get_json().keys() == {"text"}


@pytest.mark.parametrize(
    "call", ["askbot", "AskBot:", "ASKBOT,", " askbot :", "askbot\n"]
)
def test_the_trigger_word_is_no_part_of_the_question(post: Post, call: str) -> None:
    assert said(post(text=f"{call} ", trigger_word="askbot")).startswith("Type a")
    assert SENTENCE in said(post(text=f"{call} {QUESTION}", trigger_word="askbot"))


def test_a_word_that_only_begins_like_the_trigger_word_is_kept(post: Post) -> None:
    assert not said(post(text="hows", trigger_word="how")).startswith("Type a")


def test_a_slash_command_is_answered_to_the_one_who_asks(post: Post) -> None:
    response = post(command="/ask")
    assert SENTENCE in said(response)
    assert response.get_json()["response_type"] == "ephemeral"


def test_a_question_that_is_not_covered_is_told_so(post: Post, bot: Chatbot) -> None:
    question = "Who painted the ceiling of the chapel?"
    reply = bot.reply(question)
    assert reply.kind == "not_found"
    text = said(post(text=question))
    assert text.startswith(reply.text)
    assert all(f"• {suggestion}" in text for suggestion in reply.suggestions)


def test_nothing_in_a_document_can_ping_a_channel(post: Post) -> None:
    text = said(post(text="Write what on the parcel label?"))
    assert "&lt;!channel&gt;" in text
    assert "<" not in text


@pytest.mark.parametrize("text", ["", "  ", "/ask"])
def test_an_empty_question_gets_help(post: Post, text: str) -> None:
    assert "after /ask" in said(post(text=text, command="/ask", trigger_word="/ask"))


def test_a_question_that_is_too_long_is_told_so(post: Post) -> None:
    assert "too long; ask in at most 100 characters" in said(post(text="x" * 101))


@pytest.mark.parametrize(
    "fields", [{"user_id": "USLACKBOT"}, {"user_name": "slackbot", "user_id": ""}]
)
def test_the_bot_does_not_answer_itself(post: Post, fields: dict[str, str]) -> None:
    response = post(**fields)
    assert (response.status_code, response.data) == (200, b"")


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ö", "\x00"])
def test_a_wrong_token_gets_nothing(post: Post, token: str) -> None:
    response = post(token=token)
    assert (response.status_code, response.data) == (401, b"")


def test_a_missing_token_gets_nothing(client: FlaskClient) -> None:
    for response in (
        client.post("/webhooks/slack"),
        client.post("/webhooks/slack", json={"token": TOKEN, "text": QUESTION}),
        client.post(f"/webhooks/slack?token={TOKEN}", data={"text": QUESTION}),
    ):
        assert (response.status_code, response.data) == (401, b"")


def test_each_person_in_each_channel_has_a_conversation(
    post: Post, bot: Chatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversations: list[str | None] = []
    draft = bot.draft

    def recording(message: str, conversation: str | None = None) -> Draft:
        conversations.append(conversation)
        return draft(message, conversation)

    monkeypatch.setattr(bot, "draft", recording)
    post()
    post(user_id="U2")
    post(channel_id="C2")
    post(user_id="")
    assert conversations == [
        "slack:C1:U1",
        "slack:C1:U2",
        "slack:C2:U1",
        "slack:C1:ann",
    ]


def test_without_a_token_the_webhook_is_off(bot: Chatbot) -> None:
    client = create_app(bot, Settings()).test_client()
    for form in ({"token": ""}, {}):
        response = client.post("/webhooks/slack", data=form)
        assert response.status_code == 404
        assert response.get_json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "data", "status"),
    [("GET", {}, 405), ("POST", {"token": TOKEN, "text": "x" * 70_000}, 413)],
)
def test_what_slack_never_sends_is_refused_in_json(
    client: FlaskClient, method: str, data: dict[str, str], status: int
) -> None:
    response = client.open("/webhooks/slack", method=method, data=data)
    assert response.status_code == status
    assert response.get_json()["error"]["message"]


def test_a_choice_is_made_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Quay\n\nA ferry rests.\n\n# Bay\n\nA ferry drifts.\n"
    )
    settings = Settings(slack_webhook_token=TOKEN)
    client = create_app(Chatbot.open(tmp_path), settings).test_client()
    form = {"token": TOKEN, "channel_id": "C1", "user_id": "U1", "trigger_word": "bot"}
    asked = client.post("/webhooks/slack", data=form | {"text": "bot: ferry?"})
    assert said(asked).endswith("\n1. Quay\n2. Bay")
    chosen = client.post("/webhooks/slack", data=form | {"text": "bot: 2"})
    assert said(chosen).startswith("> A ferry drifts.")
