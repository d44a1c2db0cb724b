"""The chat page and the JSON API, in front of a real bot."""

from __future__ import annotations

import json
import logging
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from chatbot import Chatbot
from chatbot.bot import Draft
from chatbot.channels import web
from chatbot.channels.web import create_app
from chatbot.settings import Settings

QUESTION = "How many days does delivery to the islands take?"
SENTENCE = "Delivery to the islands takes nine days."
CORPUS = f"""Delivery
{SENTENCE} The ferry leaves on Mondays & Fridays.

Returns
A parcel can be sent back within a month.
"""
ISSUED = re.compile(r"[A-Za-z0-9_-]{22}")
STATIC = Path(web.__file__).parent / "static"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus: Path = tmp_path_factory.mktemp("shop") / "corpus"
    (corpus / "terms").mkdir(parents=True)
    (corpus / "shop.txt").write_text(CORPUS, encoding="utf-8")
    (corpus / "terms" / "über uns.md").write_text(
        "# About\n\nWe are a shop.\n", "utf-8"
    )
    (corpus / ".hidden.txt").write_text("A hidden file.\n")
    (corpus.parent / "secret.txt").write_text("A file outside the corpus.\n")
    return Chatbot.open(corpus, settings=Settings())


@pytest.fixture(scope="module")
def client(bot: Chatbot) -> FlaskClient:
    return create_app(bot, Settings(max_message_characters=100)).test_client()


class FailingBot(Chatbot):
    """A bot in which something that nobody foresaw goes wrong."""

    def __init__(self) -> None:
        pass

    def draft(self, message: str, conversation: str | None = None) -> Draft:
        raise RuntimeError("a detail that is nobody's business")


def refusal(response: TestResponse) -> tuple[int, str]:
    error = response.get_json()["error"]
    assert error["message"]
    return response.status_code, error["code"]


def test_a_question_is_answered_with_a_quote(client: FlaskClient) -> None:
    response = client.post("/api/chat", json={"message": QUESTION})
    reply = response.get_json()
    quote = reply["quotes"][0]
    assert (response.status_code, reply["kind"]) == (200, "answer")
    assert SENTENCE in reply["text"]
    assert (quote["source"], quote["heading"], quote["line"]) == (
        "shop.txt",
        "Delivery",
        2,
    )
    document = client.get(f"/api/sources/{quote['source']}").get_json()
    assert document["text"][quote["start"] : quote["end"]] == quote["text"]
    span = f"quote={quote['start']}-{quote['end']}"
    assert quote["link"].startswith(f"/sources/shop.txt?{span}&")
    assert quote["link"].endswith("#L2")


def test_a_conversation_goes_on_under_its_id(client: FlaskClient) -> None:
    first = client.post("/api/chat", json={"message": QUESTION}).get_json()
    assert ISSUED.fullmatch(first["conversation"])
    body = {"message": "source?", "conversation": first["conversation"]}
    assert (
        client.post("/api/chat", json=body).get_json()["conversation"]
        == (first["conversation"])
    )


@pytest.mark.parametrize(
    "conversation", ["slack:C1:U1", "", "x" * 21, "x" * 23, "é" * 22, "x" * 22 + "\n"]
)
def test_an_id_that_the_bot_did_not_issue_starts_a_new_conversation(
    client: FlaskClient, conversation: str
) -> None:
    body = {"message": QUESTION, "conversation": conversation}
    reply = client.post("/api/chat", json=body).get_json()
    assert reply["conversation"] != conversation
    assert ISSUED.fullmatch(reply["conversation"])
    assert bool(reply["notice"]) == bool(conversation)


def test_a_conversation_of_null_is_a_new_one(client: FlaskClient) -> None:
    response = client.post(
        "/api/chat", json={"message": QUESTION, "conversation": None}
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "invalid_json"),
        ("{", "invalid_json"),
        ("\xff", "invalid_json"),
        ("[" * 60_000, "invalid_json"),
        ('["message"]', "invalid_json"),
        ("null", "invalid_json"),
        ("{}", "missing_message"),
        ('{"message": null}', "missing_message"),
        ('{"message": 7}', "invalid_message"),
        (f'{{"message": {"7" * 5000}}}', "invalid_json"),
        ('{"message": ["why?"]}', "invalid_message"),
        ('{"message": "\\ud800"}', "invalid_message"),
        ('{"message": ""}', "empty_message"),
        ('{"message": " \\n\\t\\u00a0"}', "empty_message"),
        (f'{{"message": "{"x" * 101}"}}', "message_too_long"),
        ('{"message": "why?", "conversation": 7}', "invalid_conversation"),
    ],
)
def test_a_body_that_is_no_message_is_refused(
    client: FlaskClient, body: str, code: str
) -> None:
    response = client.post(
        "/api/chat", data=body.encode("latin-1"), content_type="application/json"
    )
    assert refusal(response) == (400, code)


def test_the_length_counts_characters(client: FlaskClient) -> None:
    assert client.post("/api/chat", json={"message": "🙂" * 100}).status_code == 200
    response = client.post("/api/chat", json={"message": "🙂" * 101})
    assert refusal(response) == (400, "message_too_long")


@pytest.mark.parametrize(
    ("method", "path", "options", "expected"),
    [
        ("POST", "/api/chat", {"data": "why?"}, (415, "unsupported_media_type")),
        ("POST", "/api/chat", {"data": {"message": "why?"}}, (415, None)),
        ("POST", "/api/chat", {"json": {"message": "x" * 70_000}}, (413, None)),
        ("GET", "/api/chat", {}, (405, "method_not_allowed")),
        ("DELETE", "/api/sources", {}, (405, "method_not_allowed")),
        ("GET", "/api/", {}, (404, "not_found")),
        ("GET", "/api/nothing", {}, (404, "not_found")),
        ("POST", "/webhooks/nothing", {}, (404, "not_found")),
    ],
)
def test_requests_that_the_api_does_not_take_are_refused_in_json(
    client: FlaskClient,
    method: str,
    path: str,
    options: dict[str, Any],
    expected: tuple[int, str | None],
) -> None:
    response = client.open(path, method=method, **options)
    status, code = refusal(response)
    assert (status, code if expected[1] else None) == expected
    assert (status == 405) == ("Allow" in response.headers)


def test_elsewhere_a_refusal_is_plain_text(client: FlaskClient) -> None:
    response = client.get("/nothing")
    assert (response.status_code, response.mimetype) == (404, "text/plain")


def test_an_unexpected_error_is_logged_and_not_shown(
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = create_app(FailingBot(), Settings()).test_client()
    with caplog.at_level(logging.ERROR):
        response = client.post("/api/chat", json={"message": QUESTION})
    assert refusal(response) == (500, "internal_server_error")
    assert "business" not in response.text
    assert "business" in caplog.text


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
)


@settings(deadline=None)
@given(message=JSON, conversation=JSON)
def test_every_body_is_answered_or_refused(
    client: FlaskClient, message: object, conversation: object
) -> None:
    body = {"message": message, "conversation": conversation}
    response = client.post("/api/chat", json=body)
    if response.status_code != 200:
        assert refusal(response)[0] == 400


def test_the_sources_are_listed(client: FlaskClient) -> None:
    sources = client.get("/api/sources").get_json()
    assert [entry["source"] for entry in sources] == ["shop.txt", "terms/über uns.md"]
    assert all(entry["title"] for entry in sources)


def test_a_source_is_shown_with_its_headings(client: FlaskClient) -> None:
    document = client.get("/api/sources/terms/%C3%BCber%20uns.md").get_json()
    assert document["source"] == "terms/über uns.md"
    (heading,) = document["headings"]
    assert document["text"][heading["start"] : heading["end"]] == heading["text"]
    assert (heading["text"], heading["level"], heading["line"]) == ("About", 1, 1)


@pytest.mark.parametrize(
    "path",
    [
        "nothing.txt",
        "terms",
        ".hidden.txt",
        "../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "terms/../shop.txt",
        "%2fetc/passwd",
        "shop.txt%00",
        "%ff",
    ],
)
def test_only_documents_of_the_corpus_are_sources(
    client: FlaskClient, path: str
) -> None:
    response = client.get(f"/api/sources/{path}", follow_redirects=True)
    assert refusal(response) == (404, "not_found")


def test_the_server_says_that_it_is_well(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}


@pytest.mark.parametrize(
    "path", ["/", "/?q=islands", "/static/chat.js", "/healthz", "/nothing", "/api/chat"]
)
def test_every_response_carries_the_security_headers(
    client: FlaskClient, path: str
) -> None:
    with client.get(path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


class Elements(HTMLParser):
    """The elements of a page, as (name, attributes)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("path", ["/", f"/?q={QUESTION}", "/?q=chapel+ceiling"])
def test_the_page_needs_nothing_that_its_policy_forbids(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path).text
    for kind, script in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
        assert not script or 'type="application/json"' in kind
    for name, attributes in Elements(page).found:
        assert name != "style"
        for attribute, value in attributes.items():
            assert attribute != "style"
            assert not attribute.startswith("on")
            if attribute in ("src", "href", "action"):
                assert value
                assert re.match("/(?!/)", value)


def test_what_the_page_loads_is_there(client: FlaskClient) -> None:
    for _, attributes in Elements(client.get("/").text).found:
        if path := attributes.get("src") or attributes.get("href"):
            with client.get(path) as response:
                assert response.status_code == 200


def test_the_page_names_its_parts_for_a_screen_reader(client: FlaskClient) -> None:
    elements = Elements(client.get("/").text).found
    attributes = [attributes for _, attributes in elements]
    assert ("label", {"for": "question"}) in elements
    assert any(a.get("id") == "question" for a in attributes)
    assert any(a.get("aria-labelledby") == "contents" for a in attributes)


def test_the_page_answers_without_javascript(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": QUESTION}).text
    assert f">{QUESTION}</h2>" in page
    assert f"<mark>{SENTENCE}" in page
    assert "Mondays &amp; Fridays" in page
    assert re.search(r'<a href="/sources/shop\.txt\?quote=[^"]*#L2">', page)
    assert "<bdi>shop.txt</bdi> · <bdi>Delivery</bdi> · line 2</a>" in page


def test_the_page_keeps_the_conversation_without_javascript(
    client: FlaskClient,
) -> None:
    field = re.compile(r'<input type="hidden" name="conversation" value="([\w-]{22})">')
    page = client.get("/", query_string={"q": QUESTION}).text
    (conversation,) = set(field.findall(page))
    query = {"q": "source?", "conversation": conversation}
    assert conversation in field.findall(client.get("/", query_string=query).text)


def test_suggestions_on_the_page_are_buttons_that_ask(
    client: FlaskClient, bot: Chatbot
) -> None:
    question = "Who painted the ceiling of the chapel?"
    reply = bot.reply(question)
    assert reply.kind == "not_found"
    page = client.get("/", query_string={"q": question}).text
    assert escape(reply.text) in page
    for suggestion in reply.suggestions:
        shown = escape(suggestion)
        assert f'<button name="q" value="{shown}" dir="auto">{shown}</button>' in page


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A corpus that speaks of the ferry under two headings, one of several lines."""
    corpus = tmp_path_factory.mktemp("harbour")
    text = "Quay & pier\n===\n\nA ferry rests.\n\nOld\nnets\n===\n\nA ferry drifts.\n"
    (corpus / "harbour.md").write_text(text)
    bot = Chatbot.open(corpus, settings=Settings())
    return create_app(bot, Settings()).test_client()


def test_the_choices_of_a_question_back_are_buttons_that_answer(
    harbour: FlaskClient,
) -> None:
    page = harbour.get("/", query_string={"q": "ferry"}).text
    form = re.search(r'<form class="choices".*?</form>', page, re.DOTALL)
    assert form
    (conversation,) = re.findall(r'name="conversation" value="([^"]*)"', form[0])
    choices = re.findall(r'<button name="q" value="([^"]*)"', form[0])
    assert choices == ["Quay &amp; pier", "Old\nnets"]
    for sent, words in (
        ("Quay & pier", "A ferry rests."),
        ("Old\r\nnets", "A ferry drifts."),
    ):
        query = {"q": sent, "conversation": conversation}
        assert f"<mark>{words}</mark>" in harbour.get("/", query_string=query).text


def test_a_choice_is_made_over_the_api(harbour: FlaskClient) -> None:
    asked = harbour.post("/api/chat", json={"message": "ferry?"}).get_json()
    assert asked["kind"] == "clarify"
    body = {"message": "2", "conversation": asked["conversation"]}
    chosen = harbour.post("/api/chat", json=body).get_json()
    assert chosen["quotes"][0]["heading"] == asked["suggestions"][1]


def test_the_page_says_why_in_a_disclosure(client: FlaskClient, bot: Chatbot) -> None:
    page = client.get("/", query_string={"q": QUESTION}).text
    details = re.search(r'<details class="why">.*?</details>', page, re.DOTALL)
    assert details
    sentences = bot.reply(QUESTION).interpretation.in_words
    assert any(sentence.startswith("It came first because") for sentence in sentences)
    for sentence in sentences:
        assert f"<p>{escape(sentence)}</p>" in details[0]
    talk = client.get("/", query_string={"q": "thanks"}).text
    assert '<details class="why">' not in talk


def test_markup_in_a_question_is_shown_as_text(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": '"><script>alert(1)</script>'}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_question_that_the_page_refuses_stays_in_the_field(
    client: FlaskClient,
) -> None:
    response = client.get("/", query_string={"q": "x" * 101})
    assert response.status_code == 400
    assert f'value="{"x" * 101}"' in response.text
    assert "ask in at most 100 characters" in response.text


def test_the_page_says_what_the_documents_can_answer(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<a href="/sources/shop.txt"><bdi>shop.txt</bdi></a>' in page
    assert re.search(r'<a href="/\?q=Delivery" [^>]*>Delivery</a>', page)


def test_an_answered_question_is_handed_to_the_widget_as_data(
    client: FlaskClient,
) -> None:
    page = client.get("/", query_string={"q": f"{QUESTION}</script><b>"}).text
    (data,) = re.findall(r'<script type="application/json">(.*?)</script>', page)
    exchange = json.loads(data)
    assert exchange["question"] == f"{QUESTION}</script><b>"
    assert exchange["reply"]["quotes"][0]["link"].startswith("/sources/shop.txt?")


def test_an_empty_question_shows_the_page(client: FlaskClient) -> None:
    response = client.get("/?q=+&conversation=x")
    assert response.status_code == 200
    assert "<article>" not in response.text


def test_the_script_sets_text_and_never_markup() -> None:
    script = (STATIC / "chat.js").read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval", script
    )
