"""The requests that each platform documents, in front of a real bot."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from chatbot import Chatbot
from chatbot.channels import tokens
from chatbot.channels.web import create_app
from chatbot.insights.tables import EXCHANGES
from chatbot.settings import Settings
from tests.webhook_requests import (
    RECORDED,
    SENT_AT,
    SENTENCE,
    SETTINGS,
    Recorded,
    Send,
    recorded,
)

PLACE = "shop.txt, “Delivery”, line 2"
ADDRESS = "https://ask.example/sources/shop.txt?quote=9-49"
FORGERIES = 1000
TOKENS = [
    token.encode()
    for setting in (
        SETTINGS.slack_webhook_token,
        SETTINGS.mattermost_token,
        SETTINGS.rocket_chat_token,
    )
    for token in setting.split(", ")
]


@pytest.fixture
def no_work(shop: Chatbot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot is not to be asked anything."""

    def asked(*_: object) -> None:
        pytest.fail("a request that is refused was answered")

    monkeypatch.setattr(shop, "draft", asked)


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("slack_outgoing_webhook", {}),
        ("slack_slash_command", {"response_type": "ephemeral"}),
        ("mattermost_form", {"response_type": "comment"}),
        ("mattermost_json", {"response_type": "comment"}),
        ("mattermost_slash_command", {"response_type": "ephemeral"}),
        ("rocketchat", {}),
        ("teams", {"type": "message", "textFormat": "xml"}),
    ],
)
def test_each_gets_the_documented_reply(
    send: Send, name: str, reply: dict[str, str]
) -> None:
    response = send(recorded(name))
    assert response.status_code == 200
    body = response.get_json()
    text = body.pop("text")
    assert body == reply
    assert SENTENCE in text
    assert PLACE in text
    assert ADDRESS in text.replace("&amp;", "&")


def test_all_that_is_recorded_is_tested() -> None:
    assert len(RECORDED) == 7


@pytest.mark.parametrize("name", RECORDED)
def test_the_same_request_again_gets_401(
    send: Send, name: str, shop: Chatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert send(recorded(name)).status_code == 200
    monkeypatch.setattr(shop, "draft", lambda *_: pytest.fail("answered twice"))
    again = send(recorded(name))
    assert (again.status_code, again.data) == (401, b"")


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.usefixtures("no_work")
def test_one_without_its_secret_gets_401(send: Send, name: str) -> None:
    response = send(without_secret(recorded(name)))
    assert (response.status_code, response.data) == (401, b"")


def without_secret(request: Recorded) -> Recorded:
    headers = {k: v for k, v in request.headers.items() if k != "Authorization"}
    body = request.body.replace(b"token=", b"other=").replace(b'"token"', b'"other"')
    return replace(request, headers=headers, body=body)


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize("seconds", [-301, 301, 86_400 * 365])
def test_a_signed_message_from_another_time_gets_401(
    send: Send, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = SENT_AT - 0.563
    monkeypatch.setattr(tokens.time, "time", lambda: sent + seconds)
    assert send(recorded("teams")).status_code == 401


@pytest.mark.usefixtures("no_work")
def test_a_signature_of_another_body_gets_401(send: Send) -> None:
    request = recorded("teams")
    for body in (request.body + b" ", request.body.replace(b"nine", b"ten")[:-1], b""):
        assert send(replace(request, body=body)).status_code == 401


@pytest.mark.usefixtures("no_work")
def test_of_a_thousand_forged_requests_none_is_accepted(send: Send) -> None:
    chance = random.Random(7)
    statuses = {
        send(forged(recorded(RECORDED[number % len(RECORDED)]), chance)).status_code
        for number in range(FORGERIES)
    }
    assert statuses == {401}


def forged(request: Recorded, chance: random.Random) -> Recorded:
    """The request with a secret that is nearly right, garbage, or of another kind."""
    wrong = chance.choice([mutated, shortened, garbage])
    body = request.body
    for secret in TOKENS:
        body = body.replace(secret, wrong(secret, chance))
    headers = dict(request.headers)
    if "Authorization" in headers:
        scheme, _, token = headers["Authorization"].partition(" ")
        scheme = chance.choice([scheme, scheme.lower(), "Bearer", "HMAC", "Token", ""])
        forged_token = wrong(token.encode(), chance).decode("latin-1")
        headers["Authorization"] = f"{scheme} {forged_token}"
    return replace(request, headers=headers, body=body)


def mutated(secret: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(secret))
    letter = chance.choice([c for c in b"abcXYZ019" if c != secret[place]])
    return secret[:place] + bytes([letter]) + secret[place + 1 :]


def shortened(secret: bytes, chance: random.Random) -> bytes:
    return secret[: chance.randrange(len(secret))]


def garbage(secret: bytes, chance: random.Random) -> bytes:
    letters = "öß漢 %00+-=/{}[]".encode()
    return bytes(chance.choices(letters, k=len(secret)))


@pytest.mark.parametrize("name", RECORDED)
def test_each_is_off_until_its_secret_is_set(shop: Chatbot, name: str) -> None:
    request = recorded(name)
    client = create_app(shop, Settings()).test_client()
    response = client.post(request.path, data=request.body, headers=request.headers)
    assert response.status_code == 404


def test_what_is_asked_is_kept_under_the_platform(engine: Engine, send: Send) -> None:
    for name in RECORDED:
        send(recorded(name))
    with engine.connect() as connection:
        kept = connection.execute(select(EXCHANGES.c.channel)).scalars().all()
    assert sorted(kept) == [*["mattermost"] * 3, "rocketchat", *["slack"] * 2, "teams"]
