"""Where a link inside a document may lead to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Mapping
from urllib.parse import quote, unquote, urlsplit

from chatbot.channels.source_links import SOURCES_PATH

EXTERNAL = "noopener noreferrer nofollow"
"""How a link to elsewhere relates: it says nothing of this server."""

_SCHEMES = ("http", "https", "mailto")
_NO_WORD = re.compile(r"[^\w\- ]")


def is_web_address(url: str) -> bool:
    """Whether a URL names a place that is safe to open from a page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.netloc or parts.scheme == "mailto")


def safe_target(
    url: str,
    source: str,
    sources: Callable[[], Container[str]],
    anchors: Mapping[str, str],
) -> str:
    """The address that a link of a document leads to, or an empty string for none.

    It stands in the document `source`. A relative link leads to another one of the
    `sources`, and a bare fragment to one of the `anchors`, by its heading's slug.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc:
        return url if is_web_address(url) else ""
    path = unquote(parts.path)
    if not path:
        return anchors.get(unquote(parts.fragment).lower(), "")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    if target not in sources():
        return ""
    return f"{SOURCES_PATH}/{quote(target)}"


def slug(heading: str) -> str:
    """The fragment by which Markdown's authors name a heading."""
    return _NO_WORD.sub("", heading.lower()).strip().replace(" ", "-")
