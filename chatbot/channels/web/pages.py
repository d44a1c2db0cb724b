"""The chat page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from chatbot.bot import Chatbot
from chatbot.channels.answer_service import AnswerService
from chatbot.channels.web.asking import ask
from chatbot.channels.web.messages import issued, question_of
from chatbot.channels.web.refusals import Refusal
from chatbot.channels.web.replies import shown_reply
from chatbot.settings import Settings

MOST_DOCUMENTS = 20
MOST_HEADINGS = 12


def create_pages(bot: Chatbot, settings: Settings, service: AnswerService) -> Blueprint:
    """The routes of the pages that people begin with."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def chat_page() -> ResponseReturnValue:
        question = request.args.get("q", "")
        page: dict[str, Any] = {
            "question": question,
            "files": bot.report.files,
            "contents": bot.contents(MOST_DOCUMENTS, MOST_HEADINGS),
            "starters": bot.suggestions(),
            "reply": None,
            "problem": "",
            "conversation": issued(request.args.get("conversation", "")),
            "most_characters": settings.max_message_characters,
        }
        if not question.strip():
            return render_template("chat.html", **page)
        try:
            message = question_of(question, settings.max_message_characters)
        except Refusal as refusal:
            page["problem"] = refusal.description
            return render_template("chat.html", **page), 400
        exchange = ask(service, message, page["conversation"], "web")
        page["reply"] = shown_reply(exchange.reply, exchange.id)
        page["conversation"] = exchange.reply.conversation
        return render_template("chat.html", **page)

    return pages
