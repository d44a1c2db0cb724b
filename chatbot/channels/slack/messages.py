"""Reply to message: a quote in its passage, where it stands, and what to press next."""

from __future__ import annotations

from chatbot.answering.quoting import Quote
from chatbot.channels import mrkdwn
from chatbot.channels.replies import notes_of
from chatbot.channels.shortening import shortened, shortened_to, utf16_length
from chatbot.channels.slack.blocks import (
    MAX_TEXT,
    Block,
    Message,
    Piece,
    button,
    button_value,
    buttons,
    line,
    link,
    person,
    quote,
    rich_text,
    text,
)
from chatbot.channels.source_links import source_link
from chatbot.reply import Reply

ASK, RATE_UP, RATE_DOWN, SHARE = "ask", "rate-up", "rate-down", "share"
"""What buttons do; those that ask have a number behind, as a row's differ."""

LONG_PASSAGE = 800
"""Characters of a passage that is shown as a whole; of a longer one the sentences next
to the quote are."""

_SOURCE_CHARACTERS = 200
_HEADING_CHARACTERS = 200
_NOTE_CHARACTERS = 200
_QUESTION_CHARACTERS = 500


def message_of(
    reply: Reply,
    exchange: str = "",
    *,
    public_url: str = "",
    asked: tuple[str, str] | None = None,
    share: str = "",
) -> Message:
    """A reply as a message.

    `exchange` is the journal's id, under which its buttons rate it. `public_url` is the
    server's address, for the link to the quote's place. `asked` is the person and the
    question to show above the answer. `share` is what the button that shares it carries
    back; without, there is none.
    """
    parts = [_question(*asked)] if asked else []
    if reply.kind == "answer" and reply.quotes:
        parts += _quoted(reply.quotes[0], public_url)
    else:
        parts.append(line(text(shortened_to(reply.text, MAX_TEXT))))
    for note in notes_of(reply):
        words = shortened_to(note, _NOTE_CHARACTERS)
        parts.append(line(text(f"\n{words}", italic=True)))
    rows = [rich_text(*parts), *_suggestions(reply), *_opinions(reply, exchange, share)]
    return Message(mrkdwn.from_reply(reply, public_url), tuple(rows))


def plain_message(words: str) -> Message:
    """The bot's own words as a message."""
    words = shortened_to(words, MAX_TEXT)
    fallback = shortened(
        words, lambda part: utf16_length(mrkdwn.escaped(part)) <= MAX_TEXT
    )
    return Message(mrkdwn.escaped(fallback), (rich_text(line(text(words))),))


def _question(user: str, question: str) -> Block:
    words = shortened_to(" ".join(question.split()), _QUESTION_CHARACTERS)
    return line(person(user), text(f" asked: {words}"))


def _quoted(found: Quote, public_url: str) -> list[Block]:
    """The quote in bold in its passage, and below it the place."""
    address = source_link(found, public_url)
    pieces, is_whole = _in_passage(found)
    if not is_whole and address:
        pieces += [text(" "), link("Read on", address)]
    source = shortened_to(found.source, _SOURCE_CHARACTERS)
    place = f"{source}, line {found.line}"
    if found.heading:
        heading = shortened_to(" ".join(found.heading.split()), _HEADING_CHARACTERS)
        place += f" · under “{heading}”"
    below = [link(place, address)]
    if found.passage.url.startswith(("https://", "http://")):
        below += [text(" · "), link(found.passage.url, found.passage.url)]
    return [quote(*pieces), line(*below)]


def _in_passage(found: Quote) -> tuple[list[Piece], bool]:
    """The quote with what stands around it, and whether its sentences are whole."""
    passage = found.passage
    if utf16_length(passage.text) <= LONG_PASSAGE:
        start, end = passage.start, passage.end
    else:
        spans = passage.sentences
        start = max((a for a, b in spans if b <= found.start), default=found.start)
        end = min((b for a, b in spans if a >= found.end), default=found.end)
    before = passage.text[start - passage.start : found.start - passage.start]
    after = passage.text[found.end - passage.start : end - passage.start]
    words = shortened_to(found.text, MAX_TEXT)
    is_whole = words == found.text
    if not is_whole or utf16_length(before + words + after) > MAX_TEXT - 10:
        before, after, start, end = "", "", found.start, found.end
    left = "… " if start > passage.start else ""
    right = " …" if end < passage.end and is_whole else ""
    pieces = [text(left + before), text(words, bold=True), text(after + right)]
    return pieces, is_whole and not left and not right


def _suggestions(reply: Reply) -> list[Block]:
    """Headings to choose from, or to ask about next, as buttons."""
    asking = [
        button(f"{ASK}-{number}", words, button_value(words))
        for number, words in enumerate(reply.suggestions)
    ]
    return [buttons("suggestions", *asking)] if asking else []


def _opinions(reply: Reply, exchange: str, share: str) -> list[Block]:
    """The buttons that say what one thinks of a reply, and the one that shares it."""
    pressed = []
    if exchange and reply.kind in ("answer", "not_found"):
        pressed = [
            button(RATE_UP, "👍", exchange),
            button(RATE_DOWN, "👎", exchange),
        ]
    if share and reply.kind == "answer":
        pressed.append(button(SHARE, "Share with the channel", share))
    return [buttons("opinions", *pressed)] if pressed else []
