"""Why a reply is what it is, in words."""

from __future__ import annotations

import pytest

from chatbot.conversation.explaining import explanation, not_found_text
from chatbot.conversation.understanding import understand
from chatbot.wording.table import LANGUAGES, wording

ENGLISH = wording("english").says


def explained(index, message: str, *earlier: str, language: str = "english") -> str:
    answer = understand(message, earlier, index, 0.4).answer
    return explanation(answer, 0.4, is_choice=False, says=wording(language).says)


def test_an_answer_is_explained_by_what_was_found_and_how_sure_it_is(index):
    lines = explained(index, "Where does the GHM liev?").splitlines()
    assert lines[0].startswith("Confidence 0.")
    assert lines[1] == "Below 0.40 the reply is “not found”."
    assert lines[2] == "In the passage or its headings: ghm, live."
    assert lines[3].startswith("It came first because ")
    assert "Corrected: liev is not in the documents, so live was searched for." in lines


def test_what_was_not_found_has_no_reasons(index):
    text = explained(index, "Where does the zeppelin land?")
    assert "Nowhere in the documents: zeppelin" in text
    assert "It came first" not in text


def test_what_was_taken_over_is_told(index):
    text = explained(index, "Where does he live?", "What is the GHM paid?")
    assert "Taken over from earlier questions: general harbour master." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_explains(index, language):
    text = explained(index, "Where does the GHM liev?", language=language)
    assert "ghm" in text
    assert "liev" in text
    assert "{" not in text


def test_not_found_names_the_words_that_the_documents_do_not_hold():
    assert not_found_text(["plumber"], ENGLISH).endswith("“plumber”.")
    assert "“plumber”, “zeppelin”" in not_found_text(["plumber", "zeppelin"], ENGLISH)


def test_not_found_names_at_most_three_words():
    text = not_found_text(["one", "two", "three", "four"], ENGLISH)
    assert "“three”" in text
    assert "four" not in text


def test_not_found_without_unknown_words_names_none():
    assert "“" not in not_found_text([], ENGLISH)
