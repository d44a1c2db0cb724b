"""Connections of clients that cannot hold the server, however slow or wrong they are.

A request is read without a thread; only a whole one gets one, and its response is sent
without one. Who takes too long to send a request, or to take a response, is cut off.
"""

from __future__ import annotations

import json
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, WSGITask

from chatbot.channels.web.arrival import ARRIVED_AT
from chatbot.channels.web.headers import HEADERS, POLICY

REQUEST_SECONDS = 10
"""From a request's first byte to its last."""

RESPONSE_SECONDS = 60
"""From a response's first byte to its last."""

IDLE_SECONDS = 30
"""Between two requests."""

_REFUSALS = {
    400: ("bad_request", "The request is not HTTP as this server reads it."),
    413: ("request_entity_too_large", "The request is too large; send less."),
    431: ("request_header_fields_too_large", "The headers are too long; send less."),
    500: ("internal_server_error", "The server could not answer. Try again."),
    501: ("not_implemented", "The server does not read this transfer encoding."),
}


class _Refusal(ErrorTask):  # type: ignore[misc]
    """The response to what is not a request, in the form of all refusals."""

    def execute(self) -> None:
        status = self.request.error.code
        code, advice = _REFUSALS.get(status, _REFUSALS[400])
        body = json.dumps({"error": {"code": code, "message": advice}}).encode()
        self.status = f"{status} {self.request.error.reason}"
        self.response_headers += [
            ("Content-Type", "application/json"),
            ("Content-Security-Policy", POLICY),
            *HEADERS.items(),
        ]
        self.content_length = len(body)
        self.set_close_on_finish()
        self.complete = True
        self.write(body)


class _Answer(WSGITask):  # type: ignore[misc]
    """Tells the application when the request had arrived.

    Its response does not wait for the answer to a request that came with it.
    """

    def get_environment(self) -> dict[str, Any]:
        environment: dict[str, Any] = super().get_environment()
        environment[ARRIVED_AT] = self.channel.arrived_at
        return environment

    def finish(self) -> None:
        super().finish()
        if len(self.channel.requests) > 1:
            self.channel.send_written()


class _Request(HTTPRequestParser):  # type: ignore[misc]
    """A request; one whose address cannot be told apart is no HTTP."""

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            raise ParsingError(str(error)) from error


class Connection(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when its client reads, writes or does nothing."""

    parser_class = _Request
    task_class = _Answer
    error_task_class = _Refusal

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        self.arrived_at = time.monotonic()
        self._reading_since = 0.0
        self._sending_since = 0.0
        super().__init__(*arguments, **keywords)

    def received(self, data: bytes) -> bool:
        """Take what came in; `arrived_at` is when the last of it did."""
        self.arrived_at = time.monotonic()
        is_taken: bool = super().received(data)
        if self.request is None:
            self._reading_since = 0.0
        elif not self._reading_since:
            self._reading_since = self.arrived_at
        return is_taken

    def send_written(self) -> None:
        """Send what is written, as far as the client takes it now."""
        with self.outbuf_lock:
            self._flush_exception(self._flush_some, do_close=False)

    @property
    def is_busy(self) -> bool:
        """Whether a request is answered, or its response is sent."""
        return bool(self.requests or self.total_outbufs_len)

    def is_late(self, now: float) -> bool:
        """Whether its client takes too long; to be asked every second or so."""
        if self.requests:
            return False
        if self.total_outbufs_len:
            self._sending_since = self._sending_since or now
            return now - self._sending_since > RESPONSE_SECONDS
        self._sending_since = 0.0
        if self._reading_since:
            return now - self._reading_since > REQUEST_SECONDS
        return now - self.arrived_at > IDLE_SECONDS
