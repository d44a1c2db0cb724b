"""The widget's script as it is served: small, cached by its version, for every site."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.settings import Settings

MOST_BYTES = 25_000


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    corpus = tmp_path_factory.mktemp("shop")
    (corpus / "shop.txt").write_text("Delivery takes nine days.\n")
    return create_app(Chatbot.open(corpus), Settings()).test_client()


def versioned(client: FlaskClient) -> str:
    """The address under which the chat page loads the script."""
    address = re.search(r'src="(/widget\.js\?v=[0-9a-f]+)"', client.get("/").text)
    assert address
    return address[1]


def test_the_script_is_small_when_compressed(client: FlaskClient) -> None:
    response = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert response.content_encoding == "gzip"
    assert "Accept-Encoding" in response.vary
    assert len(response.data) < MOST_BYTES
    assert gzip.decompress(response.data) == client.get("/widget.js").data


def test_the_script_knows_the_longest_message(shop: Chatbot) -> None:
    app = create_app(shop, Settings(max_message_characters=77))
    assert "MOST_CHARACTERS = 77;" in app.test_client().get("/widget.js").text


def test_the_script_is_asked_for_again_by_its_tag(client: FlaskClient) -> None:
    first = client.get("/widget.js")
    assert first.mimetype == "text/javascript"
    assert first.cache_control.no_cache
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_script_is_kept_for_a_year_under_its_version(client: FlaskClient) -> None:
    response = client.get(versioned(client))
    assert response.cache_control.immutable
    assert response.cache_control.max_age == 31_536_000
    assert response.headers["ETag"]


def test_an_old_version_is_not_kept(client: FlaskClient) -> None:
    response = client.get("/widget.js?v=0123456789ab")
    assert response.cache_control.no_cache
    assert response.cache_control.max_age is None


def test_every_site_may_load_the_script_and_check_it(client: FlaskClient) -> None:
    headers = client.get("/widget.js", headers={"Origin": "https://a.example"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_script_sets_text_and_never_markup(client: FlaskClient) -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|eval\(|"
        r"Function\(|DOMParser|createContextualFragment|srcdoc",
        client.get("/widget.js").text,
    )
