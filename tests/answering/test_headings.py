"""Questions that a heading asks: the passage below the heading is the answer."""

from __future__ import annotations

import pytest

from chatbot.answering.headings import quote_under_heading
from chatbot.answering.question import read_question
from chatbot.answering.ranking import rank
from chatbot.index.corpus_index import CorpusIndex

TEXT = """\
# Allotment rules

## Can’t I burn my garden waste?

The neighbours have small children. Smoke bothers them, so bring branches to the \
compost heap behind the shed.

A shredder can be borrowed on Saturdays.

## Water

Butts are filled from the well. Hoses are not allowed between June and August.

## Water for the greenhouse

A tap stands beside the door.

## Keys

### Lost keys

The chairman keeps spare ones in a tin.

## Opening hours of the tool shed in winter and on public holidays

From ten until noon.
"""


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"rules.md": TEXT})


def under_heading(text: str, index: CorpusIndex) -> str | None:
    scored = quote_under_heading(rank(read_question(text, index), index), index)
    if scored is None:
        return None
    quote = scored.quote
    assert TEXT[quote.start : quote.end] == quote.text == quote.passage.text
    return quote.text


@pytest.mark.parametrize(
    "text",
    [
        "Can’t I burn my garden waste?",
        "can't i burn my garden waste",
        "CAN I BURN MY GARDEN WASTE",
        "Can I burn garden waste?",
        "can i brun gardne waste",
    ],
)
def test_a_question_like_a_heading_is_answered_by_the_passage_below(index, text):
    answer = under_heading(text, index)
    assert answer is not None
    assert answer.startswith("The neighbours have small children.")
    assert answer.endswith("behind the shed.")


def test_the_heading_that_shares_most_with_the_question_is_taken(index):
    assert under_heading("Water?", index).startswith("Butts are filled")
    assert under_heading("Water for the greenhouse?", index).startswith("A tap")


def test_a_heading_within_a_heading_is_matched_by_its_own_words(index):
    assert under_heading("Lost keys", index).startswith("The chairman keeps")


def test_a_question_that_asks_for_more_than_the_heading_is_not_its_question(index):
    assert under_heading("Which month is water from the lake forbidden?", index) is None


def test_a_heading_that_says_more_than_the_question_is_not_its_question(index):
    assert under_heading("Where is the shed?", index) is None


@pytest.mark.parametrize("text", ["", "the", "zeppelin", "Allotment", "children"])
def test_other_words_match_no_heading(index, text):
    assert under_heading(text, index) is None
