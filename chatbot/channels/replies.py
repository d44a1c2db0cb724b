"""A reply as one text, in whatever markup a chat platform reads.

For example, in mrkdwn:

    written_reply(reply, markup)
    # "> All orders ship within two days.\\n_shipping.md, “Delivery”, line 12_"
"""

from __future__ import annotations

from typing import Protocol

from chatbot.answering.quoting import Quote
from chatbot.channels.shortening import shortened, utf16_length
from chatbot.channels.source_links import source_link
from chatbot.reply import Reply

MAX_CHARACTERS = 3000
"""Of a written reply: what the strictest platform takes."""

_CITATION_CHARACTERS = 500
_LINK_CHARACTERS = 1000
_NOTE_CHARACTERS = 200


class Markup(Protocol):
    """How one platform writes text: what differs from one markup to the next."""

    line_break: str
    """What ends a line."""

    def escaped(self, text: str) -> str:
        """The text so that it reads as it is: no formatting, no link, no mention."""

    def quoted(self, markup: str) -> str:
        """Lines of markup as a block quote."""

    def in_italics(self, markup: str) -> str:
        """One line of markup in italics."""

    def linked(self, markup: str, address: str) -> str:
        """One line of markup as a link."""


def written_reply(reply: Reply, markup: Markup, public_url: str = "") -> str:
    """A reply of at most `MAX_CHARACTERS`, cut at a sentence's end.

    With a `public_url` the quote's place is a link to the page that shows it.
    """
    note = "".join(_note(words, markup) for words in notes_of(reply))
    if reply.kind != "answer" or not reply.quotes:
        lines = "\n".join((reply.text, *_listed(reply)))
        return (
            _fitting(lines, MAX_CHARACTERS - utf16_length(note), markup, quoted=False)
            + note
        )
    end = _citation(reply.quotes[0], markup, public_url) + note
    text = reply.quotes[0].text
    return _fitting(text, MAX_CHARACTERS - utf16_length(end), markup, quoted=True) + end


def _fitting(text: str, characters: int, markup: Markup, *, quoted: bool) -> str:
    """As much of a text as fits once it is markup."""

    def written(text: str) -> str:
        lines = markup.line_break.join(map(markup.escaped, text.splitlines()))
        return markup.quoted(lines) if quoted else lines

    return written(
        shortened(text, lambda part: utf16_length(written(part)) <= characters)
    )


def _note(words: str, markup: Markup) -> str:
    """A line of its own for what is said about a reply."""
    text = _fitting(words, _NOTE_CHARACTERS, markup, quoted=False)
    return markup.line_break + markup.in_italics(text)


def _listed(reply: Reply) -> list[str]:
    """The suggestions, a line each; with its number where it is one to choose."""
    texts = [" ".join(text.split()) for text in reply.suggestions]
    if reply.kind == "clarify":
        return [f"{number}. {text}" for number, text in enumerate(texts, start=1)]
    return [f"• {text}" for text in texts]


def _citation(quote: Quote, markup: Markup, public_url: str) -> str:
    """A line that says where a quote stands."""
    place = " ".join(citation(quote).split())
    text = _fitting(place, _CITATION_CHARACTERS, markup, quoted=False)
    address = source_link(quote, public_url)
    if address and len(address) <= _LINK_CHARACTERS:
        text = markup.linked(text, address)
    return markup.line_break + markup.in_italics(text)


def citation(quote: Quote) -> str:
    """Where a quote stands: `guide.txt, “Delivery”, line 2`."""
    heading = f", “{quote.heading}”" if quote.heading else ""
    return f"{quote.source}{heading}, line {quote.line}"


def notes_of(reply: Reply) -> list[str]:
    """What to say about a reply: which words misspelt ones were taken for, what was
    taken over from earlier questions, and what became of the conversation."""
    read = reply.interpretation
    meant = ", ".join(right for _, right in read.corrected)
    notes = [f"searched for: {meant}"] if meant else []
    notes += [f"about: {read.follow_up_of}"] if read.follow_up_of else []
    return notes + ([reply.notice] if reply.notice else [])
