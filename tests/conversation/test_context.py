"""Around a quote: the text before and after it, and what is left to show."""

from __future__ import annotations

from chatbot.conversation.context import quote_in_context, without_shown
from chatbot.conversation.conversation import Place, place_of
from chatbot.conversation.reading import Reading
from chatbot.conversation.understanding import understand


def reading_of(index, message: str) -> Reading:
    return understand(message, (), index, 0.4)


def test_a_quote_is_shown_between_the_passages_around_it(index):
    reading = reading_of(index, "Where does the GHM live?")
    quote = reading.answer.quotes[0]
    context = quote_in_context(reading.ranking, place_of(quote), index)
    assert context is not None
    document = index.store.document(index.store.document_number("harbour.md"))
    assert document.text[context.start : context.end] == context.text
    assert document.text.count("\n", 0, context.start) + 1 == context.line
    assert context.text.startswith("Guests pay at the kiosk")
    assert context.text.endswith("take a week for it.")
    assert context.heading == quote.heading


def test_a_record_stands_by_itself(index):
    reading = reading_of(index, "What colour is the lighthouse painted?")
    place = place_of(reading.answer.quotes[0])
    context = quote_in_context(reading.ranking, place, index)
    assert context is not None
    assert context.text == "The lighthouse is painted white."


def test_a_place_that_is_gone_has_no_context(index):
    reading = reading_of(index, "Where does the GHM live?")
    assert quote_in_context(reading.ranking, Place("gone.md", 0), index) is None


def test_what_was_shown_is_left_out(index):
    reading = reading_of(index, "kiosk")
    first = place_of(reading.answer.quotes[0])
    rest = without_shown(reading.ranking, [first], index)
    assert len(rest) == len(reading.ranking) - 1
    assert set(rest.order.tolist()) < set(reading.ranking.order.tolist())
