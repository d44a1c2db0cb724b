from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.documents.document import Passage
from chatbot.documents.outline import WHITE_SPACE, Outline
from chatbot.documents.readers.plain_text import read_plain_text

Cut = Callable[[Outline], tuple[Passage, ...]]


def outline_of(text: str) -> Outline:
    return read_plain_text(text, "the file")


def headings(text: str) -> list[str]:
    return [heading.text for heading in outline_of(text).headings]


@pytest.fixture
def sections(cut: Cut) -> Callable[[str], list[tuple[str, str]]]:
    """The heading and the text of each passage."""

    def of_text(text: str) -> list[tuple[str, str]]:
        return [(passage.heading, passage.text) for passage in cut(outline_of(text))]

    return of_text


Sections = Callable[[str], list[tuple[str, str]]]


def test_each_line_is_a_paragraph(sections: Sections):
    assert sections("One is. Two is.\nThree is.\n") == [
        ("", "One is. Two is."),
        ("", "Three is."),
    ]


def test_a_short_line_without_a_full_stop_is_a_heading(sections: Sections):
    assert sections("Shipping times\nIt takes three days.\nOr four.") == [
        ("Shipping times", "It takes three days."),
        ("Shipping times", "Or four."),
    ]


@pytest.mark.parametrize("end", [*".!;,:。！；，、：،؛।", ".”", ".)"])
def test_a_line_that_ends_like_a_sentence_is_no_heading(end: str):
    assert headings(f"this goes on{end}\nText is here.") == []


@pytest.mark.parametrize(
    "question",
    [
        "Can I pay by card?",
        "“Is it true?”",
        "送料はいくらですか？",
        "كيف يمكنني الدفع؟",
        "What happens to my subscription when I cancel it in the middle of a month "
        "that I have already paid for?",
    ],
)
def test_a_question_is_a_heading(question: str):
    assert headings(f"{question}\nText is here.") == [question]


@pytest.mark.parametrize(
    "line",
    [
        "a b c d e f g h i j k l m",
        "x" * 81,
        "We looked at it for years and years and found nothing. Why would that be so?",
        "Email: help@example.org",
        "Telephone: 555 0100",
        "https://example.org",
        "…",
        "Pro\t$5",
    ],
)
def test_other_lines_are_no_headings(line: str):
    assert headings(f"Some text.\n{line}\nText is here.") == []


@pytest.mark.parametrize(
    "line",
    ["Your Title Is Nothing. What You Do Matters.", "Welcome to the Team Meeting!"],
)
def test_a_line_in_title_case_is_a_heading_even_with_full_stops(line: str):
    assert headings(f"{line}\nText is here.") == [line]


@pytest.mark.parametrize(
    "line", ["It Is.", "Ask Peter.", "We met Peter Smith there.", "DO NOT OPEN THIS."]
)
def test_a_sentence_with_capitals_is_no_heading(line: str):
    assert headings(f"{line}\nText is here.") == []


def test_an_underlined_line_is_a_heading_whatever_its_end(sections: Sections):
    assert sections("Note.\n-----\nText is here.") == [("Note.", "Text is here.")]


def test_a_rule_under_a_long_line_separates(sections: Sections):
    long = "This is a sentence of more than a dozen words, as one may count here."

    assert sections(f"{long}\n-----\nText is here.") == [
        ("", long),
        ("", "Text is here."),
    ]


def test_the_title_is_a_heading_with_a_heading_right_under_it():
    outline = outline_of("The Handbook\n\nShipping\nIt is.\nReturns\nThey are.")

    assert outline.title == "The Handbook"
    assert [(heading.text, heading.level) for heading in outline.headings] == [
        ("The Handbook", 1),
        ("Shipping", 2),
        ("Returns", 2),
    ]
    assert [
        [heading.text for heading in block.headings] for block in outline.blocks
    ] == [
        ["The Handbook", "Shipping"],
        ["The Handbook", "Returns"],
    ]


def test_without_a_title_all_headings_are_of_one_level():
    outline = outline_of("Shipping\nIt is.\nReturns\nThey are.")

    assert outline.title == "the file"
    assert {heading.level for heading in outline.headings} == {1}


def test_three_short_lines_in_a_row_are_a_list(cut: Cut):
    outline = outline_of("We sell these.\nApples\nPears\nPlums\nThey are good.")

    assert outline.headings == ()
    assert [block.kind for block in outline.blocks] == [
        "paragraph",
        "list",
        "paragraph",
    ]
    assert cut(outline)[1].text == "Apples\nPears\nPlums"


def test_two_short_lines_under_a_colon_are_a_list(sections: Sections):
    assert sections("We sell:\nApples\nPears\nThey are good.") == [
        ("", "We sell:\nApples\nPears"),
        ("", "They are good."),
    ]


def test_a_title_above_a_list_of_short_lines_is_no_part_of_it(sections: Sections):
    assert sections("Fruit\n\nApples\nPears\nPlums") == [
        ("Fruit", "Apples\nPears\nPlums")
    ]


@pytest.mark.parametrize(
    "below",
    [
        "\nAdults pay 40 euros.",
        "Adults pay 40 euros.",
        "\nAdults: forty\nPupils: ten\n\nText is.",
    ],
)
def test_a_short_line_alone_below_a_list_of_them_is_a_heading(below: str):
    board = "Chair: Ada Holm\nTreasurer: Ben Lind\nSecretary: Cora Falk"

    assert headings(f"{board}\n\nMembership fees\n{below}") == ["Membership fees"]


def test_two_lines_with_a_name_and_its_value_are_text(sections: Sections):
    board = "Chair: Ada Holm\nTreasurer: Ben Lind"

    assert sections(f"{board}\n\nText is here.")[0] == ("", board)
    assert headings("Safety: a guide\n\nTravel: by sea\n\nText is here.") == [
        "Safety: a guide",
        "Travel: by sea",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Apples\n\nPears\n\nPlums\n\nText is here.",
        "Apples\nPears\nPlums\n\nFigs\n\nDates",
        "Apples\nPears\nPlums\n\nFigs and the\nrest are sold out.",
    ],
)
def test_short_lines_with_gaps_between_them_all_or_below_are_a_list(text: str):
    assert headings(text) == []


def test_short_lines_at_the_end_are_text(sections: Sections):
    assert sections("Text is here.\nYours\nPeter") == [
        ("", "Text is here."),
        ("", "Yours\nPeter"),
    ]


def test_a_question_at_the_end_is_text(sections: Sections):
    assert sections("Text is here.\nAny questions?") == [
        ("", "Text is here."),
        ("", "Any questions?"),
    ]


def test_a_single_short_line_is_text(sections: Sections):
    assert sections("Hello world") == [("", "Hello world")]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_short_answers_of_a_faq_are_text(sections: Sections, gap: str):
    lines = [
        "Do you ship abroad?",
        "Yes",
        "What do you take?",
        "Visa",
        "Mastercard",
        "Cash",
        "Who are you?",
        "Peter's shop",
    ]

    assert sections(gap.join(lines)) == [
        ("Do you ship abroad?", "Yes"),
        ("What do you take?", gap.join(["Visa", "Mastercard", "Cash"])),
        ("Who are you?", "Peter's shop"),
    ]


def test_a_heading_below_a_short_answer_is_a_heading(sections: Sections):
    assert sections("Do you ship abroad?\nYes\nPayment\nWe take cards.") == [
        ("Do you ship abroad?", "Yes"),
        ("Payment", "We take cards."),
    ]


def test_numbered_questions_are_headings(sections: Sections):
    assert sections("1. Who are you?\nWe are.\n2. Where are you?\nHere.") == [
        ("1. Who are you?", "We are."),
        ("2. Where are you?", "Here."),
    ]


def test_items_of_a_list_are_no_headings(sections: Sections):
    text = "- What is it?\n- Apples\n\n- Pears"

    assert sections(f"Text is here.\n{text}\nMore text.")[1] == ("", text)
    assert sections("1. Apples\n2. Pears\nText is here.")[0] == (
        "",
        "1. Apples\n2. Pears",
    )


def test_a_list_belongs_to_the_line_that_introduces_it(sections: Sections):
    assert sections("You need:\n\n- flour\n- water\n\nMix them.") == [
        ("", "You need:\n\n- flour\n- water"),
        ("", "Mix them."),
    ]


def test_rows_of_a_table_stay_together(cut: Cut):
    (passage,) = cut(outline_of("Plan\tPrice\nBasic\t$5. Per month\nPro\t$9"))

    assert len(passage.sentences) == 3


def test_windows_line_ends_are_those_of_the_reading(read: Callable[..., object]):
    document = read("a.txt", "Shipping\r\n\r\nIt takes\tthree days.\r\n")

    assert document.passages[0].text == "It takes\tthree days."
    assert document.passages[0].heading == "Shipping"
    assert document.passages[0].line == 3


def test_chinese_is_read_as_other_scripts_are(cut: Cut):
    (passage,) = cut(outline_of("配送时间\n通常需要三天。节假日除外。\n"))

    assert passage.heading == "配送时间"
    assert len(passage.sentences) == 2


def test_text_from_right_to_left_is_read_as_other_text(sections: Sections):
    text = "ما هي مدة الشحن؟\nثلاثة أيام\nالدفع\nنقبل البطاقات، والتحويل.\n• أ\n• ب\n"

    assert sections(text) == [
        ("ما هي مدة الشحن؟", "ثلاثة أيام"),
        ("الدفع", "نقبل البطاقات، والتحويل."),
        ("الدفع", "• أ\n• ب"),
    ]


def test_headings_and_paragraphs_of_a_wrapped_text(sections: Sections):
    body = (
        "This is the text of a paragraph that an editor broke at a width of\n"
        "about seventy characters, which is what people did with all texts\n"
        "before screens were wide, and what some of them do to this day for\n"
        "the sake of others."
    )

    assert sections(f"Background\n\n{body}\n\nDetails\n\n{body}\n") == [
        ("Background", body),
        ("Details", body),
    ]


def test_fragments_of_sentences_are_no_headings(sections: Sections):
    text = (
        "The backup runs at night\nand takes two hours.\n"
        "It is kept for ninety\ndays on tape in Halle."
    )

    assert sections(f"Server migration\n\n{text}\n") == [("Server migration", text)]


@pytest.mark.parametrize(
    "text",
    [
        "Either way\nthe fee is paid back. You need no receipt.",
        "int main(void)\n{\nreturn 0;",
        "This is a text that goes on and on without a full stop, a semicolon or colon "
        "anywhere in it\nAnd Then So\nIt ends. It really does.",
    ],
)
def test_a_line_that_goes_on_with_its_neighbour_is_no_heading(text: str):
    assert headings(f"Some text.\n\n{text}\n\nMore text.") == []


@pytest.mark.parametrize("line", ["$ make install", "#include <x>", "<br>", "}", "`a`"])
def test_a_line_of_code_is_no_heading(line: str):
    assert headings(f"Some text.\n\n{line}\n\nMore text.") == []


def test_a_heading_between_sentences_needs_no_gap():
    text = "We ship abroad.\nReturns\nSend it back. We pay."

    assert headings(text) == ["Returns"]


@pytest.mark.parametrize(
    "line",
    [
        "0. Definitions.",
        "11. Patents.",
        "3. Our obligations.",
        "13. Use with the GNU Affero General Public License.",
        "3. Protecting Users' Legal Rights From Anti-Circumvention Law.",
    ],
)
def test_a_numbered_line_between_gaps_is_a_heading_with_its_full_stop(line: str):
    assert headings(f"Some text.\n\n  {line}\n\n  More text.") == [line]


@pytest.mark.parametrize(
    "text",
    [
        "1. Send it back within thirty days.",
        "1. Wash.\n\n2. Rinse.\n\n3. Repeat.",
        "1. Patents. They are granted.",
        "1. " + "Very " * 20 + "Long.",
    ],
)
def test_numbered_sentences_and_lists_are_no_headings(text: str):
    assert headings(f"Some text.\n\n{text}\n\nMore text.") == []


def test_a_numbered_heading_may_stand_below_the_items_of_another_list():
    text = "Some text:\n\n   1) One.\n\n   2) Two.\n\n3. Patents.\n\nMore text."

    assert headings(text) == ["3. Patents."]


def test_the_next_number_ends_the_section_of_a_numbered_heading(sections: Sections):
    text = "1. Terms.\n\nWork is work.\n\n2. Grant. We grant you this.\n\nSo it is."

    assert sections(text) == [
        ("1. Terms.", "Work is work."),
        ("", "2. Grant. We grant you this."),
        ("", "So it is."),
    ]


def test_a_word_in_capitals_and_a_colon_above_indented_text_are_a_heading():
    line = "APPENDIX: How to apply the license to your work."

    assert headings(f"Some text.\n\n {line}\n\n   More text.") == [line]


@pytest.mark.parametrize(
    "text",
    [
        "NOTE: Keep the lid closed.\n\nMore text.",
        "Note: Keep the lid closed.\n\n  More text.",
        "APPENDIX: How it is. And why.\n\n  More text.",
        "APPENDIX: How it is.\n  More text.",
        "APPENDIX: How it is.",
    ],
)
def test_a_note_is_no_heading(text: str):
    assert headings(f"Some text.\n\n{text}") == []


def test_a_centred_short_line_between_gaps_is_a_heading(sections: Sections):
    text = "One is.\n\n                 THE TERMS\n\nTwo is."

    assert sections(text) == [("", "One is."), ("THE TERMS", "Two is.")]


LINES = st.sampled_from(
    [
        "",
        " ",
        "===",
        "----",
        "- item",
        "1. Numbered",
        "2) What is this?",
        "Short line",
        "What is it?",
        "Who?",
        "All Words Are Capitalised. Even These.",
        "Here is a sentence. And another one follows it.",
        "These are:",
        "Name\tPrice",
        "  indented, and going on",
        "A line of about the width at which some people break their lines of",
        "\ufeff",
        "•",
        "好的。",
        "  2. Definitions.",
        "ANNEX: All of it.",
        "   deep below",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(LINES, max_size=25).map("\n".join))


@settings(deadline=None)
@given(TEXTS)
def test_nothing_but_blank_lines_and_rules_is_lost(cut: Cut, text: str):
    outline = outline_of(text)
    kept = [(heading.start, heading.end) for heading in outline.headings]
    kept += [(passage.start, passage.end) for passage in cut(outline)]
    kept.sort()

    assert all(first[1] <= second[0] for first, second in pairwise(kept))
    rest = list(text)
    for start, end in kept:
        rest[start:end] = " " * (end - start)
    for line in "".join(rest).split("\n"):
        marks = line.strip(WHITE_SPACE).replace(" ", "")
        assert not marks or (len(marks) >= 3 and marks in marks[0] * len(marks))


@settings(deadline=None)
@given(TEXTS)
def test_headings_and_passages_know_their_lines(cut: Cut, text: str):
    outline = outline_of(text)

    for part in (*outline.headings, *cut(outline)):
        assert part.line == text.count("\n", 0, part.start) + 1


@settings(deadline=None)
@given(TEXTS)
def test_a_heading_is_never_a_passage(cut: Cut, text: str):
    outline = outline_of(text)
    headings = {heading.start for heading in outline.headings}

    assert not headings & {passage.start for passage in cut(outline)}
