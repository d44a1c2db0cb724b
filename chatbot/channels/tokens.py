"""Secrets that a request must carry."""

from __future__ import annotations

import hmac


def are_equal(sent: str, expected: str) -> bool:
    """Whether two tokens are equal, found in a time that depends on neither."""
    return hmac.compare_digest(
        sent.encode(errors="surrogatepass"), expected.encode(errors="surrogatepass")
    )


def bearer_token(authorization: str) -> str:
    """The token of a header `Authorization: Bearer …`; empty when it has none.

    A header's bytes come as Latin-1 (WSGI, PEP 3333); a token is UTF-8.
    """
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return ""
    return token.strip().encode("latin-1").decode("utf-8", errors="surrogateescape")
