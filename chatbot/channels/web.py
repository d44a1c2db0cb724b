"""The web channel: a Flask application with the chat page and the JSON API.

    app = create_app(bot, settings)

    POST /api/chat            {"message", "conversation"?} → the reply
    GET  /api/sources         the documents: [{"source", "title"}]
    GET  /api/sources/<path>  one document: its text and headings
    GET  /healthz             {"status": "ok"}
    GET  /                    the chat page; with ?q= it answers without JavaScript
    POST /webhooks/...        see `chatbot.channels.webhooks`
    POST /reload              see `chatbot.channels.reloading`

Every refusal under /api/, /webhooks/ and /reload is {"error": {"code", "message"}}.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Flask, Response, json, jsonify, render_template, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, HTTPException, NotFound

from chatbot.bot import Chatbot
from chatbot.channels.messages import checked_message
from chatbot.channels.reloading import RELOAD_PATH, create_reloading
from chatbot.channels.webhooks import create_webhooks
from chatbot.errors import MessageError
from chatbot.settings import Settings

MAX_BODY_BYTES = 64 * 1024

_ISSUED_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{22}")

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        "connect-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

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


class _Json(DefaultJSONProvider):
    """JSON with the keys in the order in which they were given."""

    sort_keys = False


def create_app(bot: Chatbot, settings: Settings) -> Flask:
    """The web application that answers with this bot."""
    app = Flask(__name__)
    app.json = _Json(app)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.register_blueprint(_create_pages(bot, settings))
    app.register_blueprint(_create_api(bot, settings))
    app.register_blueprint(create_webhooks(bot, settings))
    app.register_blueprint(create_reloading(bot, settings.reload_token))
    app.register_error_handler(HTTPException, _explain)
    app.after_request(_protect)
    return app


def _create_pages(bot: Chatbot, settings: Settings) -> Blueprint:
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def chat_page() -> ResponseReturnValue:
        question = request.args.get("q", "")
        page: dict[str, Any] = {
            "question": question,
            "files": bot.report.files,
            "starters": bot.suggestions(),
        }
        if not question.strip():
            return render_template("chat.html", **page)
        try:
            message = _checked_message(question, settings.max_message_characters)
        except Refusal as refusal:
            page["problem"] = refusal.description
            return render_template("chat.html", **page), 400
        conversation = _issued(request.args.get("conversation", ""))
        page["reply"] = bot.reply(message, conversation)
        return render_template("chat.html", **page)

    @pages.get("/healthz")
    def health() -> ResponseReturnValue:
        return jsonify(status="ok")

    return pages


def _create_api(bot: Chatbot, settings: Settings) -> Blueprint:
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.post("/chat")
    def chat() -> ResponseReturnValue:
        body = _json_object()
        message = _checked_message(body.get("message"), settings.max_message_characters)
        conversation = body.get("conversation")
        if not isinstance(conversation, str | None):
            raise Refusal(
                "invalid_conversation",
                "“conversation” is not text; send the one of the last reply or none.",
            )
        return jsonify(bot.reply(message, _issued(conversation or "")).to_dict())

    @api.get("/sources")
    def sources() -> ResponseReturnValue:
        return jsonify(
            [{"source": source, "title": title} for source, title in bot.documents()]
        )

    @api.get("/sources/<path:source>")
    def source(source: str) -> ResponseReturnValue:
        document = bot.document(source)
        if document is None:
            raise NotFound
        return jsonify(
            source=document.source,
            title=document.title,
            text=document.text,
            headings=[asdict(heading) for heading in document.headings],
        )

    return api


def _json_object() -> dict[str, Any]:
    """The request's body; raises `Refusal` unless it is a JSON object."""
    advice = 'The body is not a JSON object such as {"message": "…"}.'
    try:
        body = request.get_json()
    except (BadRequest, RecursionError):
        raise Refusal("invalid_json", advice) from None
    if not isinstance(body, dict):
        raise Refusal("invalid_json", advice)
    return body


def _checked_message(message: object, limit: int) -> str:
    """The message, when it is text that the bot can read; else raises `Refusal`."""
    if message is None:
        raise Refusal("missing_message", "Send the question as “message”.")
    if not isinstance(message, str):
        raise Refusal("invalid_message", "“message” is not text; send a string.")
    try:
        return checked_message(message, limit)
    except MessageError as error:
        raise Refusal(error.code, str(error)) from None


def _issued(conversation: str) -> str | None:
    """The id when it has the form of those the bot issues, or None.

    Other channels name their conversations otherwise, so that the web cannot join them.
    """
    return conversation if _ISSUED_CONVERSATION.fullmatch(conversation) else None


def _explain(error: HTTPException) -> ResponseReturnValue:
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


def _protect(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response
