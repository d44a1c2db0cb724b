"""mrkdwn, the markup of Slack's messages: reading it and writing replies in it.

For example:

    mrkdwn.plain_text("is &lt;b&gt; in <https://a.example|the guide>?")
    # "is <b> in the guide?"
    mrkdwn.from_reply(reply)
    # "> All orders ship within two days.\\n_shipping.md, “Delivery”, line 12_"
"""

from __future__ import annotations

import re

from chatbot.answering.quoting import Quote
from chatbot.reply import Reply

MAX_CHARACTERS = 3000

_CITATION_CHARACTERS = 500
_NOTE_CHARACTERS = 200
_REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*(?=\s)|[。！？]")
_CUT_ENTITY = re.compile(r"&[a-z]{0,3}\Z")


def plain_text(markup: str) -> str:
    """What a person typed, from the text that Slack sends.

    Links become their label or address, channels and people their name, if one is
    given.
    """
    text = _REFERENCE.sub(_referent, markup)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text.strip()


def escaped(text: str) -> str:
    """The text with the three characters that begin links and mentions made plain."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def from_reply(reply: Reply) -> str:
    """A reply in mrkdwn of at most `MAX_CHARACTERS`, cut at a sentence's end."""
    note = _searched_for(reply)
    if reply.kind != "answer" or not reply.quotes:
        lines = [escaped(reply.text), *_listed(reply)]
        return _shortened("\n".join(lines), MAX_CHARACTERS - len(note)) + note
    quote = reply.quotes[0]
    citation = f"\n_{_shortened(escaped(_citation(quote)), _CITATION_CHARACTERS)}_"
    words = "> " + "\n> ".join(escaped(quote.text).splitlines())
    end = citation + note
    return _shortened(words, MAX_CHARACTERS - len(end)) + end


def _searched_for(reply: Reply) -> str:
    """A line with the words that misspelt ones were taken for, or nothing."""
    meant = ", ".join(right for _, right in reply.interpretation.corrected)
    note = _shortened(escaped(f"searched for: {meant}"), _NOTE_CHARACTERS)
    return f"\n_{note}_" if meant else ""


def _listed(reply: Reply) -> list[str]:
    """The suggestions, a line each; with its number where it is one to choose."""
    texts = [" ".join(escaped(text).split()) for text in reply.suggestions]
    if reply.kind == "clarify":
        return [f"{number}. {text}" for number, text in enumerate(texts, start=1)]
    return [f"• {text}" for text in texts]


def _citation(quote: Quote) -> str:
    heading = f", “{quote.heading}”" if quote.heading else ""
    return f"{quote.source}{heading}, line {quote.line}"


def _referent(match: re.Match[str]) -> str:
    target, label = match.groups()
    if label is not None:
        return str(label)
    return "" if target.startswith(("@", "!", "#")) else str(target)


def _shortened(markup: str, limit: int) -> str:
    """The markup, or as many of its sentences as fit, with “…” for the rest."""
    if len(markup) <= limit:
        return markup
    front = markup[: limit - 2]
    ends = [match.end() for match in _SENTENCE_END.finditer(front)]
    if ends:
        return f"{front[: ends[-1]]} …"
    words = front.rpartition(" ")[0]
    return f"{_CUT_ENTITY.sub('', words or front)}…"
