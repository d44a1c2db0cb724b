"""The form of the English synonym list, whoever edits it next."""

import re
from collections import Counter
from pathlib import Path

import Stemmer

import chatbot.language

SYNONYMS = Path(chatbot.language.__file__).parent / "data/english/synonyms.txt"
WORD = re.compile(r"[a-z]+|[0-9]+(?:st|nd|rd|th)?")

LINES = [
    line
    for line in SYNONYMS.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
GROUPS = [line.split(", ") for line in LINES if "=>" not in line]
RULES = [
    (left, right.split(", "))
    for left, _, right in (line.partition(" => ") for line in LINES if "=>" in line)
]

stem = Stemmer.Stemmer("english").stemWord


def stems(words: list[str]) -> list[str]:
    return [stem(word) for word in words]


def repeated(words: list[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


def test_a_line_is_a_group_of_words_or_a_word_an_arrow_and_words() -> None:
    form = re.compile(r"[^ ,]+(, [^ ,]+)+|[^ ,]+ => [^ ,]+(, [^ ,]+)*")

    assert [line for line in LINES if not form.fullmatch(line)] == []


def test_every_word_is_a_single_lower_case_word_or_number() -> None:
    words = [word for line in LINES for word in re.split(", | => ", line)]

    assert [word for word in words if not WORD.fullmatch(word)] == []


def test_no_line_stands_twice() -> None:
    assert repeated(LINES) == []


def test_there_are_at_least_150_groups() -> None:
    assert len(GROUPS) >= 150


def test_members_of_a_group_have_different_stems() -> None:
    assert [group for group in GROUPS if repeated(stems(group))] == []


def test_no_stem_stands_in_two_groups() -> None:
    assert repeated([member for group in GROUPS for member in stems(group)]) == []


def test_no_stem_stands_on_the_left_of_two_arrows() -> None:
    assert repeated([stem(left) for left, _ in RULES]) == []


def test_an_arrow_leads_to_other_stems_than_its_own() -> None:
    assert [rule for rule in RULES if repeated(stems([rule[0], *rule[1]]))] == []


def test_an_arrow_adds_what_the_words_own_group_does_not_have() -> None:
    group_of = {member: stems(group) for group in GROUPS for member in stems(group)}

    assert [
        (left, right)
        for left, right in RULES
        if set(stems(right)) & set(group_of.get(stem(left), []))
    ] == []
