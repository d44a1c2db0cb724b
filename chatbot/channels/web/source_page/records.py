"""The records of a JSON Lines file, to HTML: each with its title, text and address."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from chatbot.channels.web.source_page.links import EXTERNAL, is_web_address
from chatbot.channels.web.source_page.quotation import marked
from chatbot.documents.document import Heading, Passage, Span

_RECORD = Markup(
    '<section class="record" id="L{0}" data-line="{0}">{1}<p>{2}</p>{3}</section>\n'
)
_TITLE = Markup("<h2>{}</h2>")
_ADDRESS = Markup('<p class="address"><a href="{0}" rel="{1}">{0}</a></p>')


def render_records(
    passages: Sequence[Passage], headings: Sequence[Heading], quoted: Span
) -> Markup:
    """Records with the titles that stand above them."""
    titles = {heading.end + 1: heading for heading in headings}
    rows = []
    for passage in passages:
        title = titles.get(passage.start)
        rows.append(
            _RECORD.format(
                passage.line,
                _TITLE.format(marked(title.text, title.start, quoted)) if title else "",
                marked(passage.text, passage.start, quoted),
                _address(passage.url),
            )
        )
    return Markup().join(rows)


def _address(url: str) -> Markup:
    if not is_web_address(url):
        return Markup()
    return _ADDRESS.format(url, EXTERNAL)
