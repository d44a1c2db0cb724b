"""Sites that may ask: those in the settings and the server's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.channels.web.origins import allowed_origins
from chatbot.errors import SettingsError
from chatbot.settings import Settings

SHOP = "https://shop.example"
OTHER = "https://other.example"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus: Path = tmp_path_factory.mktemp("shop")
    (corpus / "shop.txt").write_text("Delivery takes nine days.\n")
    return Chatbot.open(corpus)


def client_of(bot: Chatbot, origins: str = "", public_url: str = "") -> FlaskClient:
    settings = Settings(allowed_origins=origins, public_url=public_url)
    return create_app(bot, settings).test_client()


def asked(client: FlaskClient, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/api/chat", json={"message": "Delivery?"}, headers=named)


def preflight(client: FlaskClient, origin: str) -> TestResponse:
    return client.options(
        "/api/chat",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )


def test_a_listed_site_may_ask(bot: Chatbot) -> None:
    client = client_of(bot, f"{OTHER}, {SHOP}")
    permission = preflight(client, SHOP)
    assert permission.status_code == 200
    assert permission.headers["Access-Control-Allow-Origin"] == SHOP
    assert permission.headers["Access-Control-Allow-Headers"] == "content-type"
    response = asked(client, Origin=SHOP)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == SHOP
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(
    "origin", [OTHER, "http://shop.example", f"{SHOP}:8443", f"{SHOP}.evil", "null", ""]
)
def test_another_site_may_not(bot: Chatbot, origin: str) -> None:
    client = client_of(bot, SHOP)
    response = asked(client, Origin=origin)
    assert response.status_code == 403
    assert "CHATBOT_ALLOWED_ORIGINS" in response.get_json()["error"]["message"]
    assert "Access-Control-Allow-Origin" not in response.headers
    assert preflight(client, origin).status_code == 403


def test_no_site_is_allowed_unless_the_settings_say_so(bot: Chatbot) -> None:
    assert asked(client_of(bot), Origin=SHOP).status_code == 403


def test_every_site_may_ask_where_the_settings_hold_a_star(bot: Chatbot) -> None:
    response = asked(client_of(bot, "*"), Origin=SHOP)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_the_servers_own_pages_may_ask(bot: Chatbot) -> None:
    assert asked(client_of(bot), Origin="http://localhost").status_code == 200
    public = client_of(bot, public_url="https://ask.example/chat")
    assert asked(public, Origin="https://ask.example").status_code == 200
    behind_a_proxy = {"Origin": "https://ask.example", "Sec_Fetch_Site": "same-origin"}
    assert asked(client_of(bot), **behind_a_proxy).status_code == 200


def test_programs_that_are_no_pages_may_ask(bot: Chatbot) -> None:
    assert asked(client_of(bot)).status_code == 200


def test_listed_sites_may_frame_the_pages(bot: Chatbot) -> None:
    policy = client_of(bot, SHOP).get("/").headers["Content-Security-Policy"]
    assert policy.endswith(f"frame-ancestors 'self' {SHOP}")
    for origins in ("", "*"):
        policy = client_of(bot, origins).get("/").headers["Content-Security-Policy"]
        assert policy.endswith("frame-ancestors 'self'")


def test_sites_are_told_apart_by_commas_and_white_space() -> None:
    settings = Settings(allowed_origins=f" {SHOP}/,{OTHER}\nhttp://LOCALHOST:3000 ")
    assert allowed_origins(settings) == (SHOP, OTHER, "http://localhost:3000")


@pytest.mark.parametrize(
    "origin",
    ["shop.example", f"{SHOP}/help", "https://*.example", "ftp://shop.example", "null"],
)
def test_what_is_no_site_is_told(bot: Chatbot, origin: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_ALLOWED_ORIGINS"):
        create_app(bot, Settings(allowed_origins=origin))
