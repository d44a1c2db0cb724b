"""Who may see what people ask, and what they see."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.channels.web.insights_page.session import COOKIE
from chatbot.database_writes import GroupedWrites
from chatbot.errors import SettingsError
from chatbot.insights.journal import Journal
from chatbot.insights.tables import TABLES
from chatbot.settings import Settings

TOKEN = "a token that nobody guesses"
SETTINGS = Settings(admin_token=TOKEN)
QUESTION = "How many days does delivery to the islands take?"
UNANSWERED = "Is there a <script>alert(1)</script> dress code?"


@pytest.fixture
def app(shop: Chatbot, journal: Journal) -> Flask:
    return create_app(shop, SETTINGS, journal)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def owner(client: FlaskClient) -> FlaskClient:
    """A client that has signed in and whose bot has been asked."""
    for question in (QUESTION, UNANSWERED, "=1+1 zeppelins?"):
        reply = client.post("/api/chat", json={"message": question}).get_json()
        if reply["kind"] == "answer":
            body = {"id": reply["id"], "rating": "down", "comment": "<b>Ten!</b>"}
            client.post("/api/feedback", json=body)
    assert sign_in(client).status_code == 303
    return client


def sign_in(client: FlaskClient, token: str = TOKEN):
    return client.post("/insights", data={"token": token})


def sign_out(client: FlaskClient, form_value: str):
    return client.post("/insights/sign-out", data={"form_value": form_value})


def form_value(page: str) -> str:
    (value,) = re.findall(r'name="form_value" value="(.*?)"', page)
    return value


def test_it_is_off_without_a_token(shop: Chatbot, journal: Journal) -> None:
    client = create_app(shop, Settings(), journal).test_client()
    for path in ("/insights", "/insights/unanswered.csv", "/insights/disliked.csv"):
        assert client.get(path).status_code == 404
    assert sign_in(client, "").status_code == 404


def test_a_token_that_can_be_guessed_is_refused(
    shop: Chatbot, journal: Journal
) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_ADMIN_TOKEN"):
        create_app(shop, Settings(admin_token="secret"), journal)


def test_who_has_not_signed_in_sees_the_form_alone(client: FlaskClient) -> None:
    page = client.get("/insights")
    assert page.status_code == 200
    assert 'type="password"' in page.text
    assert "Questions a day" not in page.text
    for name in ("unanswered", "disliked"):
        assert client.get(f"/insights/{name}.csv").status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + " ", TOKEN.upper(), "\0", "é"])
def test_a_wrong_token_is_told(client: FlaskClient, token: str) -> None:
    response = sign_in(client, token)
    assert response.status_code == 403
    assert "This is not the admin token" in response.text
    assert "Set-Cookie" not in response.headers


def test_the_token_is_never_taken_from_the_address(client: FlaskClient) -> None:
    page = client.get("/insights", query_string={"token": TOKEN})
    assert 'type="password"' in page.text


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: FlaskClient) -> None:
    response = sign_in(client)
    assert response.headers["Location"] == "/insights"
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/insights"} <= set(cookie.split("; "))
    assert "Secure" not in cookie.split("; ")
    assert TOKEN not in cookie


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        (Settings(admin_token=TOKEN, public_url="https://ask.example.org"), "http://"),
        (SETTINGS, "https://"),
    ],
)
def test_behind_tls_the_cookie_stays_there(
    shop: Chatbot, journal: Journal, settings: Settings, address: str
) -> None:
    client = create_app(shop, settings, journal).test_client()
    response = client.post(
        "/insights", data={"token": TOKEN}, base_url=f"{address}localhost"
    )
    assert "Secure" in response.headers["Set-Cookie"].split("; ")


def test_a_cookie_that_was_changed_or_made_up_is_none(
    client: FlaskClient, shop: Chatbot, journal: Journal
) -> None:
    sign_in(client)
    cookie = client.get_cookie(COOKIE, path="/insights")
    assert cookie
    renewed = Settings(admin_token="another token of theirs")
    for app_settings, value in (
        (SETTINGS, cookie.value[:-2]),
        (SETTINGS, f"x{cookie.value}"),
        (SETTINGS, "x"),
        (renewed, cookie.value),
    ):
        other = create_app(shop, app_settings, journal).test_client()
        other.set_cookie(COOKIE, value, path="/insights")
        assert 'type="password"' in other.get("/insights").text


def test_one_signs_out_from_the_page_alone(owner: FlaskClient) -> None:
    value = form_value(owner.get("/insights").text)
    for wrong in ("", "x", value[:-1]):
        assert sign_out(owner, wrong).status_code == 403
    assert "Questions a day" in owner.get("/insights").text
    assert sign_out(owner, value).status_code == 303
    assert 'type="password"' in owner.get("/insights").text


def test_the_page_shows_figures_and_what_to_write_about(owner: FlaskClient) -> None:
    page = owner.get("/insights").text
    figures = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page)
    assert figures == [
        ("Questions", "3"),
        ("Answered", "33%"),
        ("Not found", "2"),
        ("Helped / did not", "0 / 1"),
    ]
    assert "dress code?" in page
    assert QUESTION in page
    assert "Delivery to the islands takes nine days." in page
    assert page.count("<rect") == 2


def test_what_did_not_help_links_to_its_words(owner: FlaskClient) -> None:
    page = owner.get("/insights").text
    (link,) = re.findall(r'href="(/sources/.*?)"', page)
    source = owner.get(link.replace("&amp;", "&")).text
    assert "<mark>Delivery to the islands takes nine days." in source


def test_what_people_type_is_shown_as_text(owner: FlaskClient) -> None:
    page = owner.get("/insights").text
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;b&gt;Ten!" in page


def test_spreadsheets_hold_the_lists(owner: FlaskClient) -> None:
    response = owner.get("/insights/unanswered.csv")
    assert response.mimetype == "text/csv"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.data.startswith(b"\xef\xbb\xbf")
    texts = [row[1] for row in csv.reader(io.StringIO(response.text.lstrip("\ufeff")))]
    assert texts == ["question", "'=1+1 zeppelins?", UNANSWERED]
    response = owner.get("/insights/disliked.csv")
    assert QUESTION in response.text
    assert owner.get("/insights/everything.csv").status_code == 404


@pytest.mark.parametrize(
    ("asked", "shown"), [("7", 7), ("90", 90), ("8", 30), ("x", 30)]
)
def test_the_period_can_be_chosen(owner: FlaskClient, asked: str, shown: int) -> None:
    page = owner.get("/insights", query_string={"days": asked}).text
    assert f'aria-current="page">{shown} days' in page
    assert len(re.findall(r'<th scope="row">', page)) == shown


def test_no_cache_keeps_it_and_no_site_frames_it(
    shop: Chatbot, journal: Journal
) -> None:
    settings = Settings(admin_token=TOKEN, allowed_origins="https://example.org")
    client = create_app(shop, settings, journal).test_client()
    sign_in(client)
    for path in ("/insights", "/insights/unanswered.csv"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert policy.endswith("frame-ancestors 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_without_texts_the_figures_remain(shop: Chatbot, journal: Journal) -> None:
    silent = Journal(GroupedWrites(journal.engine), 0)
    settings = Settings(admin_token=TOKEN, keep_question_days=0)
    client = create_app(shop, settings, silent).test_client()
    client.post("/api/chat", json={"message": UNANSWERED})
    sign_in(client)
    page = client.get("/insights").text
    assert ("Questions</dt><dd>1" in page, "dress code" in page) == (True, False)
    assert "CHATBOT_KEEP_QUESTIONS is 0" in page


def test_a_database_that_fails_is_told(owner: FlaskClient, journal: Journal) -> None:
    TABLES.drop_all(journal.engine)
    response = owner.get("/insights")
    assert response.status_code == 503
    assert "database does not answer" in response.text
