"""The JSON API: ask, and read the documents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from chatbot.bot import Chatbot
from chatbot.channels.source_links import quote_path
from chatbot.channels.web.messages import issued, question_of
from chatbot.channels.web.refusals import Refusal
from chatbot.reply import Reply
from chatbot.settings import Settings


def create_api(bot: Chatbot, settings: Settings) -> Blueprint:
    """The routes under /api."""
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.post("/chat")
    def chat() -> ResponseReturnValue:
        body = _json_object()
        message = question_of(body.get("message"), settings.max_message_characters)
        conversation = body.get("conversation")
        if not isinstance(conversation, str | None):
            raise Refusal(
                "invalid_conversation",
                "“conversation” is not text; send the one of the last reply or none.",
            )
        return jsonify(_with_links(bot.reply(message, issued(conversation or ""))))

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


def _with_links(reply: Reply) -> dict[str, Any]:
    """The reply's JSON, in which each quote has the path of its place as “link”."""
    answer = reply.to_dict()
    for quote, shown in zip(reply.quotes, answer["quotes"], strict=True):
        shown["link"] = quote_path(quote)
    return answer


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
