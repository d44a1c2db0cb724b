"""Scripts without spaces between words, found and cut to pairs of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.unspaced import (
    covered_stretches,
    joined_pairs,
    pair_of_characters,
    pairs,
    split_unspaced,
)
from chatbot.language.words import find_words

RUNS = st.text(
    st.sampled_from("首席产品官のはカタカナ한국어ที่นำไทยខ្មែရေ々ー〇"), min_size=1
)
MIXED = st.text(st.sampled_from("首席はカ한ที่ไខ្ရေー〇aé1-., \u200b\u0301"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("plain text", [("plain text", False)]),
        ("买iPhone，2台", [("买", True), ("iPhone，2", False), ("台", True)]),
        ("コーヒー", [("コーヒー", True)]),
        ("ไทย ดี", [("ไทย", True), (" ", False), ("ดี", True)]),
        ("ខ្មែរ\u200bល្អ", [("ខ្មែរ", True), ("\u200b", False), ("ល្អ", True)]),
        ("二〇〇八年", [("二〇〇八年", True)]),
        ("हिन्दी", [("हिन्दी", False)]),
    ],
)
def test_a_text_is_split_where_the_way_of_writing_changes(
    text: str, expected: list[tuple[str, bool]]
) -> None:
    assert list(split_unspaced(text)) == expected


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("官", ["官"]),
        ("产品", ["产品"]),
        ("首席产品官", ["首席", "席产", "产品", "品官"]),
        ("ที่นี่", ["ที่นี่"]),
        ("ประเทศ", ["ปร", "ระ", "ะเ", "เท", "ทศ"]),
        ("한국어", ["한국", "국어"]),
    ],
)
def test_a_run_becomes_its_overlapping_pairs(run: str, expected: list[str]) -> None:
    assert list(pairs(run)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他买了iPhone。", ["他买", "买了", "iphone"]),
        ("在2008年，GDP增长了8.5%", ["在", "2008", "年", "gdp", "增长", "长了", "8.5"]),
        ("用C++写", ["用", "c++", "写"]),
        ("ปี 2551 คน", ["ปี", "2551", "คน"]),
        ("ｶﾞｽ", ["ガス"]),
        ("서울에서 만나요", ["서울", "울에", "에서", "만나", "나요"]),
    ],
)
def test_words_between_unspaced_runs_stay_words(text: str, expected: list[str]) -> None:
    assert list(find_words(text)) == expected


@given(MIXED)
def test_the_parts_of_a_text_make_up_the_text(text: str) -> None:
    assert "".join(part for part, _ in split_unspaced(text)) == text


@given(RUNS, RUNS)
def test_a_run_within_another_shares_its_pairs(run: str, other: str) -> None:
    inner = list(find_words(run))
    around = list(find_words(f"{other} {run} {other}"))

    assert set(inner) <= set(around)


@pytest.mark.parametrize(
    ("run", "words", "stretches"),
    [
        ("首席产品官", {"首席", "产品"}, {"首席": "首席产品", "产品": "首席产品"}),
        ("首席的产品", {"首席", "产品"}, {"首席": "首席", "产品": "产品"}),
        ("官", {"官"}, {"官": "官"}),
        ("官", set(), {}),
        ("ที่นี่", {"ที่นี่"}, {"ที่นี่": "ที่นี่"}),
    ],
)
def test_words_that_were_found_are_shown_as_the_stretches_they_cover(
    run: str, words: set[str], stretches: dict[str, str]
) -> None:
    assert covered_stretches(run, words, any) == stretches


def test_words_that_were_not_found_are_shown_without_what_known_ones_cover() -> None:
    unknown = {"量子", "子计", "计算", "算机", "机价"}
    stretches = covered_stretches("量子计算机价格", unknown, all)

    assert stretches == dict.fromkeys(unknown - {"机价"}, "量子计算机") | {"机价": ""}


@given(RUNS, st.data())
def test_a_stretch_is_written_in_the_run_and_holds_its_pair(
    run: str, data: st.DataObject
) -> None:
    words = set(data.draw(st.lists(st.sampled_from(list(pairs(run))))))
    for word, stretch in covered_stretches(run, words, any).items():
        assert word in words
        assert word in stretch
        assert stretch in run
    for stretch in covered_stretches(run, words, all).values():
        assert stretch in run


def test_pairs_that_overlap_are_joined_and_other_words_are_not() -> None:
    words = ["首席", "席产", "产品", "ship", "pier", "官"]

    assert joined_pairs(words) == ["首席产品", "ship", "pier", "官"]


@pytest.mark.parametrize(
    ("word", "characters"),
    [
        ("产品", ("产", "品")),
        ("한국", ("한", "국")),
        ("官", ()),
        ("ab", ()),
        ("ที่นี่", ()),
    ],
)
def test_only_east_asian_pairs_are_about_as_short_as_words(
    word: str, characters: tuple[str, ...]
) -> None:
    assert pair_of_characters(word) == characters
