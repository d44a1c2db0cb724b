import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.documents.readers.text_lines import split_lines
from chatbot.documents.readers.wrapping import join_wrapped

PROSE = (
    "The quick brown fox jumps over the lazy dog, and then it sits down in the shade "
    "of an old tree to think about what it has done, which takes the whole afternoon. "
    "When evening comes the dog gets up again, looks around and walks slowly home."
)


def texts(text: str) -> list[str]:
    return [line.text for line in join_wrapped(text, split_lines(text))]


def words(text: str) -> list[str]:
    return [text[slice(*line.words)] for line in join_wrapped(text, split_lines(text))]


def wrapped(text: str, width: int = 72, **options: str) -> str:
    return textwrap.fill(text, width, **options)


def test_indented_lines_below_an_item_belong_to_it():
    text = "- first\n  goes on\n- second\nParagraph.\n  Indented."

    assert words(text) == ["first\n  goes on", "second", "Paragraph.", "Indented."]


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


def test_a_short_wrapped_paragraph_is_joined():
    text = (
        "The museum closes at six\nin the evening.\n"
        "The shop stays open for\nanother hour."
    )

    assert texts(text) == [text]


def test_each_stretch_between_gaps_is_judged_by_itself():
    first, second = wrapped(PROSE), wrapped(PROSE, 50)
    entries = ["Anna from the north", "Berta from the south", "Carl from the west"]
    text = "\n\n".join([first, "\n".join(entries), PROSE, second])

    assert texts(text) == [first, *entries, PROSE, second]


def test_one_wrapped_paragraph_among_many_lines_is_joined():
    lines = "\n".join(f"Sentence number {number} is here." for number in range(50))

    assert texts(f"{lines}\n\n{wrapped(PROSE)}")[50:] == [wrapped(PROSE)]


def test_a_line_broken_above_a_capital_is_joined_where_the_page_is_known():
    full = "The text of this licence stands in full length in the file named"
    text = f"{wrapped(PROSE, 66)}\n\n{full}\nLicence of the folder above."

    assert texts(text)[1] == f"{full}\nLicence of the folder above."


def test_a_heading_right_above_a_wrapped_paragraph_is_a_line_by_itself():
    assert texts(f"Of foxes and dogs\n{wrapped(PROSE)}") == [
        "Of foxes and dogs",
        wrapped(PROSE),
    ]


def test_a_rule_below_a_wrapped_paragraph_cuts_off_no_line_of_it():
    text = wrapped(PROSE.replace(". When", ", and when"))

    assert texts(f"{text}\n-----\nNext.") == [text, "Next."]


def test_short_lines_in_lower_case_are_a_list():
    lines = ["two eggs", "a pound of flour", "half a litre of milk", "some salt"]

    assert texts("\n".join(lines)) == lines


@settings(deadline=None)
@given(st.text(alphabet="aB1 \n\t-=.?:“"), st.integers(1, 4))
def test_joining_loses_nothing(text: str, times: int):
    text *= times
    lines = split_lines(text)
    joined = join_wrapped(text, lines)
    starts = [line.start for line in joined]

    assert set(starts) <= {line.start for line in lines}
    assert starts == sorted(starts)
    for line in joined:
        assert text[line.start : line.end] == line.text
    for line in lines:
        assert any(one.start <= line.start and line.end <= one.end for one in joined)
