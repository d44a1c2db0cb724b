"""When a short topic could mean several headings, and when it could not."""

from __future__ import annotations

import pytest

from chatbot.answering.clarifying import MOST_CHOICES, headings_to_choose, short_topic
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.terms import Analyzer

THRESHOLD = 0.4
TEXT = """\
# Camp

The camp lies at the lake.

## Kitchen

A lantern hangs over the stove.

## Boats

A lantern hangs at every bow.

Oars are kept in the shed.

## Shed

Spades lean on the wall.
"""


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"camp.md": TEXT})


def choices(message: str, index: CorpusIndex, threshold: float = THRESHOLD):
    return headings_to_choose(message, index, threshold)


@pytest.mark.parametrize(
    "message",
    ["lantern", "lanterns?", "The lantern", "tell me about the lantern", "lantren"],
)
def test_headings_that_hold_a_short_topic_alike_are_choices(index, message):
    assert set(choices(message, index)) == {"Kitchen", "Boats"}


@pytest.mark.parametrize(
    "message",
    [
        "Where does a lantern hang?",
        "Is there a lantern?",
        "What is a lantern",
        "lantern over the stove of the kitchen",
    ],
)
def test_a_question_that_says_what_it_wants_has_none(index, message):
    assert choices(message, index) == ()


def test_the_words_of_a_heading_leave_no_choice(index):
    assert choices("shed", index) == ()


def test_a_topic_under_one_heading_leaves_no_choice(index):
    assert choices("oars", index) == ()


@pytest.mark.parametrize("message", ["", "?!", "the", "zeppelin", "lantern " * 100])
def test_a_message_without_a_short_topic_that_is_held_has_none(index, message):
    assert choices(message, index) == ()


def test_a_passage_that_holds_clearly_more_leaves_no_choice(index):
    assert choices("lantern bow", index) == ()


def test_a_choice_leads_to_an_answer_that_is_sure_enough(index):
    assert choices("lantern", index, threshold=1.0) == ()


def test_passages_without_headings_are_no_choice(open_corpus):
    text = "A lantern hangs here.\n\nA lantern hangs there.\n"
    assert choices("lantern", open_corpus({"a.md": text, "b.md": text})) == ()


def test_a_heading_above_another_choice_is_none(open_corpus):
    text = "# Camp\n\nA lantern burns.\n\n## Boats\n\nA lantern hangs low.\n"
    assert choices("lantern", open_corpus({"a.md": text})) == ()


def test_headings_of_the_same_words_are_one_choice(open_corpus):
    files = {
        "a.md": "# Boats\n\nA lantern hangs low.\n",
        "b.md": "# BOATS!\n\nA lantern hangs high.\n",
    }
    assert choices("lantern", open_corpus(files)) == ()


def test_at_most_four_headings_are_choices(open_corpus):
    names = ("Attic", "Boats", "Crane", "Docks", "Gates", "House")
    text = "".join(f"# {name}\n\nA lantern hangs here.\n\n" for name in names)
    found = choices("lantern", open_corpus({"a.md": text}))
    assert found == names[:4]
    assert MOST_CHOICES == 4


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("director?", "director?"),
        ("what about the director", "director"),
        ("Tell me more about dogs in offices", "dogs in offices"),
        ("head of product", "head of product"),
        ("who leads", ""),
        ("dogs are welcome in offices", ""),
        ("opening hours ticket office", ""),
    ],
)
def test_a_topic_is_a_word_or_two_without_what_leads_in_to_it(message, topic):
    assert short_topic(message, Analyzer("english")).strip() == topic
