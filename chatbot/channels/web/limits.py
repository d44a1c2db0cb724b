"""How many requests one client may send, and who the client is behind proxies."""

from __future__ import annotations

import ipaddress
import math
import time
from functools import lru_cache

from flask import Flask, Response, request
from flask_limiter import Limiter, RequestLimit
from werkzeug.middleware.proxy_fix import ProxyFix

from chatbot.channels.answer_service import AnswerService
from chatbot.channels.limit_storage import (
    IN_MEMORY,
    limit_storage,
    rate_limits,
    storage_options,
)
from chatbot.channels.web.refusals import Busy, TooFast, explain
from chatbot.errors import OverloadedError
from chatbot.settings import Settings

ASKING_ENDPOINT = "api.chat"
UNLIMITED_ENDPOINTS = {
    "static",
    "widget.widget_script",
    "health.alive",
    "health.ready",
    "health.figures",
}

_IPV6_NETWORK_BITS = 64
"""What one customer of a provider has for himself."""


def limit_clients(app: Flask, settings: Settings) -> None:
    """Refuse the requests of a client that are too many.

    Raises `SettingsError` when the limit or the address of its counters cannot be used.
    """
    if not rate_limits(settings.client_limit, "CHATBOT_CLIENT_LIMIT"):
        return
    limit_storage(settings.limits_url)
    Limiter(
        client,
        app=app,
        application_limits=[settings.client_limit],
        application_limits_exempt_when=_is_unlimited,
        storage_uri=settings.limits_url or IN_MEMORY,
        storage_options=storage_options(settings.limits_url),
        in_memory_fallback=[settings.client_limit] if settings.limits_url else [],
        on_breach=_refusal,
    )


def turn_away_early(app: Flask, service: AnswerService) -> None:
    """Refuse what cannot be answered before it costs anything: no body is read."""

    @app.before_request
    def check_room() -> None:
        if request.endpoint == ASKING_ENDPOINT:
            try:
                service.check_room("web")
            except OverloadedError as error:
                raise Busy(str(error)) from None


def believe_proxies(app: Flask, hops: int) -> None:
    """Take the client, the host and the scheme from so many proxies in front."""
    if hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def client() -> str:
    """Who sends the current request: an address, or of IPv6 its network."""
    return _client_of(request.remote_addr or "")


@lru_cache(maxsize=4096)
def _client_of(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    network = ipaddress.ip_network((int(parsed), _IPV6_NETWORK_BITS), strict=False)
    return str(network)


def _is_unlimited() -> bool:
    return request.endpoint in UNLIMITED_ENDPOINTS


def _refusal(breached: RequestLimit) -> Response:
    """The response to one request too many."""
    wait = max(1, math.ceil(breached.reset_at - time.time()))
    advice = f"You ask faster than the server allows. Wait {wait} seconds."
    return explain(TooFast(advice, wait))
