"""The chat page, and the address that says that the server is alive."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from chatbot.bot import Chatbot
from chatbot.channels.web.messages import issued, question_of
from chatbot.channels.web.refusals import Refusal
from chatbot.channels.web.replies import shown_reply
from chatbot.insights.journal import Journal
from chatbot.settings import Settings

MOST_DOCUMENTS = 20
MOST_HEADINGS = 12


def create_pages(
    bot: Chatbot, settings: Settings, journal: Journal | None
) -> Blueprint:
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
        }
        if not question.strip():
            return render_template("chat.html", **page)
        try:
            message = question_of(question, settings.max_message_characters)
        except Refusal as refusal:
            page["problem"] = refusal.description
            return render_template("chat.html", **page), 400
        conversation = issued(request.args.get("conversation", ""))
        reply = bot.reply(message, conversation)
        exchange = journal.record(message, reply, "web") if journal else ""
        page["reply"] = shown_reply(reply, exchange)
        return render_template("chat.html", **page)

    @pages.get("/healthz")
    def health() -> ResponseReturnValue:
        return jsonify(status="ok")

    return pages
