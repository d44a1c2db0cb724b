"""The headers that every response carries."""

from __future__ import annotations

from flask import Response

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        "connect-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def protect(response: Response) -> Response:
    """The response with the headers that keep a browser from being turned on people."""
    response.headers.update(_HEADERS)
    return response
