"""Markdown that says what a document says: nothing in it formats, links or calls.

Mattermost and Rocket.Chat read different Markdown, and call people wherever a message
says `@channel` or `@all`. An invisible word joiner behind the `@` keeps it a text.
"""

from __future__ import annotations

import re

_JOINER = "\u2060"
_MENTION = re.compile(r"(?<![^\W_])([@#])(?=\w)")
_EMOJI = re.compile(r":(?=[\w+-]+:)")
_MARK = re.compile(r"([\\`*_~\[\]|])")
_ROCKET_CHAT_MARK = re.compile(r"\](?=\()|!(?=\[)|<|\|(?=\|)|`(?=``)")
_BLOCK = re.compile(r"(?m)^([^\S\n]*)([#+=-]|\d+(?=[.)]))")


def calm(text: str) -> str:
    """The text with mentions, hashtags and names of emoji made plain.

    An `@` inside a word, as in an address of e-mail, calls nobody and is left alone.
    """
    return _EMOJI.sub(f":{_JOINER}", _MENTION.sub(rf"\1{_JOINER}", text))


class Markdown:
    """Quotes, links and italics as both platforms write them."""

    line_break = "\n"

    def quoted(self, markup: str) -> str:
        # Without an empty line behind, the next one would belong to the quote.
        return "> " + markup.replace("\n", "\n> ") + "\n"

    def in_italics(self, markup: str) -> str:
        return f"_{markup}_"

    def linked(self, markup: str, address: str) -> str:
        return f"[{markup}]({address})"


class MattermostMarkdown(Markdown):
    """CommonMark, to which Slack's `<!channel>` and `<address|label>` are added.

    https://docs.mattermost.com/collaborate/format-messages.html
    """

    def escaped(self, text: str) -> str:
        marked = _BLOCK.sub(_escaped_block, _MARK.sub(r"\\\1", text))
        entities = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
        for character, entity in entities:
            marked = marked.replace(character, entity)
        return calm(marked)


class RocketChatMarkdown(Markdown):
    """Rocket.Chat's own; it has no escape, so that `*` and `_` may format a word.

    What links or hides is broken by word joiners instead.
    """

    def escaped(self, text: str) -> str:
        return calm(_ROCKET_CHAT_MARK.sub(rf"\g<0>{_JOINER}", text))


def _escaped_block(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark}\\" if mark[0].isdigit() else f"{space}\\{mark}"
