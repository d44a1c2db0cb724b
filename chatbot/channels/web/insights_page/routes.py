"""The addresses under /insights."""

from __future__ import annotations

import time

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import Forbidden

from chatbot.channels.source_links import source_path
from chatbot.channels.web.insights_page.charts import day_chart
from chatbot.channels.web.insights_page.session import Session
from chatbot.channels.web.refusals import DatabaseFailed
from chatbot.insights.journal import Journal
from chatbot.insights.report import DislikedAnswer, Insights, read_insights
from chatbot.insights.spreadsheets import disliked_csv, moment, unanswered_csv
from chatbot.settings import Settings

INSIGHTS_PATH = "/insights"
PERIODS = (7, 30, 90)
DEFAULT_PERIOD = 30

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Robots-Tag": "noindex",
}


def create_insights_page(settings: Settings, journal: Journal) -> Blueprint:
    """The routes of the insights page.

    Raises `SettingsError` when the admin token is too short.
    """
    pages = Blueprint("insights", __name__, url_prefix=INSIGHTS_PATH)
    session = Session(settings.admin_token, INSIGHTS_PATH)

    @pages.get("")
    def show() -> ResponseReturnValue:
        form_value = session.form_value(request)
        if not form_value:
            return render_template("insights_login.html", refused=False)
        period = _period()
        insights = _read(journal, period)
        return render_template(
            "insights.html",
            insights=insights,
            chart=day_chart(insights.days),
            period=period,
            periods=PERIODS,
            form_value=form_value,
            moment=moment,
            source_of=_source_of,
        )

    @pages.post("")
    def sign_in() -> ResponseReturnValue:
        if not session.is_token(request.form.get("token", "")):
            return render_template("insights_login.html", refused=True), 403
        response = _back()
        is_secure = request.is_secure or settings.public_url.startswith("https:")
        session.sign_in(response, secure=is_secure)
        return response

    @pages.post("/sign-out")
    def sign_out() -> ResponseReturnValue:
        form_value = session.form_value(request)
        if not form_value or request.form.get("form_value") != form_value:
            raise Forbidden("Sign out on the page /insights itself.")
        response = _back()
        session.sign_out(response)
        return response

    @pages.get("/<any(unanswered, disliked):name>.csv")
    def spreadsheet(name: str) -> ResponseReturnValue:
        if not session.form_value(request):
            raise Forbidden("Sign in at /insights first.")
        insights = _read(journal, _period())
        if name == "unanswered":
            text = unanswered_csv(insights.unanswered)
        else:
            text = disliked_csv(insights.disliked)
        # With its byte order mark spreadsheets take it for UTF-8.
        response = Response(text.encode("utf-8-sig"), mimetype="text/csv")
        response.headers.set(
            "Content-Disposition", "attachment", filename=f"{name}.csv"
        )
        return response

    @pages.after_request
    def keep_private(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response

    return pages


def _period() -> int:
    """For how many days the request asks."""
    days = request.args.get("days", DEFAULT_PERIOD, int)
    return days if days in PERIODS else DEFAULT_PERIOD


def _read(journal: Journal, days: int) -> Insights:
    try:
        journal.forget()
        return read_insights(journal.engine, journal.keep_days, days, time.time())
    except SQLAlchemyError as error:
        raise DatabaseFailed from error


def _source_of(answer: DislikedAnswer) -> str:
    """The path of the words that were no help."""
    span = (answer.quote_start, answer.quote_end)
    return source_path(answer.source, answer.line, *span, answer.answer)


def _back() -> Response:
    """To the page itself, with GET."""
    return Response(status=303, headers={"Location": url_for("insights.show")})
