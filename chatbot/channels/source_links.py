"""Links to the place in a document that a quote was taken from.

source_path("terms/über uns.md", 12, 340, 392)
# /sources/terms/%C3%BCber%20uns.md?quote=340-392#L12
"""

from __future__ import annotations

import zlib
from urllib.parse import quote as percent_encoded

from chatbot.answering.quoting import Quote

SOURCES_PATH = "/sources"


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


def checksum(words: str) -> str:
    """Eight hexadecimal digits that words which have changed are unlikely to share."""
    return f"{zlib.crc32(words.encode()):08x}"
