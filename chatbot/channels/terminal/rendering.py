"""Reply to text: pieces of text, each with a style, that a screen can write.

A fragment's text is never changed here: what is quoted stands in it character for
character. Line breaks are part of the text; the last line has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from textwrap import indent
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from chatbot.answering.interpretation import Interpretation
    from chatbot.answering.quoting import Quote
    from chatbot.reply import Reply

Style = Literal["text", "quote", "passage", "source", "note"]

Fragment = tuple[str, Style]
"""A piece of text and the style that it is shown in."""

QuoteLayout = Callable[["Quote"], list[Fragment]]
"""How a quote is set off from the passage around it."""

LONG_PASSAGE = 800
"""Characters above which only the sentences next to the quote are shown."""

LONGEST_NEIGHBOUR = 400
"""Characters shown at most on either side of a quote in a long passage."""


def quote_inside_passage(quote: Quote) -> list[Fragment]:
    """The passage with the quote in a style of its own, for a screen with colour."""
    before, after = _surroundings(quote)
    return [
        (before, "passage"),
        (quote.text, "quote"),
        (after, "passage"),
        ("\n", "text"),
        (_origin(quote), "source"),
    ]


def quote_above_passage(quote: Quote) -> list[Fragment]:
    """The quote by itself, then the passage with the quote between » and «."""
    fragments: list[Fragment] = [(quote.text, "quote"), ("\n\n", "text")]
    before, after = _surroundings(quote)
    if any(character.isalnum() for character in before + after):
        passage = indent(f"{before}»{quote.text}«{after}", "    ")
        fragments += [(passage, "passage"), ("\n\n", "text")]
    return [*fragments, (_origin(quote), "source")]


def render_reply(reply: Reply, lay_out: QuoteLayout) -> list[Fragment]:
    """A reply as a person reads it: words, source, suggestions, how it was read."""
    if reply.kind == "answer" and reply.quotes:
        fragments = lay_out(reply.quotes[0])
    else:
        fragments = [(reply.text, "text")]
        if reply.suggestions and reply.kind == "clarify":
            fragments.append((f"\n{_numbered(reply.suggestions)}", "text"))
        elif untold := _untold(reply):
            listed = "".join(f"\n  - {text}" for text in untold)
            fragments.append((f"\n\nYou can ask about:{listed}", "text"))
    notes = [reply.notice] if reply.notice else []
    notes += _notes(reply.interpretation)
    if notes and reply.kind != "answer" and reply.suggestions:
        fragments.append(("\n", "text"))
    return fragments + [(f"\n{note}", "note") for note in notes]


def _untold(reply: Reply) -> list[str]:
    """The suggestions whose heading does not stand in the reply's own words."""
    from chatbot.conversation.suggestions import suggested_heading

    return [
        suggestion
        for suggestion in reply.suggestions
        if (suggested_heading(suggestion) or suggestion) not in reply.text
    ]


def render_explanation(reply: Reply, threshold: float) -> list[Fragment]:
    """Why the reply is what it is: how sure the bot is and how it read the question.

    `threshold` is the confidence below which a reply is “not found”.
    """
    if reply.kind == "small_talk":
        return [("That was small talk: nothing was searched for.", "text")]
    lines = [
        f"Confidence {reply.confidence:.2f}: of replies as sure as this, about "
        f"{reply.confidence:.0%} are right.",
        f"Below {threshold:.2f} the reply is “not found”.",
    ]
    if reply.kind == "clarify":
        lines.append("Each of the headings holds what you asked about nearly as well.")
    lines += reply.interpretation.in_words
    return [("\n".join(lines), "text")]


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 passage`, `2,000 passages`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _surroundings(quote: Quote) -> tuple[str, str]:
    """What is shown of the passage before and after the quote."""
    passage = quote.passage
    quote_start, quote_end = quote.start - passage.start, quote.end - passage.start
    before, after = passage.text[:quote_start], passage.text[quote_end:]
    if len(passage.text) <= LONG_PASSAGE:
        return before, after
    spans = [(a - passage.start, b - passage.start) for a, b in passage.sentences]
    first = max((start for start, end in spans if end <= quote_start), default=0)
    last = min((end for start, end in spans if start >= quote_end), default=None)
    return _shortened_left(before, first), _shortened_right(after, last, quote_end)


def _shortened_left(before: str, start: int) -> str:
    """The text from `start` on, or as many of its last words as may be shown."""
    near = before[start:]
    if len(near) > LONGEST_NEIGHBOUR:
        near = near[-LONGEST_NEIGHBOUR:].partition(" ")[2]
    return near if near == before else f"… {near}"


def _shortened_right(after: str, end: int | None, offset: int) -> str:
    """The text up to `end`, or as many of its first words as may be shown."""
    near = after if end is None else after[: end - offset]
    if len(near) > LONGEST_NEIGHBOUR:
        near = near[:LONGEST_NEIGHBOUR].rpartition(" ")[0]
    return near if near == after else f"{near} …"


def _origin(quote: Quote) -> str:
    """Where the quote stands: file, line, heading and, if it has one, address."""
    parts = [f"{quote.source}, line {quote.line}"]
    if quote.heading:
        parts.append(f"under “{' '.join(quote.heading.split())}”")
    if quote.passage.url:
        parts.append(quote.passage.url)
    return " · ".join(parts)


def _notes(read: Interpretation) -> list[str]:
    notes = []
    if read.corrected:
        notes.append(f"searched for: {_listed(right for _, right in read.corrected)}")
    if read.follow_up_of:
        notes.append(f"about: {read.follow_up_of}")
    return notes


def _numbered(texts: Iterable[str]) -> str:
    """The texts one a line, each on a line of its own, counted from 1."""
    one_line = (" ".join(text.split()) for text in texts)
    return "".join(f"\n  {n}. {text}" for n, text in enumerate(one_line, start=1))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
