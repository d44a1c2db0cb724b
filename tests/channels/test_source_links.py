"""Links from a quote to its place in the document."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot import Chatbot
from chatbot.channels.source_links import (
    check_public_url,
    checksum,
    quote_path,
    source_link,
    source_path,
)
from chatbot.errors import SettingsError
from chatbot.settings import Settings


def test_a_link_names_the_document_the_words_and_the_line() -> None:
    path = source_path("shop.txt", 12, 340, 392)
    assert path == "/sources/shop.txt?quote=340-392#L12"


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_file_name_comes_back_whole(source: str) -> None:
    parts = urlsplit(source_path(source, 1, 0, 5))
    assert unquote(parts.path) == f"/sources/{source}"
    assert (parts.query, parts.fragment) == ("quote=0-5", "L1")


@pytest.mark.parametrize(
    "url",
    ["", "https://ask.example.org", "http://[::1]:8000", "https://example.org/ask/"],
)
def test_an_address_that_links_can_begin_with_is_taken(url: str) -> None:
    check_public_url(url)


@pytest.mark.parametrize(
    "url",
    ["ask.example.org", "javascript:alert(1)", 'https://x/y z"<', "https://", "//x"],
)
def test_an_address_that_links_cannot_begin_with_is_told(url: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_PUBLIC_URL"):
        check_public_url(url)


def test_the_link_of_a_quote_leads_to_its_words(tmp_path: Path) -> None:
    (tmp_path / "shop.txt").write_text("Delivery\nIt takes nine days by sea.\n")
    bot = Chatbot.open(tmp_path, settings=Settings())
    (quote, *_) = bot.reply("How many days does delivery take?").quotes
    parts = urlsplit(quote_path(quote))
    query = parse_qs(parts.query)
    start, end = map(int, query["quote"][0].split("-"))
    document = bot.document("shop.txt")
    assert document
    assert document.text[start:end] == quote.text
    assert query["check"] == [checksum(quote.text)]
    assert parts.fragment == f"L{quote.line}"
    for address in ("https://ask.example.org", "https://ask.example.org/"):
        link = source_link(quote, address)
        assert link == f"https://ask.example.org{quote_path(quote)}"
    assert source_link(quote, "") == ""
