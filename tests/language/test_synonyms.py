"""A list of synonyms to a table of terms."""

from __future__ import annotations

import pytest

from chatbot.language.synonyms import listed_words, synonym_table
from chatbot.language.terms import Analyzer


@pytest.fixture(scope="module")
def english() -> Analyzer:
    return Analyzer("english")


def test_each_word_of_a_group_finds_the_others_in_the_lists_order(
    english: Analyzer,
) -> None:
    assert synonym_table(["pay, salary, wage"], english.term) == {
        "pay": ("salari", "wage"),
        "salari": ("pay", "wage"),
        "wage": ("pay", "salari"),
    }


def test_an_arrow_leads_one_way(english: Analyzer) -> None:
    assert synonym_table(["dear => cost, price"], english.term) == {
        "dear": ("cost", "price")
    }


def test_lines_for_the_same_term_add_up(english: Analyzer) -> None:
    table = synonym_table(["pay, wage", "paid => fee, wages"], english.term)

    assert table["paid"] == ("fee", "wage")
    assert synonym_table(["pay, wage", "pays => fee"], english.term)["pay"] == (
        "wage",
        "fee",
    )


def test_forms_of_one_word_are_not_synonyms_of_each_other(english: Analyzer) -> None:
    assert synonym_table(["ship, ships, send"], english.term)["ship"] == ("send",)


def test_every_listed_word_is_given_in_the_lists_order() -> None:
    lines = ["pay, salary , wage", "dear => cost,price", ","]

    assert listed_words(lines) == ["pay", "salary", "wage", "dear", "cost", "price"]
