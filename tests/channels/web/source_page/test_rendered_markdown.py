"""Markdown as it is shown on the source page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from chatbot.channels.web.source_page.markdown import render_markdown
from chatbot.channels.web.source_page.quotation import NOTHING_QUOTED
from chatbot.documents.document import Span
from chatbot.documents.readers.markdown import read_markdown


class Page(HTMLParser):
    """The elements, the text and the marked text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked = ""
        self._marks = 0
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._marks += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._marks -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.text += str(data)
        if self._marks:
            self.marked += data


def shown(text: str, quoted: Span = NOTHING_QUOTED) -> Markup:
    headings = read_markdown(text, "").headings
    return render_markdown(text, (0, len(text)), headings, quoted, lambda url: url)


def marking(text: str, words: str) -> str:
    """The page of a text in which these words, which stand there once, are quoted."""
    assert text.count(words) == 1
    start = text.index(words)
    return str(shown(text, (start, start + len(words))))


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        (
            "It is so. It stays so.",
            "It stays so.",
            "It is so. <mark>It stays so.</mark>",
        ),
        (
            "A **b** c. D.",
            "A **b** c.",
            "<mark>A </mark><strong><mark>b</mark></strong>",
        ),
        (
            "One. *Two* it is.",
            "*Two* it is.",
            "<em><mark>Two</mark></em><mark> it is.<",
        ),
        (
            "One. _Two_ it is.",
            "_Two_ it is.",
            "<em><mark>Two</mark></em><mark> it is.<",
        ),
        ('So. **"Two"** it is.', '**"Two"** it is.', '<mark>"Two"</mark></strong>'),
        ("A [b c](/d). E.", "A [b c](/d).", '<a href="/d"><mark>b c</mark></a>'),
        ("Say `a b` now.", "Say `a b`", "<mark>Say <code>a b</code></mark> now."),
        ("Ham &amp; eggs. No.", "Ham &amp; eggs.", "<mark>Ham &amp; eggs.</mark> No."),
        ("A **b c** d.", "A **b", "<mark>A </mark><strong><mark>b</mark> c</strong>"),
        ("# One two", "two", "One <mark>two</mark></h2>"),
        ("## So # so", "so", "So # <mark>so</mark></h2>"),
        ("One\n two\n===", "two", "<mark>two</mark></h2>"),
        ("- One.\n- Two.", "Two.", "<mark>Two.</mark></li>"),
        ("- One.\n- Two.", "- One.\n- Two.", "<mark>One.</mark></li>"),
        ("> - One\n>   two", "One\n>   two", "<mark>One\ntwo</mark>"),
        ("|a|b|\n|-|-|\n|a| a b|", "a b", "<td>a</td>\n<td><mark>a b</mark></td>"),
        ("||b|\n|-|-|\n|a||", "b", "<th><mark>b</mark></th>"),
        ("```\na\nb\n```", "b", '"L3" data-line="3"><mark>b</mark>'),
        ("x\n\n    a\n    b", "b", "<mark>b</mark>"),
        ("- x\n\n  ```\n  a\n  ```", "a", "<mark>a</mark>"),
    ],
)
def test_the_quoted_words_are_marked_where_they_are_rendered(
    text: str, words: str, html: str
) -> None:
    page = marking(text, words)
    assert html in page.replace("&quot;", '"')
    assert 'class="written"' not in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A [b](/c-d-e) f.", "c-d"),
        ("A &amp; b.", "A &am"),
        ("A `b c` d.", "A `b"),
        ("A \\* b.", "A \\"),
        ("![a b c](/d)", "b"),
        ("> # a a\n> b", "a a"),
        ("|a|\n|-|\n|b \\| c|", "b \\| c"),
        ("[a]: /b", "/b"),
        ("A\n\n---\n\nB", "---"),
        ("---\ntitle: A\n---\nB", "title: A"),
        ("<!-- a -->\n\n[b]: /c\n\nd", "[b]"),
    ],
)
def test_words_that_rendering_would_blur_are_shown_as_they_are_written(
    text: str, words: str
) -> None:
    page = Page(marking(text, words))
    assert page.marked == words


def test_every_line_is_the_target_of_its_number() -> None:
    text = (
        "---\ntitle: A\n---\n\n# One\n\nTwo\nthree\n\n- four\n  five\n- six\n\n"
        "```\nseven\neight\n```\n\n|a|\n|-|\n|b|\n\n[r]: /x\n\n> nine\n> ten\n\nE\n=\n"
    )
    anchors = re.findall(r'id="L(\d+)"', shown(text))
    assert len(anchors) == len(set(anchors))
    lines = enumerate(text.split("\n"), 1)
    unrendered = ("|-|", "```", "=")
    expected = {n for n, line in lines if line and line not in unrendered}
    assert {int(anchor) for anchor in anchors} >= expected - {14}


def test_headings_stand_below_that_of_the_page_and_leave_no_level_out() -> None:
    page = shown("# A\n\n#### B\n\n###### C\n\n## D\n\n> # E\n\n- # F\n")
    assert re.findall(r"<(h\d|p class=\"heading\")", page) == [
        "h2", "h3", "h4", "h3", 'p class="heading"', 'p class="heading"',
    ]  # fmt: skip


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "text <b onclick=alert(1)>bold</b> text",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "![a](javascript:alert(1))",
    '![a](x" onerror="alert(1))',
    '[a](/b "c\\" onclick=alert(1)")',
    "[a]\n\n[a]: javascript:alert(1)",
    '```"><script>alert(1)</script>\ncode\n```',
    "|a|\n|:-:|\n|<script>alert(1)</script>|",
    "# <svg onload=alert(1)>",
    "<div>\n<script>alert(1)</script>\n</div>",
    "<style>*{display:none}</style>",
    "<!--\n-->\n<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<mark>not quoted</mark>",
    "a\0b <iframe src=//x>",
]
SAFE = {
    *("div", "p", "span", "a", "em", "strong", "s", "code", "pre", "mark", "br", "hr"),
    *("ul", "ol", "li", "blockquote", "h2", "h3", "h4", "h5", "h6"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *("id", "class", "data-line", "href", "rel", "start"),
    *("role", "aria-label", "tabindex"),
}


def assert_is_safe(page: Page) -> None:
    for name, attributes in page.elements:
        assert name in SAFE
        assert set(attributes) <= ATTRIBUTES
        scheme = re.match(r"\s*([\w.+-]+):", attributes.get("href") or "")
        assert scheme is None or scheme[1] in ("http", "https", "mailto")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markup_is_shown_as_text(text: str) -> None:
    for quoted in (NOTHING_QUOTED, (0, len(text)), (1, len(text) - 1)):
        page = Page(shown(text, quoted))
        assert_is_safe(page)
        if "<script>" in text:
            assert "<script>alert(1)</script>" in page.text


PIECES = [
    *("one", "two. ", "Three", " ", " ", "\n", "\n\n", "- ", "1. ", "> ", "# ", "    "),
    *("*", "**", "_", "`", "```\n", "|", "|-|-|\n", "[", "](/x)", "![", "<b>", "\\"),
    *("&amp;", "~~", "\n===\n", "---\n", "[r]: /x\n", "é", "語", "\t", "🙂", "\u00a0"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(letter in rest for letter in part)


@given(text=texts, data=st.data())
def test_what_is_marked_is_what_is_quoted_and_nothing_else_changes(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    html = shown(text, (start, end))
    page = Page(html)
    assert_is_safe(page)
    assert is_subsequence(letters(page.marked), letters(text[start:end]))
    if letters(text[start:end]):
        assert "<mark>" in html
    if 'class="written"' not in html:
        without = re.sub("</?mark>", "", html)
        assert without == shown(text)


@given(text=texts)
def test_every_word_of_the_document_is_on_the_page(text: str) -> None:
    page = Page(shown(text)).text
    words = re.findall(r"one|two|Three", text)
    assert sorted(re.findall(r"one|two|Three", page)) == sorted(words)
