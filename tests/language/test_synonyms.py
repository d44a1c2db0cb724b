"""A list of synonyms to a table of terms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language import synonyms
from chatbot.language.synonyms import (
    SynonymRule,
    listed_words,
    parse_synonyms,
    synonym_table,
)
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


def test_a_group_finds_each_by_all_and_an_arrow_leads_from_left_to_right() -> None:
    rules, problems = parse_synonyms(
        "product manager, PM\n# note\n\nTV,telly => screen\n"
    )

    group = (("product", "manager"), ("pm",))
    assert rules == [
        SynonymRule(group, group),
        SynonymRule((("tv",), ("telly",)), (("screen",),)),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("line", "phrases"),
    [
        (r"a\,b, c", (("a", "b"), ("c",))),
        (r"a\=>b, c", (("a", "b"), ("c",))),
        (r"a\\, c", (("a",), ("c",))),
        ("naïve, Straße", (("naive",), ("strasse",))),
        ("зарплата, оклад", (("зарплата",), ("оклад",))),
        ("a, a, b,, ", (("a",), ("b",))),
    ],
)
def test_a_backslash_makes_the_next_character_a_plain_one(
    line: str, phrases: tuple[tuple[str, ...], ...]
) -> None:
    assert parse_synonyms(line) == ([SynonymRule(phrases, phrases)], [])


@pytest.mark.parametrize(
    ("line", "phrases"),
    [
        ("a, b  # c, d => e", (("a",), ("b",))),
        ("a, b\t#", (("a",), ("b",))),
        ("x#a, b", (("x", "a"), ("b",))),
        (r"a, b \#c", (("a",), ("b", "c"))),
    ],
)
def test_a_comment_is_no_part_of_its_line(
    line: str, phrases: tuple[tuple[str, ...], ...]
) -> None:
    assert parse_synonyms(line) == ([SynonymRule(phrases, phrases)], [])


def test_the_examples_of_the_readme_and_of_the_module_are_read() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    (copied,) = re.findall(r"```text\n(laptop,.*?)```", readme, re.DOTALL)
    laptop, pto = (("laptop",), ("notebook",)), (("pto",),)
    assert parse_synonyms(copied) == (
        [SynonymRule(laptop, laptop), SynonymRule(pto, (("paid", "time", "off"),))],
        [],
    )
    example = (synonyms.__doc__ or "").partition("\n\n")[2]
    rules, problems = parse_synonyms(example.partition("\n\n")[2])
    assert (len(rules), problems) == (3, [])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("alone", "line 2: a synonym is missing; write a, b or a => b"),
        ("a, !?", "line 2: a synonym is missing; write a, b or a => b"),
        ("a =>", "line 2: there are no words on one side of =>"),
        ("=> b", "line 2: there are no words on one side of =>"),
        ("a => b => c", "line 2: it has more than one =>"),
    ],
)
def test_a_line_that_is_no_rule_is_named_with_its_number(
    line: str, problem: str
) -> None:
    rules, problems = parse_synonyms(f"a, b\n{line}\nc, d")

    assert len(rules) == 2
    assert problems == [problem]


@given(st.text(st.sampled_from("ab ,=>\\#\n") | st.characters(codec="utf-8")))
def test_any_text_is_rules_of_words_or_problems(text: str) -> None:
    rules, problems = parse_synonyms(text)

    assert len(rules) + len(problems) <= len(text.splitlines())
    for rule in rules:
        assert all(phrase for phrase in (*rule.sources, *rule.targets))
        assert set(rule.sources) | set(rule.targets) != set()
