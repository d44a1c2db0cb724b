"""The addresses of the documents' pages, and of the list of them."""

from __future__ import annotations

import math

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from chatbot.bot import Chatbot
from chatbot.channels.source_links import SOURCES_PATH
from chatbot.channels.web.source_page.quotation import read_quotation
from chatbot.channels.web.source_page.view import line_of, view_of

DOCUMENTS_A_PAGE = 1_000


def create_source_page(bot: Chatbot) -> Blueprint:
    """The routes of the documents' pages."""
    pages = Blueprint("source_page", __name__)

    def sources() -> frozenset[str]:
        return frozenset(source for source, _ in bot.documents())

    @pages.get(SOURCES_PATH)
    def list_documents() -> str:
        documents = bot.documents()
        last = max(1, math.ceil(len(documents) / DOCUMENTS_A_PAGE))
        number = min(max(request.args.get("page", 1, int), 1), last)
        end = number * DOCUMENTS_A_PAGE
        return render_template(
            "sources.html",
            documents=documents[end - DOCUMENTS_A_PAGE : end],
            count=len(documents),
            number=number,
            pages=last,
        )

    @pages.get(f"{SOURCES_PATH}/<path:source>")
    def show(source: str) -> ResponseReturnValue:
        document = bot.document(source)
        if document is None:
            return render_template("source_gone.html", source=source), 404
        asked = request.args
        quotation = read_quotation(
            asked.get("quote", ""), asked.get("check", ""), document.text
        )
        if quotation.moved and quotation.found:
            # The line of a link's fragment never reaches the server; this replaces it.
            place = url_for(
                "source_page.show",
                source=source,
                quote="{}-{}".format(*quotation.span),
                check=asked["check"],
                view=asked.get("view"),
                _anchor=f"L{line_of(document, quotation.span[0])}",
            )
            return redirect(place)
        number = asked.get("part", 1, int)
        as_written = asked.get("view") == "text"
        view = view_of(document, quotation, number, as_written, sources)
        return render_template("source.html", view=view)

    return pages
