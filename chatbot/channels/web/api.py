"""The JSON API: ask, rate a reply, read the documents, and the API's own description.

Requests and replies are checked against the models in `models`: here, and once, where
something is posted, by spectree elsewhere. GET /api/openapi.json describes them to
programs and GET /api/docs to people.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any, TypeVar

import spectree
from flask import Blueprint, Response, jsonify, render_template, request
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadRequest

from chatbot.bot import Chatbot
from chatbot.channels.answer_service import AnswerService
from chatbot.channels.web.asking import ask
from chatbot.channels.web.messages import issued, question_of
from chatbot.channels.web.models import (
    Answered,
    ErrorModel,
    Feedback,
    Question,
    Source,
    SourceText,
    Suggestions,
)
from chatbot.channels.web.refusals import DatabaseFailed, Refusal, Unknown, invalid
from chatbot.channels.web.replies import AnsweredReplies
from chatbot.insights.journal import Journal
from chatbot.settings import Settings

API_PATH = "/api"

Model = TypeVar("Model", bound=BaseModel)


def create_api(
    bot: Chatbot, settings: Settings, service: AnswerService, journal: Journal | None
) -> Blueprint:
    """The routes under /api. Without a journal replies have no id to rate them by."""
    answered = AnsweredReplies(settings.kept_replies)
    api = Blueprint("api", __name__, url_prefix=API_PATH)
    described = spectree.SpecTree(
        "flask",
        mode="strict",
        title="Chatbot that quotes",
        description="Ask documents, and get their own words with the place of each.",
        version="1",
        after=_fail_on_invalid_reply,
        validation_error_status=400,
        validation_error_model=ErrorModel,
        naming_strategy=lambda model: model.__name__.removesuffix("Model"),
        nested_naming_strategy=lambda _, nested: nested.removesuffix("Model"),
    )

    @api.post("/chat")
    @_checks_itself
    @described.validate(
        json=Question,
        resp=_answers(Answered, 413, 415, 503),
        operation_id="ask",
    )
    def chat() -> Response:
        """Ask a question, or go on with a conversation."""
        asked = _body(Question)
        message = question_of(asked.message, settings.max_message_characters)
        exchange = ask(service, message, issued(asked.conversation or ""), "web")
        return Response(answered.of(exchange), mimetype="application/json")

    @api.post("/feedback")
    @_checks_itself
    @described.validate(
        json=Feedback,
        resp=_answers(None, 404, 413, 415, 503),
        operation_id="rate",
    )
    def feedback() -> Response:
        """Say whether a reply helped."""
        rated = _body(Feedback)
        try:
            known = journal and journal.rate(rated.id, rated.rating, rated.comment)
        except SQLAlchemyError as error:
            raise DatabaseFailed from error
        if not known:
            raise Unknown("unknown_reply", "There is no reply with this “id”.")
        return Response(status=204)

    @api.get("/suggestions")
    @described.validate(resp=_answers(Suggestions), operation_id="suggestions")
    def suggestions() -> Response:
        """What to ask first."""
        return jsonify(suggestions=bot.suggestions())

    @api.get("/sources")
    @described.validate(resp=_answers(list[Source]), operation_id="sources")
    def sources() -> Response:
        """The documents, ordered by path."""
        return jsonify(
            [{"source": source, "title": title} for source, title in bot.documents()]
        )

    @api.get("/sources/<path:source>")
    @described.validate(
        resp=_answers(SourceText, 404),
        operation_id="source",
        path_parameter_descriptions={"source": "The document's path in the corpus."},
    )
    def source(source: str) -> Response:
        """One document: its text and headings."""
        document = bot.document(source)
        if document is None:
            raise Unknown(
                "not_found", "There is no such document; /api/sources lists them."
            )
        return jsonify(
            source=document.source,
            title=document.title,
            text=document.text,
            headings=[asdict(heading) for heading in document.headings],
        )

    @api.get("/openapi.json")
    def description() -> Response:
        return jsonify(described.spec)

    @api.get("/docs")
    def description_page() -> str:
        return render_template("api.html", document=described.spec)

    return api


def _checks_itself(described: Callable[[], Response]) -> Callable[[], Response]:
    """A described operation that is run without spectree, which has nothing to check.

    That takes it longer than many a reply takes to make.
    """
    run: Callable[[], Response] = inspect.unwrap(described)

    @wraps(described)
    def operation() -> Response:
        return run()

    return operation


def _answers(model: Any, *refused: int) -> spectree.Response:
    """What an operation answers with: the model, or nothing, or a refusal."""
    codes = {f"HTTP_{status}": ErrorModel for status in (400, 429, *refused)}
    if model is None:
        return spectree.Response("HTTP_204", **codes)
    return spectree.Response(HTTP_200=model, **codes)


def _fail_on_invalid_reply(
    _request: object, _response: object, error: Any, *_: object
) -> None:
    if error is not None:
        raise error


def _body(model: type[Model]) -> Model:
    """What the request's body says; raises `Refusal` unless that is such a model."""
    advice = "The body is not the JSON object that /api/docs describes."
    try:
        body = request.get_json()
    except (BadRequest, RecursionError):
        raise Refusal("invalid_json", advice) from None
    if not isinstance(body, dict):
        raise Refusal("invalid_json", advice)
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise invalid(error) from None
