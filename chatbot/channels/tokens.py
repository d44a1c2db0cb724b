"""Secrets that a request must carry."""

from __future__ import annotations

import hmac
import time

CLOCK_SECONDS = 5 * 60
"""A signed request whose time is further from the server's clock is refused."""


def are_equal(sent: str, expected: str) -> bool:
    """Whether two tokens are equal, found in a time that depends on neither."""
    return hmac.compare_digest(
        sent.encode(errors="surrogatepass"), expected.encode(errors="surrogatepass")
    )


def is_recent(seconds: float) -> bool:
    """Whether a time, in seconds since 1970, is near the server's clock."""
    return abs(time.time() - seconds) <= CLOCK_SECONDS


def bearer_token(authorization: str) -> str:
    """The token of a header `Authorization: Bearer …`; empty when it has none."""
    return authorization_token(authorization, "Bearer")


def authorization_token(authorization: str, scheme: str) -> str:
    """What stands behind a scheme in a header `Authorization`; empty for others.

    A header's bytes come as Latin-1 (WSGI, PEP 3333); a token is UTF-8.
    """
    sent_scheme, _, token = authorization.partition(" ")
    if sent_scheme.lower() != scheme.lower():
        return ""
    return token.strip().encode("latin-1").decode("utf-8", errors="surrogateescape")
