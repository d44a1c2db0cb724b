"""Scripts without spaces between words, found and cut to pairs of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.unspaced import pairs, split_unspaced
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
