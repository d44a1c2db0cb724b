"""Requests that are refused: what is wrong and what to do, for programs and people."""

from __future__ import annotations

from flask import Response, json, make_response, request
from pydantic import ValidationError
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    NotFound,
    ServiceUnavailable,
    TooManyRequests,
)

from chatbot.channels.reloading import RELOAD_PATH

MAX_BODY_BYTES = 64 * 1024

_BUSY_SECONDS = 1
"""After which it is worth trying again."""

_FOR_PROGRAMS = ("/api/", "/webhooks/", RELOAD_PATH)

_ADVICE = {
    401: "Send the header “Authorization: Bearer …” with the server's token.",
    404: "There is nothing at this address; /api/sources lists the documents.",
    405: "This address does not take that method; see the Allow header.",
    413: f"The request is larger than {MAX_BODY_BYTES // 1024} KB; send less.",
    415: "Send JSON, with the header “Content-Type: application/json”.",
    500: "The server could not answer. Try again in a moment; if it fails again, the "
    "server's log says why.",
}


class Refusal(BadRequest):
    """A request that cannot be answered: `reason` for programs, `advice` for people."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(advice)
        self.reason = reason


class Unknown(NotFound):
    """What the request names does not exist; `reason` and `advice` as of `Refusal`."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(advice)
        self.reason = reason


class DatabaseFailed(ServiceUnavailable):
    """The database cannot be read or written at this moment."""

    reason = "database_failed"

    def __init__(self) -> None:
        super().__init__(
            "The server's database does not answer. Try again in a moment; if it fails "
            "again, the server's log says why.",
            retry_after=_BUSY_SECONDS,
        )


class Busy(ServiceUnavailable):
    """A question that the server cannot answer now, or not in time."""

    reason = "busy"

    def __init__(self, advice: str) -> None:
        super().__init__(advice, retry_after=_BUSY_SECONDS)


class TooFast(TooManyRequests):
    """A client or a conversation asks faster than it may; `wait` is in seconds."""

    reason = "too_many_requests"

    def __init__(self, advice: str, wait: int) -> None:
        super().__init__(advice, retry_after=wait)


def invalid(error: ValidationError) -> Refusal:
    """The refusal of a body that does not fit its model: its first mistake."""
    mistake = error.errors()[0]
    field = ".".join(map(str, mistake["loc"]))
    if mistake["type"] == "missing" or mistake["input"] is None:
        return Refusal(f"missing_{field}", f"Send “{field}”; see /api/docs.")
    advice = f"“{field}” cannot be used: {mistake['msg']}; see /api/docs."
    return Refusal(f"invalid_{field}", advice)


def explain(error: HTTPException) -> Response:
    """The response to a request that failed: JSON for programs, text for people.

    One that comes with the error stays as it is.
    """
    response = make_response(error.get_response())
    if error.response is not None:
        return response
    reason = getattr(error, "reason", None)
    default = _ADVICE.get(response.status_code)
    advice = default if default and not reason else str(error.description)
    if request.path.startswith(_FOR_PROGRAMS):
        code = reason or error.name.lower().replace(" ", "_")
        response.mimetype = "application/json"
        response.set_data(json.dumps({"error": {"code": code, "message": advice}}))
    else:
        response.mimetype = "text/plain"
        response.set_data(f"{response.status_code} {error.name}\n\n{advice}\n")
    return response
