"""Addresses for whoever watches the server.

GET /healthz   the process answers
GET /readyz    and it has an index and a database; 503 says what is missing
GET /metrics   figures for Prometheus, for who has the token
"""

from __future__ import annotations

import logging

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import NotFound, Unauthorized

from chatbot.bot import Chatbot
from chatbot.channels.metrics import Metrics
from chatbot.channels.tokens import are_equal, bearer_token
from chatbot.database import reason_of
from chatbot.insights.journal import Journal
from chatbot.settings import Settings

_LOG = logging.getLogger(__name__)


def create_health(
    bot: Chatbot, settings: Settings, journal: Journal | None, metrics: Metrics
) -> Blueprint:
    """These addresses, as routes of a blueprint; /metrics is off without a token."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def alive() -> ResponseReturnValue:
        return jsonify(status="ok")

    @health.get("/readyz")
    def ready() -> ResponseReturnValue:
        missing = [
            part
            for part, is_there in (
                ("index", _has_index(bot)),
                ("database", journal is None or _has_database(journal)),
            )
            if not is_there
        ]
        if missing:
            return jsonify(status="not ready", missing=missing), 503
        return jsonify(status="ready")

    @health.get("/metrics")
    def figures() -> ResponseReturnValue:
        if not settings.metrics_token:
            raise NotFound
        sent = bearer_token(request.headers.get("Authorization", ""))
        if not are_equal(sent, settings.metrics_token):
            raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
        return Response(
            metrics.exposition(bot.report), content_type=CONTENT_TYPE_LATEST
        )

    return health


def _has_index(bot: Chatbot) -> bool:
    """Whether what is served can be read."""
    documents = bot.documents()
    return bool(documents) and bot.document(documents[0][0]) is not None


def _has_database(journal: Journal) -> bool:
    try:
        with journal.engine.connect() as connection:
            connection.execute(select(1))
    except SQLAlchemyError as error:
        _LOG.warning("The database does not answer: %s", reason_of(error))
        return False
    return True
