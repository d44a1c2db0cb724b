"""Which sites' pages may ask this server: those in the settings and its own.

A page of another site gets no answer that it could read, and is refused in words. There
is no key in the page: whoever is not a browser is not bound by this.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask, request
from flask_cors import CORS
from werkzeug.exceptions import Forbidden

from chatbot.errors import SettingsError
from chatbot.settings import Settings

API_PATHS = "/api/"
EVERY_SITE = "*"

_ORIGIN = re.compile(r"https?://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")
_PREFLIGHT_SECONDS = 24 * 60 * 60
_ADVICE = (
    "This site's pages may not ask this server. Its owner can allow them with "
    "CHATBOT_ALLOWED_ORIGINS."
)


def allowed_origins(settings: Settings) -> tuple[str, ...]:
    """The sites in `CHATBOT_ALLOWED_ORIGINS`; raises `SettingsError` for none."""
    origins = tuple(
        origin.lower().rstrip("/")
        for origin in re.split(r"[\s,]+", settings.allowed_origins)
        if origin
    )
    for origin in origins:
        if origin != EVERY_SITE and not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"CHATBOT_ALLOWED_ORIGINS holds {origin!r}; write sites as "
                "https://example.com, without a path, or * for every site."
            )
    return origins


def admit_origins(app: Flask, origins: tuple[str, ...], public_url: str) -> None:
    """Lets pages of these sites, and only these, ask the API of an application."""
    CORS(
        app,
        resources={rf"{API_PATHS}.*": {"origins": list(origins)}},
        methods=["GET", "POST"],
        allow_headers=["Content-Type"],
        send_wildcard=True,
        always_send=False,
        expose_headers=["Retry-After"],
        max_age=_PREFLIGHT_SECONDS,
    )
    public_host = urlsplit(public_url).netloc

    @app.before_request
    def refuse_other_origins() -> None:
        origin = request.headers.get("Origin")
        if origin is None or not request.path.startswith(API_PATHS):
            return
        if request.headers.get("Sec-Fetch-Site") == "same-origin":
            return
        host = origin.partition("://")[2]
        if host and host in (request.host, public_host):
            return
        if EVERY_SITE not in origins and origin not in origins:
            raise Forbidden(_ADVICE)
