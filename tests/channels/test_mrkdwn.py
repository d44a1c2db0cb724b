"""Slack's markup: what comes in becomes plain text, what goes out cannot ping."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.interpretation import Interpretation
from chatbot.answering.quoting import Quote
from chatbot.channels import mrkdwn
from chatbot.channels.replies import MAX_CHARACTERS
from chatbot.documents.document import Heading, Passage
from chatbot.reply import Reply


def answer(text: str, heading: str = "", source: str = "guide.txt") -> Reply:
    headings = (Heading(heading, 1, 1, 0, len(heading)),) if heading else ()
    passage = Passage("1", source, "Guide", text, 0, len(text), 2, headings)
    quote = Quote(text, passage, 2, 0, len(text))
    return Reply("answer", text, "conversation", quotes=(quote,))


def not_found(text: str, *suggestions: str) -> Reply:
    return Reply("not_found", text, "conversation", suggestions=suggestions)


def test_an_answer_is_a_quote_with_its_place_in_italics() -> None:
    text = mrkdwn.from_reply(answer("One line.\nAnother.", "Delivery"))
    assert text == "> One line.\n> Another.\n_guide.txt, “Delivery”, line 2_"


def test_a_place_without_a_heading_is_source_and_line() -> None:
    assert mrkdwn.from_reply(answer("A line.")) == "> A line.\n_guide.txt, line 2_"


def test_not_found_lists_the_suggestions() -> None:
    text = mrkdwn.from_reply(not_found("Not covered.", "Delivery", "R&D"))
    assert text == "Not covered.\n• Delivery\n• R&amp;D"


def test_a_question_back_numbers_its_choices() -> None:
    reply = Reply("clarify", "Which?", "c", suggestions=("Delivery", "R&D"))
    assert mrkdwn.from_reply(reply) == "Which?\n1. Delivery\n2. R&amp;D"


def test_nothing_in_a_document_can_ping_or_make_a_link() -> None:
    reply = answer("<!channel> & <https://a.example|b>", "<@U1>", "<!here>.txt")
    text = mrkdwn.from_reply(reply)
    assert "<" not in text
    assert "&lt;!channel&gt; &amp; &lt;https://a.example|b&gt;" in text


def test_what_misspelt_words_were_taken_for_stands_in_the_last_line() -> None:
    read = Interpretation(corrected=(("salery", "salary"), ("r&&d", "r&d")))
    for reply in (answer("A line."), not_found("Not covered.", "Delivery")):
        text = mrkdwn.from_reply(replace(reply, interpretation=read))
        without = mrkdwn.from_reply(reply)
        assert text == f"{without}\n_searched for: salary, r&amp;d_"


def test_a_long_correction_is_cut_and_the_reply_still_fits() -> None:
    read = Interpretation(corrected=(("w", "word" * 100),) * 20)
    reply = replace(not_found("Long. " * 1000), interpretation=read)
    assert len(mrkdwn.from_reply(reply)) <= MAX_CHARACTERS


def test_a_long_quote_is_cut_at_a_sentence_end_and_keeps_its_place() -> None:
    text = mrkdwn.from_reply(answer("A sentence of words. " * 400, "Delivery"))
    assert len(text) <= MAX_CHARACTERS
    assert text.endswith("of words. …\n_guide.txt, “Delivery”, line 2_")


def test_a_long_sentence_is_cut_between_words() -> None:
    text = mrkdwn.from_reply(not_found("word " * 1000))
    assert text.endswith("word…")


def test_an_escaped_character_is_never_cut_in_two() -> None:
    for length in range(6):
        text = mrkdwn.from_reply(not_found("x" * length + "&" * 1000))
        assert re.fullmatch(r"x*(&amp;)+…", text)


@given(text=st.text(st.sampled_from("a&<> \n.!_*|…"), max_size=4000), heading=st.text())
def test_every_reply_fits_and_is_escaped(text: str, heading: str) -> None:
    for reply in (answer(text, heading), not_found(text, heading)):
        markup = mrkdwn.from_reply(reply)
        assert len(markup) <= MAX_CHARACTERS
        assert "<" not in markup
        assert not re.search(r"&(?!(amp|lt|gt);)", markup)
        assert not re.search(r"(?<!^)>", markup, re.MULTILINE)


@given(st.text())
def test_plain_text_undoes_the_escapes(text: str) -> None:
    assert mrkdwn.plain_text(mrkdwn.escaped(text)) == text.strip()


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<https://a.example|the guide>?", "the guide?"),
        ("<https://a.example>?", "https://a.example?"),
        ("<@U1> how long", "how long"),
        ("<#C1|general> hours", "general hours"),
        ("<!here> now", "now"),
        ("a &lt; b &amp;lt; c", "a < b &lt; c"),
    ],
)
def test_references_become_what_a_person_reads(markup: str, text: str) -> None:
    assert mrkdwn.plain_text(markup) == text
