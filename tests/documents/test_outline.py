from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.outline import WHITE_SPACE, trimmed


def test_white_space_and_the_byte_order_mark_are_trimmed():
    text = "\ufeff \u3000\tword\u2028\n"

    assert trimmed(text, 0, len(text)) == (4, 8)


def test_marks_are_trimmed_with_the_white_space():
    assert trimmed("| a | b |", 0, 9, "|") == (2, 7)


def test_all_of_pythons_white_space_is_white_space():
    assert all(
        character in WHITE_SPACE or not character.isspace()
        for character in map(chr, range(0x110000))
    )


@given(st.text(alphabet="a \n\ufeff"), st.integers(0, 9), st.integers(0, 9))
def test_a_trimmed_span_lies_in_its_span(text: str, start: int, length: int):
    start = min(start, len(text))
    end = min(start + length, len(text))
    first, last = trimmed(text, start, end)

    assert start <= first <= last <= end
    assert text[first:last] == text[start:end].strip(WHITE_SPACE)
