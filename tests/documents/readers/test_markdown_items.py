from collections.abc import Iterator
from itertools import accumulate

import pytest

from chatbot.documents.outline import Item
from chatbot.documents.readers.markdown_items import (
    CODE_LINES,
    SourceLines,
    closing_tags,
    code_items,
    html_items,
    paragraph_items,
    script_end,
    table_items,
)


def lines_of(text: str) -> tuple[SourceLines, range]:
    rows = text.split("\n")
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    return SourceLines(text, starts), range(len(rows))


def prose(text: str, items: Iterator[Item]) -> list[str]:
    return [text[start:end] for item in items for start, end in item.prose]


def paragraph(text: str) -> list[str]:
    return prose(text, paragraph_items(text, 0, len(text)))


def code(text: str) -> list[str]:
    return prose(text, code_items(*lines_of(text)))


def table(text: str) -> list[str]:
    return prose(text, table_items(*lines_of(text)))


def html(text: str) -> list[str]:
    return prose(text, html_items(*lines_of(text)))


def test_a_header_is_never_without_the_first_row_below_it():
    header = "| Dosage | Adults | Children |\n|---|---|---|"
    rows = ["| 5 mg | Once. Daily | No |", "| 7 mg | Twice | No |"]

    assert table("\n".join([header, *rows])) == [
        f"{header}\n{rows[0]}".strip("| "),
        rows[1].strip("| "),
    ]


def test_a_header_goes_past_an_empty_row():
    text = "A | B\n---|---\n|   |   |\n1 | 2"

    assert table(text) == [text]


def test_a_table_of_a_header_alone_says_nothing():
    assert table("| Dosage | Adults |\n|---|---|") == []


def test_a_short_block_of_code_is_one_item():
    text = "\n".join(["", *(f"line {number}" for number in range(CODE_LINES)), ""])

    assert code(text) == [text.strip()]


def test_a_long_block_of_code_has_an_item_for_each_line():
    rows = [f"line {number}" for number in range(CODE_LINES + 1)]

    assert code("\n".join(rows)) == rows


@pytest.mark.parametrize("mark", ["# ", "## ", "//", "// ", "-- ", ";", ";; "])
def test_a_comment_belongs_to_the_line_below_it(mark: str):
    rows = [f"line {number}" for number in range(CODE_LINES)]
    comment = f"{mark}what is\n{mark}here"

    assert code("\n".join([*rows, comment, "below"])) == [*rows, f"{comment}\nbelow"]


@pytest.mark.parametrize("line", ["#include <x>", "--option", "#!/bin/sh", "- a"])
def test_what_only_resembles_a_comment_stands_alone(line: str):
    rows = [f"line {number}" for number in range(CODE_LINES)]

    assert code("\n".join([line, *rows])) == [line, *rows]


def test_a_comment_with_nothing_right_below_it_stands_alone():
    rows = [f"line {number}" for number in range(CODE_LINES)]

    assert code("\n".join(["# one", "", *rows, "# two"])) == ["# one", *rows, "# two"]


@pytest.mark.parametrize(
    "text",
    [
        "![a photo](x)",
        "![a](b_(c).svg) ![a][b]",
        "[![a](b)](c) | [![a](b)][c]",
        '<a href="x"><img src="y"></a>',
        "<!-- a comment -->",
        "<br/> …",
    ],
)
def test_images_tags_and_comments_alone_are_no_paragraph(text: str):
    assert paragraph(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "![a](b) A caption.",
        "[link](x)",
        "<https://example.org>",
        "`<!--` begins and `-->` ends a comment.",
        "``<script>`` and `` ` `` </script>",
        "a <!-- without end",
        "Use <script> as a tag",
    ],
)
def test_a_paragraph_with_words_is_kept_as_it_is(text: str):
    assert paragraph(text) == [text]


def test_comments_and_scripts_are_cut_out_of_a_paragraph():
    text = "<!-- a --> One. <!-- b --> Two. <SCRIPT>c()</script> `d` <!-- e -->"

    assert paragraph(text) == ["One.", "Two.", "`d`"]


def test_lines_of_html_are_read_without_their_tags():
    text = "<p>One <b>two</b></p>\n<br>\n<img\nsrc='x'>\nthree &amp; four</div>"

    assert html(text) == ["One <b>two", "three &amp; four"]


def test_what_is_in_scripts_style_sheets_and_comments_is_no_html_text():
    text = "<div>\n<script>a < b</script>\n<style>\nc\n</style>\n<!-- d --> e\n</div>"

    assert html(text) == ["e"]


@pytest.mark.parametrize("opening", ["<script>", "<STYLE a='b'>", "<!-- c", "<script"])
def test_what_is_left_open_reaches_to_the_end_of_the_block(opening: str):
    assert html(f"<p>one</p>\n{opening}\ntwo\n<p>three") == ["one"]


def test_a_script_left_open_ends_with_the_next_closing_tag():
    text = "<div><script>\na\n\nb</script >c</script>"
    lines, _ = lines_of(text)

    assert script_end(lines, range(2), closing_tags(text)) == text.index("c</")


@pytest.mark.parametrize(
    "text", ["<script>\n</script>\n", "<p>\n\n</script>", "<script>\n\n", "<!--\n\n"]
)
def test_a_block_that_leaves_nothing_open_hides_nothing_below(text: str):
    lines, _ = lines_of(text)

    assert script_end(lines, range(2), closing_tags(text)) == 0
