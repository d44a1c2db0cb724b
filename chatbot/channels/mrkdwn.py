"""mrkdwn, the markup of Slack's messages: reading it and writing replies in it.

For example:

    mrkdwn.plain_text("is &lt;b&gt; in <https://a.example|the guide>?")
    # "is <b> in the guide?"
    mrkdwn.from_reply(reply)
    # "> All orders ship within two days.\\n_shipping.md, “Delivery”, line 12_"
"""

from __future__ import annotations

import re

from chatbot.channels.replies import written_reply
from chatbot.reply import Reply

_REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


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


def from_reply(reply: Reply, public_url: str = "") -> str:
    """A reply in mrkdwn of at most `MAX_CHARACTERS`, cut at a sentence's end."""
    return written_reply(reply, _Mrkdwn(), public_url)


class _Mrkdwn:
    """Slack's markup.

    There is no escape for its `*`, `_`, `~` and backticks, which may format a word.
    """

    line_break = "\n"

    def escaped(self, text: str) -> str:
        return escaped(text)

    def quoted(self, markup: str) -> str:
        return "> " + markup.replace("\n", "\n> ")

    def in_italics(self, markup: str) -> str:
        return f"_{markup}_"

    def linked(self, markup: str, address: str) -> str:
        return f"<{escaped(address)}|{markup}>"


def _referent(match: re.Match[str]) -> str:
    target, label = match.groups()
    if label is not None:
        return str(label)
    return "" if target.startswith(("@", "!", "#")) else str(target)
