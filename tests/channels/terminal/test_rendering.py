"""Replies as fragments: what is quoted stands unchanged, beside where it stands."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.interpretation import Interpretation
from chatbot.answering.quoting import Quote
from chatbot.channels.terminal.rendering import (
    LONG_PASSAGE,
    LONGEST_NEIGHBOUR,
    quote_above_passage,
    quote_inside_passage,
    render_explanation,
    render_reply,
)
from chatbot.documents.document import Heading, Passage
from chatbot.reply import Reply

PASSAGE_START = 1000


def passage_of(*sentences: str, **fields: object) -> Passage:
    """A passage of these sentences, one space between them, deep in its document."""
    spans, start = [], PASSAGE_START
    for sentence in sentences:
        spans.append((start, start + len(sentence)))
        start += len(sentence) + 1
    passage = Passage(
        id="guide.txt#1",
        source="guide.txt",
        title="guide",
        text=" ".join(sentences),
        start=PASSAGE_START,
        end=start - 1,
        line=7,
        headings=(Heading("When is\nit open?", 1, 6, 900, 916),),
        sentences=tuple(spans),
    )
    return replace(passage, **fields)


def quote_of(passage: Passage, start: int, end: int) -> Quote:
    """The quote at these offsets in the passage's text."""
    at = passage.start
    return Quote(passage.text[start:end], passage, passage.line, at + start, at + end)


def quoted_sentence(passage: Passage, number: int) -> Quote:
    start, end = passage.sentences[number]
    return quote_of(passage, start - passage.start, end - passage.start)


def answer(quote: Quote, **fields: object) -> Reply:
    reply = Reply("answer", quote.text, "c", confidence=0.8, quotes=(quote,))
    return replace(reply, **fields)


def text_of(fragments):
    return "".join(text for text, _ in fragments)


OPEN = passage_of("We are here.", "We open at nine.", "We close at six.")


def test_without_colour_the_quote_stands_alone_then_marked_in_its_passage():
    assert text_of(quote_above_passage(quoted_sentence(OPEN, 1))) == (
        "We open at nine.\n\n"
        "    We are here. »We open at nine.« We close at six.\n\n"
        "guide.txt, line 7 · under “When is it open?”"
    )


def test_without_colour_a_quote_that_is_its_whole_passage_is_shown_once():
    fragments = quote_above_passage(quoted_sentence(passage_of("We open at nine."), 0))
    assert text_of(fragments) == (
        "We open at nine.\n\nguide.txt, line 7 · under “When is it open?”"
    )


def test_with_colour_the_passage_is_shown_once_with_the_quote_in_a_style():
    fragments = quote_inside_passage(quoted_sentence(OPEN, 1))
    assert fragments[:3] == [
        ("We are here. ", "passage"),
        ("We open at nine.", "quote"),
        (" We close at six.", "passage"),
    ]
    assert fragments[-1] == (
        "guide.txt, line 7 · under “When is it open?”",
        "source",
    )


def test_the_source_names_no_heading_where_there_is_none_and_the_address_if_any():
    passage = passage_of("Yes.", headings=(), url="https://example.org/yes")
    assert quote_above_passage(quoted_sentence(passage, 0))[-1] == (
        "guide.txt, line 7 · https://example.org/yes",
        "source",
    )


def test_of_a_long_passage_the_sentences_next_to_the_quote_are_shown():
    far = "Far away. " * LONG_PASSAGE
    passage = passage_of(far, "Just before.", "The quote.", "Just after.", far)
    assert quote_inside_passage(quoted_sentence(passage, 2))[:3] == [
        ("… Just before. ", "passage"),
        ("The quote.", "quote"),
        (" Just after. …", "passage"),
    ]


def test_of_a_long_neighbouring_sentence_the_nearest_words_are_shown():
    passage = passage_of("first " * 500, "The quote.", "second " * 500)
    before, quote, after = quote_inside_passage(quoted_sentence(passage, 1))[:3]
    assert before[0].startswith("… first first")
    assert quote[0] == "The quote."
    assert after[0].endswith("second second …")
    assert len(before[0]) + len(after[0]) < 2 * LONGEST_NEIGHBOUR + 6


@given(
    st.lists(st.text(min_size=1, max_size=600), min_size=1, max_size=6),
    st.data(),
)
def test_every_layout_shows_the_exact_quote_and_only_text_of_the_passage(
    sentences, data
):
    passage = passage_of(*sentences)
    start = data.draw(st.integers(0, len(passage.text)))
    end = data.draw(st.integers(start, len(passage.text)))
    quote = quote_of(passage, start, end)
    assert quote_above_passage(quote)[0] == (quote.text, "quote")
    (before, _), shown, (after, _), *_ = quote_inside_passage(quote)
    assert shown == (quote.text, "quote")
    assert passage.text[:start].endswith(before.removeprefix("… "))
    assert passage.text[end:].startswith(after.removesuffix(" …"))


def test_a_correction_and_what_a_follow_up_is_about_stand_below_the_source():
    read = Interpretation(
        corrected=(("salery", "salary"), ("manger", "manager")), follow_up_of="chief"
    )
    reply = answer(quoted_sentence(OPEN, 1), interpretation=read)
    assert render_reply(reply, quote_above_passage)[-2:] == [
        ("\nsearched for: salary, manager", "note"),
        ("\nabout: chief", "note"),
    ]


def test_a_correction_stands_below_a_not_found_reply_too():
    read = Interpretation(corrected=(("salery", "salary"),))
    reply = Reply("not_found", "Not covered.", "c", interpretation=read)
    shown = text_of(render_reply(reply, quote_above_passage))
    assert shown == "Not covered.\nsearched for: salary"
    listed = text_of(
        render_reply(replace(reply, suggestions=("Pay",)), quote_above_passage)
    )
    assert listed.endswith("  - Pay\n\nsearched for: salary")


def test_not_found_is_the_replys_text_with_its_suggestions_listed():
    reply = Reply("not_found", "Not covered.", "c", suggestions=("Opening", "Prices"))
    assert text_of(render_reply(reply, quote_above_passage)) == (
        "Not covered.\n\nYou can ask about:\n  - Opening\n  - Prices"
    )


def test_what_the_replys_text_lists_already_is_not_listed_again():
    text = "You can ask about:\n- Opening\n- Where do I park?"
    suggestions = ("What about “Opening”?", "Where do I park?", "What about “Prices”?")
    reply = Reply("small_talk", text, "c", suggestions=suggestions)
    assert text_of(render_reply(reply, quote_above_passage)) == (
        f"{text}\n\nYou can ask about:\n  - What about “Prices”?"
    )


@pytest.mark.parametrize("kind", ["clarify", "not_found", "small_talk"])
def test_a_reply_that_is_no_answer_shows_its_text_and_no_quote(kind):
    reply = answer(quoted_sentence(OPEN, 1), kind=kind, text="[bold]Hm?[/bold]")
    assert text_of(render_reply(reply, quote_above_passage)) == "[bold]Hm?[/bold]"


def test_the_explanation_says_what_the_confidence_means_and_how_words_were_read():
    read = Interpretation(
        matched=("open", "nine"),
        corrected=(("opne", "open"),),
        expanded=(("shut", ("close", "closed")),),
        unknown=("plumber",),
        follow_up_of="guide",
        reasons=("it is short", "the heading above it says it"),
    )
    reply = answer(quoted_sentence(OPEN, 1), interpretation=read)
    assert text_of(render_explanation(reply, threshold=0.5)).split("\n") == [
        "Confidence 0.80: of replies as sure as this, about 80% are right.",
        "Below 0.50 the reply is “not found”.",
        "In the passage or its headings: open, nine.",
        "It came first because it is short; the heading above it says it.",
        "Corrected: opne is not in the documents, so open was searched for.",
        "Expanded: shut was searched for as close, closed too.",
        "Nowhere in the documents: plumber.",
        "Taken over from earlier questions: guide.",
    ]


def test_the_choices_of_a_question_back_are_numbered_one_a_line():
    reply = Reply("clarify", "Which?", "c", suggestions=("Opening", "Late\nfees"))
    assert text_of(render_reply(reply, quote_above_passage)) == (
        "Which?\n\n  1. Opening\n  2. Late fees"
    )


def test_the_explanation_of_a_question_back_says_why_it_was_asked():
    reply = Reply("clarify", "Which?", "c", suggestions=("Opening", "Prices"))
    explanation = text_of(render_explanation(reply, threshold=0.5))
    assert "Each of the headings holds what you asked about nearly as well." in (
        explanation
    )


def test_small_talk_needs_no_explanation_of_words():
    fragments = render_explanation(Reply("small_talk", "Hello!", "c"), threshold=0.5)
    assert text_of(fragments) == "That was small talk: nothing was searched for."
