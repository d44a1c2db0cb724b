import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.readers.text_lines import (
    ends_sentence,
    split_lines,
    starts_in_lower_case,
)


def texts(text: str) -> list[str]:
    return [line.text for line in split_lines(text)]


def words(text: str) -> list[str]:
    return [text[slice(*line.words)] for line in split_lines(text)]


def test_each_line_stands_by_itself():
    assert texts("One is.\nTwo is.\n\n  Three is.  \n") == [
        "One is.",
        "Two is.",
        "Three is.",
    ]


def test_lines_know_their_number_and_place():
    text = "\ufeff\n\n  One\n\tTwo"
    one, two = split_lines(text)

    assert (one.number, one.start, one.end) == (3, 5, 8)
    assert (two.number, text[two.start : two.end]) == (4, "Two")
    assert (one.below_gap, two.below_gap) == (True, False)


@pytest.mark.parametrize("rule", ["===", "-----", "~~~~", "- - -", "***", "___"])
def test_a_rule_is_no_line_but_underlines_the_one_above(rule: str):
    above, below = split_lines(f"Above\n{rule}\nBelow")

    assert (above.underlined, below.underlined) == (True, False)
    assert below.below_gap


def test_a_rule_below_a_gap_underlines_nothing():
    (above,) = split_lines("Above\n\n-----\n")

    assert not above.underlined


@pytest.mark.parametrize(
    "line",
    [
        "- item",
        "* item",
        "+ item",
        "• item",
        "•item",
        "·\xa0item",
        "– item",
        "— item",
        "1. item",
        "12) item",
        "(3) item",
        "1、item",
        "a) item",
        "(b) item",
        "-\titem",
    ],
)
def test_a_list_marker_is_not_of_the_words(line: str):
    assert words(line) == ["item"]
    assert split_lines(line)[0].is_item


@pytest.mark.parametrize(
    "line", ["-item", "2019. item", "1.5 items", "A. Smith", "-", "**bold** item"]
)
def test_what_only_resembles_a_marker_is_none(line: str):
    assert not split_lines(line)[0].is_item


@pytest.mark.parametrize(
    ("line", "ordinal"),
    [("7. item", 7), ("(3) item", 3), ("1、item", 1), ("- 1", None)],
)
def test_a_numbered_line_knows_its_number(line: str, ordinal: int | None):
    assert split_lines(line)[0].ordinal == ordinal


def test_rows_of_a_table_are_told_by_their_columns():
    lines = split_lines("Name\tPrice\nPro    $5\n1.\titem\nA  sentence.  And another.")

    assert [line.in_columns for line in lines] == [True, True, False, False]


@pytest.mark.parametrize("text", ["end.", "end!”", "end?)", "。", "हैं।", "end…"])
def test_ends_of_sentences(text: str):
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["end", "end,", "end:", "", "”"])
def test_other_ends_of_lines(text: str):
    assert not ends_sentence(text)


@pytest.mark.parametrize("text", ["goes on", "“goes on”", "(goes", "éa"])
def test_lines_that_start_in_lower_case(text: str):
    assert starts_in_lower_case(text)


@pytest.mark.parametrize("text", ["Goes on", "1st", "- goes", "好", "", "“"])
def test_other_starts_of_lines(text: str):
    assert not starts_in_lower_case(text)


@given(st.text(alphabet="ab1 \n\t-=.?:•\ufeff\u2028"))
def test_lines_are_slices_in_order(text: str):
    end = 0
    for line in split_lines(text):
        assert end <= line.start < line.end
        assert text[line.start : line.end] == line.text
        assert line.start <= line.words[0] < line.words[1] == line.end
        assert line.number == text.count("\n", 0, line.start) + 1
        end = line.end
