"""Each request is counted and logged once its response is made."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request

from chatbot.channels.metrics import Metrics
from chatbot.channels.request_log import RequestLog
from chatbot.channels.web.arrival import arrived_at, note_arrival

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def watch_requests(app: Flask, metrics: Metrics, log: RequestLog | None) -> None:
    """Count the requests of an application, and log them where there is a log.

    To be called before whatever else looks at requests.
    """
    app.before_request(note_arrival)

    @app.after_request
    def note_response(response: Response) -> Response:
        seconds = time.monotonic() - arrived_at()
        method = request.method if request.method in _METHODS else "other"
        route = request.url_rule.rule if request.url_rule else "none"
        metrics.requested(method, route, response.status_code, seconds)
        if log:
            reply, question = g.get("reply"), g.get("question", "")
            status = response.status_code
            log.write(method, request.path, status, seconds, reply, question)
        return response
