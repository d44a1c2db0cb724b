"""The list that a sentence with a colon introduces."""

from __future__ import annotations

import pytest

from chatbot.answering.lists import last_introduced
from chatbot.documents.document import Passage
from chatbot.documents.passages import PASSAGE_WORDS


def introduced(text: str, *sentences: str) -> str:
    """From the first of the sentences to the end of what it introduces."""
    spans, end = [], 0
    for sentence in sentences:
        start = text.index(sentence, end)
        end = start + len(sentence)
        spans.append((start, end))
    passage = Passage("a#1", "a", "", text, 0, len(text), 1, sentences=tuple(spans))
    return text[spans[0][0] : spans[last_introduced(passage, 0)][1]]


@pytest.mark.parametrize(
    "text",
    [
        "Bring:\n\n- a pen\n- a cap\n- a map",
        "Bring:\n1. a pen\n2. a cap\n3. a map",
        "Bring:\n- a pen\n\n- a cap\n  - a map",
        "> Bring:\n> - a pen\n> - a cap\n> - a map",
        "Bring:\na pen\na cap\na map",
    ],
)
def test_a_list_is_introduced_to_its_end(text: str):
    found = introduced(text, "Bring:", "a pen", "a cap", "a map")

    assert found == text.removeprefix("> ")


def test_an_item_is_introduced_with_all_its_sentences():
    text = "Bring:\n- A pen. It is blue.\n\n  It is new.\n- A cap."

    assert text == introduced(
        text, "Bring:", "A pen.", "It is blue.", "It is new.", "A cap."
    )


@pytest.mark.parametrize(
    "below", ["- Pay at noon.", "Pay at noon.", "\nPay at noon.", "\n- Pay at noon."]
)
def test_what_stands_below_a_list_is_not_of_it(below: str):
    text = f"- Bring:\n  - a pen\n  - a cap\n{below}"
    found = introduced(text, "Bring:", "a pen", "a cap", "Pay at noon.")

    assert found == "Bring:\n  - a pen\n  - a cap"


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"])
def test_the_next_sentence_alone_is_introduced_in_prose(gap: str):
    text = f"Note:{gap}It is open. It is new."

    assert introduced(text, "Note:", "It is open.", "It is new.") == text[:-11]


def test_no_more_words_are_quoted_than_a_passage_has():
    items = [f"item{number}" for number in range(2 * PASSAGE_WORDS)]
    text = "\n- ".join(["Bring:", *items])

    assert len(introduced(text, "Bring:", *items).split("\n- ")) <= PASSAGE_WORDS
    assert introduced("Bring:\n- " + "very " * 200, "Bring:", "very " * 200)[-1] == " "
