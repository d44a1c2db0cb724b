from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.documents.document import Passage
from chatbot.documents.outline import Outline
from chatbot.documents.readers.markdown import read_markdown

Cut = Callable[[Outline], tuple[Passage, ...]]


def outline_of(text: str) -> Outline:
    return read_markdown(text, "the file")


def headings(text: str) -> list[tuple[str, int, int]]:
    return [(item.text, item.level, item.line) for item in outline_of(text).headings]


@pytest.fixture
def passages(cut: Cut) -> Callable[[str], list[str]]:
    return lambda text: [passage.text for passage in cut(outline_of(text))]


@pytest.fixture
def sentences(cut: Cut) -> Callable[[str], list[str]]:
    def of_text(text: str) -> list[str]:
        return [
            text[start:end]
            for passage in cut(outline_of(text))
            for start, end in passage.sentences
        ]

    return of_text


Texts = Callable[[str], list[str]]


def test_headings_of_both_forms_have_levels_and_lines():
    text = "# One #\n\nTwo\n===\n\nThree\n---\n\n  ### *Four* & `#`  ##\n#\n#no"

    assert headings(text) == [
        ("One", 1, 1),
        ("Two", 1, 3),
        ("Three", 2, 6),
        ("*Four* & `#`", 3, 9),
    ]


def test_passages_know_the_path_of_their_headings(cut: Cut):
    text = "# A\na\n## B\nb\n#### C\nc\n## D\nd\n# E\ne"

    assert [
        [heading.text for heading in passage.headings]
        for passage in cut(outline_of(text))
    ] == [["A"], ["A", "B"], ["A", "B", "C"], ["A", "D"], ["E"]]


def test_paragraphs_keep_their_markup_and_line_breaks(cut: Cut):
    (passage,) = cut(outline_of("\n\nSome **bold**\nand [link](x). Two.\n"))

    assert passage.text == "Some **bold**\nand [link](x). Two."
    assert passage.line == 3
    assert len(passage.sentences) == 2


def test_a_list_is_one_passage_of_items(passages: Texts, sentences: Texts):
    text = "1. One. More.\n2. Two\n\n   again\n   - nested\n3. Three"

    assert passages(text) == [text]
    assert sentences(text) == ["One.", "More.", "Two", "again", "nested", "Three"]


def test_lists_of_different_markers_are_different_lists(passages: Texts):
    assert passages("- a\n- b\n\n* c") == ["- a\n- b", "* c"]


def test_empty_items_are_left_out(sentences: Texts):
    assert sentences("-\n- a\n-\n") == ["a"]


def test_a_list_belongs_to_the_paragraph_that_introduces_it(passages: Texts):
    assert passages("You need:\n\n- flour\n- water") == [
        "You need:\n\n- flour\n- water"
    ]


def test_quotes_are_paragraphs_without_their_first_mark(passages: Texts):
    assert passages("> One\n> more\n>\n> # Two\n\n>> - Three") == [
        "One\n> more",
        "Two",
        ">> - Three",
    ]
    assert headings("> # Two") == []


def test_rows_of_a_table_are_sentences(passages: Texts, sentences: Texts):
    text = "| Plan | Price |\n|------|:-----:|\n| Pro | $5. Monthly |\n\nText."

    assert passages(text) == [text[:-7], "Text."]
    assert sentences(text) == [text.split("\n\n")[0].strip("| "), "Text."]


def test_short_blocks_of_code_are_a_sentence_each(passages: Texts, sentences: Texts):
    text = "```python\na = b. c\n\n# no heading\n```\n\n    indented\n"

    assert passages(text) == ["a = b. c\n\n# no heading", "indented"]
    assert sentences(text) == ["a = b. c\n\n# no heading", "indented"]


def test_code_and_tables_in_a_list_are_sentences_as_elsewhere(sentences: Texts):
    code = "A = b. Call\n  D = e"
    table = "A | b |\n  |---|---|\n  | C. D | e"

    assert sentences(f"- One\n\n  ```\n  {code}\n  ```\n\n  | {table} |\n") == [
        "One",
        code,
        table,
    ]


def test_a_fence_without_end_reaches_to_the_end(passages: Texts):
    assert passages("~~~\ncode\n\n- more") == ["code\n\n- more"]


def test_html_is_read_without_its_tags(sentences: Texts):
    text = (
        '<details>\n<summary>What is it?</summary>\n<img\nsrc="x">\nIt is.\n</details>'
    )

    assert sentences(text) == ["What is it?", "It is."]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- a\n\ncomment -->",
        "<!-- no end",
        "* * *",
        "[label]: https://example.org 'Title'",
        '<p align="center"><img src="x"></p>',
        '<a href="x"><img src="y"></a> <br>',
        "![a photo](x)",
        "- ![a photo](x)",
        "[![badge](b_(c).svg)](x) [![other][y]][z]",
        "| A | B |\n|---|---|\n",
        "| A | B |\n|---|---|\n|  |  |\n",
        "<script>\na()\n\nb()\n</script>",
        "<STYLE>\na {}\n\nb {}\n</style>",
        "<script>a()",
        "```\n```",
        "---\ntitle: T\n---\n",
    ],
)
def test_what_holds_no_text_is_no_passage(passages: Texts, text: str):
    assert passages(text) == []


def test_a_script_in_other_html_is_no_text_below_a_blank_line_either(
    passages: Texts,
):
    script = "<script>\na();\n\n# b();\n\n- c();\n\n| d |\n|---|\n| e |\n</script>"

    assert passages(f"<div>\n{script}\n</div>\n\nText.") == ["Text."]
    assert headings(f"<div>\n{script}\n</div>\n\nText.") == []


def test_a_script_without_end_in_other_html_ends_with_its_block(passages: Texts):
    assert passages("<div><script>\na()\n\nText.") == ["Text."]


def test_the_title_is_the_first_heading_of_level_one():
    assert outline_of("## Two\n\n# One\n\n# Other").title == "One"
    assert outline_of("## Two\n").title == "the file"


@pytest.mark.parametrize(
    ("field", "title"),
    [
        ("title: The Title", "The Title"),
        ('Title: "Quoted: yes"', "Quoted: yes"),
        ("# comment\ntags: [a]\ntitle: 'x'", "x"),
        ("layout: page", "Heading"),
        ("title: >", "Heading"),
        ("title:", "Heading"),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_front_matter_gives_the_title_and_is_left_out(
    cut: Cut, mark: str, field: str, title: str
):
    text = f"{mark}---\n{field}\n---\n# Heading\nText."
    outline = outline_of(text)

    assert outline.title == title
    assert [passage.text for passage in cut(outline)] == ["Text."]
    assert outline.headings[0].line == text.count("\n")


def test_text_between_rules_is_not_front_matter(passages: Texts):
    assert passages("---\n\nJust words.\n\n---\n") == ["Just words."]


def test_a_byte_order_mark_hides_no_heading():
    assert headings("\ufeff# One\n") == [("One", 1, 1)]


@pytest.mark.parametrize(
    "text",
    [
        ">" * 20_000 + "a",
        "- " * 20_000 + "a",
        "\n".join("  " * depth + "- a" for depth in range(500)),
        "[" * 20_000,
        "<!--" * 20_000,
        "<" * 20_000,
        '[a]: b "\n' * 2_000,
        "|" * 20_000 + "\n" + "|-" * 20_000,
        "`" * 20_000,
        " ".join("`" * length for length in range(200)),
        "a <!--" * 5_000,
        "a <script>" * 5_000,
        "![](" * 5_000,
        "<div><script>\n\n" * 2_000,
        "    # a\n" * 5_000,
    ],
)
def test_hostile_text_is_read(cut: Cut, text: str):
    cut(outline_of(f"# Heading\n\n{text}\n\n# Other\n"))


FRAGMENTS = st.sampled_from(
    [
        "",
        "# Heading #",
        "Title\n---",
        "- item. more",
        "  - nested",
        "1. one",
        "> quote",
        "> - quoted item",
        "| a | b |\n|---|---|\n| c | d |",
        "- | a | b |\n  |---|---|\n  | c | d |",
        "```\ncode\n```",
        "> ```\n> code",
        "    indented",
        "\tindented",
        "<div>words</div>",
        "<!-- comment -->",
        "<div><script>\na()\n\nb()\n</script></div>",
        "![image](x) <!-- c --> words",
        "Some text. And more:",
        "---",
        "[a]: b",
        "\ufeff",
        "1. 1",
    ]
)


@settings(deadline=None)
@given(
    st.one_of(
        st.text().map(lambda text: text.replace("\r", "\n")),
        st.lists(FRAGMENTS, max_size=12).map("\n".join),
    )
)
def test_offsets_and_lines_hold_for_any_text(cut: Cut, text: str):
    outline = outline_of(text)

    for part in (*outline.headings, *cut(outline)):
        assert part.line == text.count("\n", 0, part.start) + 1


@pytest.mark.parametrize("mark", ["- ", "> "])
@pytest.mark.parametrize("times", [20, 60, 300])
def test_what_stands_below_a_line_of_marks_is_read(
    sentences: Texts, mark: str, times: int
):
    text = f"Before.\n\n{mark * times}deep\n\nBelow."
    first, *_, last = sentences(text)
    assert (first, last) == ("Before.", "Below.")


def test_what_stands_below_lists_without_end_is_read(sentences: Texts):
    lists = "".join(f"{'  ' * depth}- item\n" for depth in range(200))
    assert sentences(f"{lists}\nBelow.")[-1] == "Below."
