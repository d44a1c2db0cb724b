"""Requests that are refused: what is wrong and what to do, for programs and people."""

from __future__ import annotations

from flask import json, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, HTTPException

from chatbot.channels.reloading import RELOAD_PATH

MAX_BODY_BYTES = 64 * 1024

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
    """A message that cannot be answered: `reason` for programs, `advice` for people."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(advice)
        self.reason = reason


def explain(error: HTTPException) -> ResponseReturnValue:
    """The response to a request that failed: JSON for programs, text for people."""
    response = error.get_response()
    advice = _ADVICE.get(response.status_code, str(error.description))
    if request.path.startswith(_FOR_PROGRAMS):
        code = getattr(error, "reason", error.name.lower().replace(" ", "_"))
        response.mimetype = "application/json"
        response.set_data(json.dumps({"error": {"code": code, "message": advice}}))
    else:
        response.mimetype = "text/plain"
        response.set_data(f"{response.status_code} {error.name}\n\n{advice}\n")
    return response
