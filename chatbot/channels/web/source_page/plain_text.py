"""Text as it is written, to HTML: a row for each line, with its number as anchor."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from chatbot.channels.web.source_page.parts import depths
from chatbot.channels.web.source_page.quotation import marked
from chatbot.documents.document import Heading, Span

_PARAGRAPH = Markup("<p>{}</p>\n")
_LINE = Markup('<span class="line" id="L{0}" data-line="{0}">{1}\n</span>')
_HEADING = Markup('<h{0} class="line" id="L{1}" data-line="{1}">{2}</h{0}>\n')


def render_plain_text(
    text: str, part: Span, headings: Sequence[Heading], quoted: Span
) -> Markup:
    """A part of a text, with the headings that stand in it."""
    depth_of = {
        heading.line: depth
        for heading, depth in zip(headings, depths(headings), strict=True)
    }
    rows: list[Markup] = []
    paragraph: list[Markup] = []

    def end_paragraph() -> None:
        if paragraph:
            rows.append(_PARAGRAPH.format(Markup().join(paragraph)))
            paragraph.clear()

    offset = part[0]
    first = text.count("\n", 0, offset) + 1
    for number, line in enumerate(text[slice(*part)].split("\n"), first):
        shown = marked(line, offset, quoted)
        offset += len(line) + 1
        if depth := depth_of.get(number):
            end_paragraph()
            rows.append(_HEADING.format(depth, number, shown))
        elif line.strip():
            paragraph.append(_LINE.format(number, shown))
        else:
            end_paragraph()
    end_paragraph()
    return Markup().join(rows)
