"""Reloading while the bot answers, at the request of whoever has the token.

    curl -X POST http://127.0.0.1:8000/reload -H "Authorization: Bearer $TOKEN"

It is on only when its token is set. Its refusals are those of the JSON API.
"""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import ServiceUnavailable, Unauthorized

from chatbot.bot import Chatbot
from chatbot.channels.tokens import are_equal, bearer_token
from chatbot.errors import ChatbotError
from chatbot.index.building_beside import build_beside
from chatbot.index.opening import build_index
from chatbot.index.report import IndexReport

RELOAD_PATH = "/reload"

MOST_PASSAGES_BUILT_INSIDE = 1000
"""A larger index is built in a process of its own, which takes seconds to begin."""


def reload_serving(bot: Chatbot) -> IndexReport:
    """Reload a bot whose answers are not to wait for what is built.

    Raises what `Chatbot.reload` raises, and goes on serving what was there.
    """
    is_small = bot.report.passages <= MOST_PASSAGES_BUILT_INSIDE
    return bot.reload(build_index if is_small else build_beside)


class ReloadFailed(ServiceUnavailable):
    """What changed cannot be taken in; what was there before goes on serving."""

    reason = "reload_failed"


def create_reloading(bot: Chatbot, token: str) -> Blueprint:
    """The address to reload at, as a route of a blueprint; no route without a token."""
    reloading = Blueprint("reloading", __name__)
    if not token:
        return reloading

    @reloading.post(RELOAD_PATH)
    def reload() -> ResponseReturnValue:
        if not are_equal(bearer_token(request.headers.get("Authorization", "")), token):
            raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
        try:
            report = reload_serving(bot)
        except ChatbotError as error:
            raise ReloadFailed(str(error)) from error
        return jsonify(
            files=report.files,
            passages=report.passages,
            read=report.read,
            seconds=round(report.seconds, 3),
            skipped=list(map(asdict, report.skipped)),
        )

    return reloading
