"""Markdown in which a document's text stays a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from chatbot.answering.quoting import Quote
from chatbot.channels.replies import written_reply
from chatbot.channels.webhooks.markdown import (
    MattermostMarkdown,
    RocketChatMarkdown,
    calm,
)
from chatbot.documents.document import Passage
from chatbot.reply import Reply

JOINER = "\u2060"
LINES = st.text(st.sampled_from("ab1 .@#&<>!|*_~`[]()\\:-+=/"), max_size=60)
"""A line as a document may have it, with all that Markdown makes something of."""


@pytest.mark.parametrize(
    ("text", "calmed"),
    [
        ("ask @channel now", f"ask @{JOINER}channel now"),
        ("(@all)", f"(@{JOINER}all)"),
        ("@@here", f"@@{JOINER}here"),
        ("_@here_", f"_@{JOINER}here_"),
        ("#general", f"#{JOINER}general"),
        (":smile:", f":{JOINER}smile:"),
        ("write to ann@shop.example", "write to ann@shop.example"),
        (
            "at 10:30, for 5 @ 3 each, C# or no. # 7",
            "at 10:30, for 5 @ 3 each, C# or no. # 7",
        ),
    ],
)
def test_mentions_and_emoji_are_made_plain(text: str, calmed: str) -> None:
    assert calm(text) == calmed


@given(LINES)
def test_commonmark_shows_a_line_as_it_is(line: str) -> None:
    line = " ".join(line.split())
    markup = MattermostMarkdown()
    html = MarkdownIt("commonmark").render(markup.quoted(markup.escaped(line)))
    tags = re.sub(r"</?(blockquote|p)>", "", html)
    assert "<" not in tags
    shown = tags.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert shown.replace("&amp;", "&").replace(JOINER, "").strip() == line


def test_the_place_stands_below_the_quote_and_not_in_it() -> None:
    passage = Passage("1", "a_guide.md", "Guide", "One.\nTwo.", 0, 9, 2)
    reply = Reply("answer", "", "c", quotes=(Quote("One.\nTwo.", passage, 2, 0, 9),))
    text = written_reply(reply, MattermostMarkdown(), "https://ask.example")
    quote, place = MarkdownIt("commonmark").render(text).split("</blockquote>")
    assert quote == "<blockquote>\n<p>One.\nTwo.</p>\n"
    assert re.fullmatch(
        r'\n<p><em><a href="[^"]+">a_guide\.md, line 2</a></em></p>\n', place
    )


@given(LINES)
def test_rocket_chat_finds_no_link_mention_or_code(line: str) -> None:
    text = RocketChatMarkdown().escaped(line)
    assert text.replace(JOINER, "") == line
    assert not re.search(r"\]\(|<[^\u2060]|\|\||```|!\[|(?<!\w)[@#]\w", text)


@pytest.mark.parametrize("markup", [MattermostMarkdown(), RocketChatMarkdown()])
def test_prose_is_left_as_it_is(
    markup: MattermostMarkdown | RocketChatMarkdown,
) -> None:
    prose = "We don't (usually) ship on 24.12., or do we? “Yes!” – 5 % do; see A/B."
    assert markup.escaped(prose) == prose
