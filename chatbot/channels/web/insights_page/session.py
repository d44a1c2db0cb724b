"""Signing in with a token: a signed cookie tells afterwards that it was right."""

from __future__ import annotations

import hashlib
import secrets

from flask import Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

from chatbot.channels.tokens import are_equal
from chatbot.errors import SettingsError

COOKIE = "chatbot_insights"
COOKIE_SECONDS = 12 * 60 * 60
LEAST_TOKEN_CHARACTERS = 16


class Session:
    """Who has signed in with the admin token.

    The cookie is signed with a key made from the token: every process knows it, and a
    new token signs everybody out. It holds a random value that forms must send along,
    which another site cannot know (CSRF).
    """

    def __init__(self, token: str, path: str) -> None:
        """`path` is where the cookie is sent to.

        Raises `SettingsError` when the token is too short to withstand guessing.
        """
        if len(token) < LEAST_TOKEN_CHARACTERS:
            raise SettingsError(
                f"CHATBOT_ADMIN_TOKEN is shorter than {LEAST_TOKEN_CHARACTERS} "
                "characters; choose one that nobody can guess."
            )
        self._token = token
        self._path = path
        key = hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
        self._signer = URLSafeTimedSerializer(key, salt="chatbot.insights")

    def is_token(self, sent: str) -> bool:
        """Whether this is the token."""
        return are_equal(sent, self._token)

    def form_value(self, request: Request) -> str:
        """What a form of this person must send along; empty unless signed in."""
        try:
            value = self._signer.loads(
                request.cookies.get(COOKIE, ""), max_age=COOKIE_SECONDS
            )
        except BadSignature:
            return ""
        return value if isinstance(value, str) else ""

    def sign_in(self, response: Response, *, secure: bool) -> None:
        """Set the cookie; with `secure` it is sent over HTTPS alone."""
        response.set_cookie(
            COOKIE,
            str(self._signer.dumps(secrets.token_urlsafe(16))),
            max_age=COOKIE_SECONDS,
            path=self._path,
            secure=secure,
            httponly=True,
            samesite="Strict",
        )

    def sign_out(self, response: Response) -> None:
        """Take the cookie back."""
        response.delete_cookie(
            COOKIE, path=self._path, httponly=True, samesite="Strict"
        )
