"""The headers that every response carries."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
"""It ends with the frame ancestors, so that more of them can be added."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), "
        "usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}


def protect(response: Response, framing: Sequence[str] = ()) -> Response:
    """The response with the headers that keep a browser from being turned on people.

    `framing` are the sites that may show the server's pages in a frame of theirs. A
    page that has a policy of its own keeps it.
    """
    response.headers.update(HEADERS)
    policy = " ".join((POLICY, *framing))
    response.headers.setdefault("Content-Security-Policy", policy)
    return response
