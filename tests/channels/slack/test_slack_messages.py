"""Replies as Block Kit: what is shown, what can be pressed, and what Slack accepts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot import Chatbot
from chatbot.answering.interpretation import Interpretation
from chatbot.answering.quoting import Quote
from chatbot.channels.slack.blocks import Message, button_value, words_of
from chatbot.channels.slack.messages import message_of, plain_message
from chatbot.documents.document import Heading, Passage
from chatbot.reply import Reply
from chatbot.settings import Settings
from tests.slack_mock import refusal_of

PUBLIC_URL = "https://ask.example"
ANSWER = "All orders ship within two days."
PASSAGE = f"We pack at noon. {ANSWER} Bulky ones take longer."


def answer(
    passage: str = PASSAGE,
    sentence: str = ANSWER,
    heading: str = "",
    source: str = "guide.txt",
    suggestions: tuple[str, ...] = (),
    url: str = "",
) -> Reply:
    """A reply that quotes a sentence of a passage of three at most."""
    start = passage.index(sentence)
    end = start + len(sentence)
    sentences = [(0, start), (start, end), (end, len(passage))]
    spans = tuple((a, b) for a, b in sentences if passage[a:b].strip())
    headings = (Heading(heading, 1, 1, 0, len(heading)),) if heading else ()
    whole = Passage(
        "1", source, "Guide", passage, 0, len(passage), 2, headings, spans, url
    )
    quote = Quote(sentence, whole, 2, start, end)
    return Reply("answer", sentence, "c", 0.9, (quote,), suggestions)


def pieces(message: Message) -> list[dict[str, Any]]:
    """The pieces of rich text of a message, one after the other."""
    texts = [block for block in message.blocks if block["type"] == "rich_text"]
    parts = [part for block in texts for part in block["elements"]]
    return [piece for part in parts for piece in part["elements"]]


def shown(message: Message) -> str:
    return "".join(piece.get("text", "@") for piece in pieces(message))


def labels(message: Message) -> dict[str, str]:
    """The labels of the buttons, by what they do."""
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return {
        element["action_id"]: element["text"]["text"]
        for row in rows
        for element in row["elements"]
    }


def test_the_answering_sentence_is_bold_in_a_quote_of_its_passage() -> None:
    quote = message_of(answer()).blocks[0]["elements"][0]
    assert quote == {
        "type": "rich_text_quote",
        "elements": [
            {"type": "text", "text": "We pack at noon. "},
            {"type": "text", "text": ANSWER, "style": {"bold": True}},
            {"type": "text", "text": " Bulky ones take longer."},
        ],
    }


def test_the_place_stands_below_and_leads_to_the_source_page() -> None:
    message = message_of(answer(heading="Delivery"), public_url=PUBLIC_URL)
    place = pieces(message)[-1]
    assert place["type"] == "link"
    assert place["text"] == "guide.txt, line 2 · under “Delivery”"
    assert place["url"].startswith(f"{PUBLIC_URL}/sources/guide.txt?quote=17-49")


def test_without_a_public_address_the_place_is_text() -> None:
    message = message_of(answer())
    assert pieces(message)[-1] == {"type": "text", "text": "guide.txt, line 2"}


def test_the_address_of_a_record_stands_behind_its_place() -> None:
    url = "https://shop.example/faq"
    last = pieces(message_of(answer(url=url)))[-1]
    assert last == {"type": "link", "url": url, "text": url}
    assert "javascript" not in str(message_of(answer(url="javascript:x")).blocks)


def test_a_long_passage_is_the_sentences_next_to_the_quote() -> None:
    words = "Something else is said here. " * 50
    message = message_of(
        replace_spans(answer(f"{words}Before it. {ANSWER} After it. {words}")),
        public_url=PUBLIC_URL,
    )
    assert shown(message).startswith(f"… Before it. {ANSWER} After it. … Read on")


def replace_spans(reply: Reply) -> Reply:
    """The reply with the spans of all sentences of its passage."""
    quote = reply.quotes[0]
    found = re.finditer(r"[A-Z][^.]*\.", quote.passage.text)
    spans = tuple(match.span() for match in found)
    passage = replace(quote.passage, sentences=spans)
    return replace(reply, quotes=(replace(quote, passage=passage),))


def test_an_endless_paragraph_is_cut_at_a_sentence_with_a_link_to_the_rest() -> None:
    sentence = "A sentence of words. " * 1000
    message = message_of(answer(sentence, sentence), public_url=PUBLIC_URL)
    text = shown(message)
    assert "A sentence of words. … Read onguide.txt, line 2" in text
    assert refusal_of(message.to_dict()) == ""


def test_choices_are_buttons_that_say_the_heading() -> None:
    reply = Reply("clarify", "Which?", "c", suggestions=("Delivery", "R&D"))
    message = message_of(reply, "exchange")
    assert labels(message) == {"ask-0": "Delivery", "ask-1": "R&D"}
    values = [button["value"] for button in message.blocks[1]["elements"]]
    assert [words_of(value) for value in values] == ["Delivery", "R&D"]


def test_not_found_offers_the_nearest_headings_and_can_be_rated() -> None:
    reply = Reply("not_found", "Not covered.", "c", suggestions=("Delivery",))
    message = message_of(reply, "exchange")
    assert shown(message) == "Not covered."
    assert labels(message) == {"ask-0": "Delivery", "rate-up": "👍", "rate-down": "👎"}


def test_small_talk_is_not_rated() -> None:
    assert labels(message_of(Reply("small_talk", "Hello!", "c"), "exchange")) == {}


def test_only_an_answer_can_be_shared() -> None:
    shared = message_of(answer(), "exchange", share="id")
    assert labels(shared)["share"] == "Share with the channel"
    not_found = Reply("not_found", "Not covered.", "c")
    assert "share" not in labels(message_of(not_found, "exchange", share="id"))


def test_who_asked_what_stands_above_a_shared_answer() -> None:
    message = message_of(answer(), asked=("U1", "When do\norders <ship>?"))
    assert pieces(message)[0] == {"type": "user", "user_id": "U1"}
    assert pieces(message)[1]["text"] == " asked: When do orders <ship>?"


def test_what_misspelt_words_were_taken_for_is_said() -> None:
    read = Interpretation(corrected=(("ordres", "orders"),))
    message = message_of(replace(answer(), interpretation=read))
    assert shown(message).endswith("\nsearched for: orders")


def test_what_became_of_the_conversation_is_said() -> None:
    message = message_of(replace(answer(), notice="This is a new conversation."))
    assert shown(message).endswith("\nThis is a new conversation.")
    assert message.text.endswith("\n_This is a new conversation._")


def test_the_fallback_is_plain_and_escaped() -> None:
    message = message_of(answer("<!channel> & all", "<!channel> & all"))
    assert message.text == "> &lt;!channel&gt; &amp; all\n_guide.txt, line 2_"


DANGEROUS = st.text(
    st.sampled_from("a&<>@!|#*_~` \n.\u2028😀\ud7ff") | st.characters(codec="utf-8"),
    max_size=300,
)
LONG = st.builds(lambda text, times: text * times, DANGEROUS, st.integers(1, 400))


@given(
    text=LONG,
    heading=LONG,
    source=DANGEROUS,
    suggestions=st.lists(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=200).filter(
            str.strip
        ),
        max_size=4,
    ),
)
def test_no_text_makes_a_message_that_slack_would_refuse(
    text: str, heading: str, source: str, suggestions: list[str]
) -> None:
    offered = tuple(suggestions)
    read = Interpretation(corrected=((heading, heading),))
    quoted = answer(text, text, heading, source, offered) if text else None
    for reply in (
        quoted,
        Reply("not_found", text or "Not covered.", "c", suggestions=offered),
        Reply("clarify", text or "Which?", "c", suggestions=offered),
    ):
        if reply:
            message = message_of(
                replace(reply, interpretation=read),
                "exchange",
                public_url=PUBLIC_URL,
                asked=("U1", text),
                share="share",
            )
            assert refusal_of(message.to_dict()) == ""
            assert_harmless(message)
    assert refusal_of(plain_message(text or "Words").to_dict()) == ""


def assert_harmless(message: Message) -> None:
    """No markup outside of the bot's own, and no link but to the server."""
    assert not re.search(r"<(?!https://ask\.example/sources/)", message.text)
    assert not re.search(r"&(?!(amp|lt|gt);)", message.text)
    for piece in pieces(message):
        assert piece["type"] in ("text", "user", "link")
        if piece["type"] == "link":
            assert piece["url"].startswith(f"{PUBLIC_URL}/sources/")
    assert {block["type"] for block in message.blocks} <= {"rich_text", "actions"}


@given(text=LONG.filter(bool), start=st.integers(0, 2000), length=st.integers(1, 5000))
def test_what_is_shown_as_the_quote_is_what_the_document_says(
    text: str, start: int, length: int
) -> None:
    start %= len(text)
    sentence = text[start : start + length]
    found = answer(text, text[start:][:length])
    bold = [p for p in pieces(message_of(found)) if p.get("style") == {"bold": True}]
    words = bold[0]["text"]
    assert words == sentence or sentence.startswith(words.removesuffix("…").rstrip())


@given(st.text(st.characters(codec="utf-8")))
def test_words_come_back_from_a_button_as_they_were(words: str) -> None:
    value = button_value(words)
    assert not set("&<>") & set(value)
    assert words_of(value) == words


@pytest.mark.parametrize("value", ["", "x", "1", "[]", '{"a": 1}'])
def test_a_value_of_something_else_has_no_words(value: str) -> None:
    assert words_of(value) == ""


@pytest.mark.parametrize("end", [". ", "", "\n"])
def test_a_document_full_of_markup_is_quoted_within_the_limits(
    tmp_path: Path, end: str
) -> None:
    markup = "The tide is <!channel> *high* <@U1> & _low_ <https://evil.example|here>"
    paragraph = f"{markup}{end or ' '}" * (20_000 // len(markup) + 1)
    assert len(paragraph) > 20_000
    (tmp_path / "tide.md").write_text(f"# Tide <!here> & *more*\n\n{paragraph}\n")
    bot = Chatbot.open(tmp_path, settings=Settings())
    for question in ("When is the tide high?", "tide here more", "<!channel>"):
        reply = bot.reply(question)
        message = message_of(reply, "exchange", public_url=PUBLIC_URL, share="share")
        assert refusal_of(message.to_dict()) == ""
        assert_harmless(message)
    assert bot.reply("When is the tide high?").kind == "answer"
