import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.readers.text_lines import ends_sentence, split_lines

PROSE = (
    "The quick brown fox jumps over the lazy dog, and then it sits down in the shade "
    "of an old tree to think about what it has done, which takes the whole afternoon. "
    "When evening comes the dog gets up again, looks around and walks slowly home."
)


def texts(text: str) -> list[str]:
    return [line.text for line in split_lines(text)]


def words(text: str) -> list[str]:
    return [text[slice(*line.words)] for line in split_lines(text)]


def wrapped(text: str, width: int = 72, **options: str) -> str:
    return textwrap.fill(text, width, **options)


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


def test_indented_lines_below_an_item_belong_to_it():
    text = "- first\n  goes on\n- second\nParagraph.\n  Indented."

    assert words(text) == ["first\n  goes on", "second", "Paragraph.", "Indented."]


def test_rows_of_a_table_are_told_by_their_columns():
    lines = split_lines("Name\tPrice\nPro    $5\n1.\titem\nA  sentence.  And another.")

    assert [line.in_columns for line in lines] == [True, True, False, False]


@pytest.mark.parametrize("width", [45, 60, 72, 90])
def test_hard_wrapped_paragraphs_are_joined(width: int):
    first, second = wrapped(PROSE, width), wrapped(PROSE[4:], width)

    assert texts(f"{first}\n\n{second}\n") == [first, second]


def test_long_lines_are_not_taken_for_wrapped_ones():
    assert texts(f"{PROSE}\n{PROSE}\n{PROSE}\n{PROSE}") == [PROSE] * 4


def test_short_sentences_one_to_a_line_are_not_joined():
    lines = [
        f"This is sentence number {number} of all those here." for number in range(10)
    ]

    assert texts("\n".join(lines)) == lines


def test_entries_of_uneven_length_are_not_joined():
    lines = [f"An entry without a full stop that is {'so ' * n}long" for n in range(15)]

    assert texts("\n".join(lines)) == lines


def test_wrapped_items_are_joined_and_kept_apart():
    item = wrapped(PROSE, initial_indent="- ", subsequent_indent="  ")
    text = f"{wrapped(PROSE)}\n\n{item}\n{item}\n"

    assert texts(text) == [wrapped(PROSE), item, item]


def test_a_dash_that_begins_a_wrapped_line_is_no_marker():
    text = wrapped(PROSE.replace("which takes", "- which takes"), 65)
    assert "\n- which" in text

    assert texts(f"{text}\n\n{text}") == [text, text]


def test_a_list_right_under_a_wrapped_paragraph_is_a_list():
    text = f"{wrapped(PROSE)}\n- one\n- two"

    assert texts(text) == [wrapped(PROSE), "- one", "- two"]


def test_a_question_above_a_wrapped_answer_is_a_line_by_itself():
    text = f"What does the fox do?\n{wrapped(PROSE)}"

    assert texts(text) == ["What does the fox do?", wrapped(PROSE)]


@pytest.mark.parametrize("text", ["end.", "end!”", "end?)", "。", "हैं।", "end…"])
def test_ends_of_sentences(text: str):
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["end", "end,", "end:", "", "”"])
def test_other_ends_of_lines(text: str):
    assert not ends_sentence(text)


@given(st.text(alphabet="ab1 \n\t-=.?:•\ufeff\u2028"))
def test_lines_are_slices_in_order(text: str):
    end = 0
    for line in split_lines(text):
        assert end <= line.start < line.end
        assert text[line.start : line.end] == line.text
        assert line.start <= line.words[0] < line.words[1] == line.end
        assert line.number == text.count("\n", 0, line.start) + 1
        end = line.end
