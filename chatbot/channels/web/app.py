"""Puts the web application together: its blueprints, its errors, its headers."""

from __future__ import annotations

from functools import partial

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException

from chatbot.bot import Chatbot
from chatbot.channels.answer_service import AnswerService
from chatbot.channels.metrics import Metrics
from chatbot.channels.reloading import create_reloading
from chatbot.channels.request_log import RequestLog
from chatbot.channels.slack.events import create_slack
from chatbot.channels.source_links import check_public_url
from chatbot.channels.web.api import create_api
from chatbot.channels.web.headers import protect
from chatbot.channels.web.health import create_health
from chatbot.channels.web.insights_page import create_insights_page
from chatbot.channels.web.limits import (
    believe_proxies,
    limit_clients,
    turn_away_early,
)
from chatbot.channels.web.origins import EVERY_SITE, admit_origins, allowed_origins
from chatbot.channels.web.pages import create_pages
from chatbot.channels.web.refusals import MAX_BODY_BYTES, explain
from chatbot.channels.web.source_page import create_source_page
from chatbot.channels.web.watching_requests import watch_requests
from chatbot.channels.web.widget import create_widget
from chatbot.channels.webhooks import create_webhooks
from chatbot.insights.journal import Journal
from chatbot.settings import Settings


class _Json(DefaultJSONProvider):
    """JSON with the keys in the order in which they were given."""

    sort_keys = False


def create_app(
    bot: Chatbot, settings: Settings, journal: Journal | None = None
) -> Flask:
    """The web application that answers with this bot.

    What is asked is kept in the journal; without one, nothing is, and Slack is off.
    Raises `SettingsError` for settings that cannot be used.
    """
    check_public_url(settings.public_url)
    app = Flask(__name__)
    app.json = _Json(app)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    metrics = Metrics()
    service = AnswerService(bot, settings, journal, metrics)
    log = RequestLog(questions=settings.log_questions)
    watch_requests(app, metrics, log if settings.log_requests else None)
    turn_away_early(app, service)
    limit_clients(app, settings)
    believe_proxies(app, settings.proxy_hops)
    app.register_blueprint(create_health(bot, settings, journal, metrics))
    app.register_blueprint(create_pages(bot, settings, service))
    app.register_blueprint(create_widget(settings.max_message_characters))
    app.register_blueprint(create_source_page(bot))
    app.register_blueprint(create_api(bot, settings, service, journal))
    app.register_blueprint(create_webhooks(settings, service, journal))
    if journal and settings.admin_token:
        app.register_blueprint(create_insights_page(settings, journal))
    if journal:
        app.register_blueprint(create_slack(bot, settings, service, journal))
    app.register_blueprint(create_reloading(bot, settings.reload_token))
    app.register_error_handler(HTTPException, explain)
    origins = allowed_origins(settings)
    admit_origins(app, origins, settings.public_url)
    sites = [origin for origin in origins if origin != EVERY_SITE]
    app.after_request(partial(protect, framing=sites))
    return app
