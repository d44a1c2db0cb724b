"""Tables among the sentences of a passage."""

from __future__ import annotations

import pytest

from chatbot.answering.tables import Table, span_of_rows, tables_in
from chatbot.documents.document import Passage
from chatbot.documents.passages import cut_passages
from chatbot.documents.readers.markdown import read_markdown

PIPED = "| Lamp | Watts |\n|------|------:|\n| Low | 3 |\n| High | 9 |"
BARE = "Lamp | Watts\n---|---\nLow | 3\nHigh | 9"


def passage_of(text: str) -> Passage:
    (passage,) = cut_passages(
        read_markdown(text, ""), "a.md", lambda prose: [(0, len(prose))]
    )
    return passage


def headers(text: str) -> list[tuple[str, range]]:
    return [(table.header, table.rows) for table in tables_in(passage_of(text))]


def test_the_rows_of_a_table_are_the_sentences_from_its_header_on():
    assert headers(PIPED) == [("Lamp | Watts |", range(2))]
    assert headers(BARE) == [("Lamp | Watts", range(2))]


def test_a_table_stands_below_what_introduces_it():
    assert headers(f"The lamps are:\n\n{PIPED}") == [("Lamp | Watts |", range(1, 3))]


def test_a_table_in_a_list_ends_where_its_rows_do():
    table = PIPED.replace("\n", "\n  ")

    assert headers(f"- Lamps\n\n  {table}\n\n  They last.\n- Oil\n") == [
        ("Lamp | Watts |", range(1, 3))
    ]


def test_an_empty_row_does_not_end_a_table():
    assert headers(PIPED.replace("| High", "|  |  |\n| High")) == [
        ("Lamp | Watts |", range(2))
    ]


@pytest.mark.parametrize(
    "text",
    [
        PIPED.rsplit("\n", 1)[0],
        "- Low | 3\n- High | 9",
        f"```\nlamps:\n{BARE}\n```",
        "Lamps are low.",
    ],
)
def test_one_row_a_list_code_and_prose_are_no_table(text: str):
    assert headers(text) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (range(1, 2), "High | 9"),
        (range(1), PIPED.rsplit("\n", 1)[0]),
        (range(2), PIPED),
    ],
)
def test_rows_on_several_lines_have_the_pipes_at_their_ends(rows: range, expected: str):
    text = f"\n\n{PIPED}\n\n"
    start, end = span_of_rows(passage_of(text), rows)

    assert text[start:end] == expected


def test_rows_without_pipes_at_their_ends_are_taken_as_they_are():
    start, end = span_of_rows(passage_of(BARE), range(2))

    assert BARE[start:end] == BARE


def test_a_table_says_which_rows_it_has():
    assert list(tables_in(passage_of(BARE))) == [Table("Lamp | Watts", range(2))]
