"""Links to the place in a document that a quote was taken from.

source_path("terms/über uns.md", 12, 340, 392)
# /sources/terms/%C3%BCber%20uns.md?quote=340-392#L12
"""

from __future__ import annotations

import re
import zlib
from urllib.parse import quote as percent_encoded

from chatbot.answering.quoting import Quote
from chatbot.errors import SettingsError

SOURCES_PATH = "/sources"

_PUBLIC_URL = re.compile(r"https?://[^\s/?#\"'<>\\]+(?:/[^\s?#\"'<>\\]*)?")


def source_path(source: str, line: int, start: int, end: int, words: str = "") -> str:
    """The address, on the server, of a span of a document.

    `line` is the line of the file, counted from 1; `start` and `end` count characters
    of the document's text. `words`, what stood there, lets the page tell whether they
    still do.
    """
    check = f"&check={checksum(words)}" if words else ""
    path = percent_encoded(source, safe="/")
    return f"{SOURCES_PATH}/{path}?quote={start}-{end}{check}#L{line}"


def quote_path(quote: Quote) -> str:
    """The address, on the server, of a quote."""
    return source_path(quote.source, quote.line, quote.start, quote.end, quote.text)


def source_link(quote: Quote, public_url: str) -> str:
    """The whole address of a quote for those elsewhere; empty without a public URL."""
    return public_url.rstrip("/") + quote_path(quote) if public_url else ""


def check_public_url(public_url: str) -> None:
    """Raises `SettingsError` for what links in chats cannot begin with."""
    if public_url and not _PUBLIC_URL.fullmatch(public_url):
        raise SettingsError(
            f"CHATBOT_PUBLIC_URL is {public_url!r}; set it to the address that people "
            "reach the server at, such as https://ask.example.org."
        )


def checksum(words: str) -> str:
    """Eight hexadecimal digits that words which have changed are unlikely to share."""
    return f"{zlib.crc32(words.encode()):08x}"
