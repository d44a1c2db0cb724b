"""The source page in a real browser: seen, without scripts, under attack."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from chatbot.channels.source_links import quote_path, source_path
from tests.browser.conftest import (
    LAPTOP,
    NARROW,
    PHONE,
    ServeBot,
    ServedBot,
    Violations,
)
from tests.browser.hostile import HOSTILE_FILES

HANDBOOK = {
    "staff/leave.md": "# Leave\n\n"
    + "Everybody plans ahead.\n\n" * 40
    + "## How much\n\nEverybody has **thirty days** of paid leave. Half days count.\n\n"
    + "1. Write to your lead.\n2. Wait for a word.\n\n"
    + "| Country | Days | Note |\n|---|--:|:-:|\n| Japan | 20 | `by law` |\n\n"
    + "#### Example\n\n```sh\nleave request --days 3\n```\n\n> Rest is work.\n\n"
    + "See [the shop](../shop.txt) and [elsewhere](https://example.org).\n\n"
    + "Everybody comes back.\n\n" * 40,
    "shop.txt": "Delivery\n\nDelivery to the islands takes nine days.\n",
    "faq.jsonl": '{"title": "Dogs", "text": "Dogs may come along.", "url": '
    '"https://example.org/dogs"}\n',
    "arabic.txt": "الإجازة\n\nلكل موظف ثلاثون يوما من الإجازة المدفوعة في السنة.\n",
}
QUESTIONS = {
    "staff/leave.md": "How many days of paid leave does everybody have?",
    "shop.txt": "How long does delivery to the islands take?",
    "faq.jsonl": "May dogs come along?",
    "arabic.txt": "كم يوما من الإجازة المدفوعة؟",
}


@pytest.fixture(scope="module")
def handbook(serve_bot: ServeBot) -> ServedBot:
    return serve_bot(HANDBOOK)


@pytest.fixture(scope="module")
def hostile(serve_bot: ServeBot) -> ServedBot:
    return serve_bot(HOSTILE_FILES)


def address_of(served: ServedBot, source: str) -> str:
    """The address of the words that answer the question about a document."""
    quotes = served.bot.reply(QUESTIONS[source]).quotes
    return served.url + next(quote_path(q) for q in quotes if q.source == source)


@pytest.mark.parametrize("size", [PHONE, NARROW, LAPTOP])
@pytest.mark.parametrize("javascript", [True, False])
def test_the_quoted_words_are_in_view(
    new_page: Callable[..., Any],
    handbook: ServedBot,
    size: dict[str, int],
    javascript: bool,
) -> None:
    page = new_page(viewport=size, java_script_enabled=javascript)
    page.goto(address_of(handbook, "staff/leave.md"))
    words = page.locator("mark").first
    box = words.bounding_box()
    assert 0 < box["y"] < size["height"] - box["height"]
    assert 0 <= box["x"] <= box["x"] + box["width"] <= size["width"]
    texts = page.locator("mark").all_inner_texts()
    assert "".join(texts).startswith("Everybody has thirty days of paid leave.")


@pytest.mark.parametrize("source", list(QUESTIONS))
def test_it_has_no_violation(
    page: Any,
    handbook: ServedBot,
    violations: Violations,
    source: str,
) -> None:
    page.goto(address_of(handbook, source))
    assert page.locator("mark").count()
    for color_scheme, size in product(("light", "dark"), (LAPTOP, PHONE)):
        page.emulate_media(color_scheme=color_scheme)
        page.set_viewport_size(size)
        assert violations(page) == []


def test_a_phone_never_scrolls_sideways(page: Any, handbook: ServedBot) -> None:
    for source in QUESTIONS:
        page.goto(address_of(handbook, source))
        for size in (PHONE, NARROW):
            page.set_viewport_size(size)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"]


def test_a_link_to_a_line_leads_there(page: Any, handbook: ServedBot) -> None:
    page.goto(f"{handbook.url}/sources/staff/leave.md#L85")
    box = page.locator("#L85").bounding_box()
    assert 0 < box["y"] < 800
    page.get_by_role("link", name="How much").click()
    assert page.url.endswith("#L83")


def test_words_that_have_moved_are_in_view(page: Any, handbook: ServedBot) -> None:
    words = "Half days count."
    page.goto(handbook.url + source_path("staff/leave.md", 3, 9, 9 + len(words), words))
    assert page.url.endswith("#L85")
    assert page.locator("mark").inner_text() == words
    assert 0 < page.locator("mark").bounding_box()["y"] < LAPTOP["height"]


@pytest.mark.parametrize("view", ["", "&view=text"])
def test_words_that_are_gone_are_said_to_be_in_view_and_no_line_is_marked(
    page: Any, handbook: ServedBot, view: str
) -> None:
    link = source_path("staff/leave.md", 85, 9, 20, "other words")
    page.goto(handbook.url + link.replace("#", f"{view}#"))
    notice = page.get_by_text("This document has changed since it was quoted")
    page.wait_for_function("scrollY > 0")
    assert 0 <= notice.bounding_box()["y"] < LAPTOP["height"] / 2
    bars = page.locator("[data-line]").evaluate_all(
        "lines => lines.filter(line => { const bar = getComputedStyle(line, '::after');"
        " return bar.content !== 'none' && bar.display !== 'none'; }).length"
    )
    assert bars == 0


def test_the_keyboard_skips_to_the_document(page: Any, handbook: ServedBot) -> None:
    page.goto(f"{handbook.url}/sources/staff/leave.md")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_line_numbers_are_no_part_of_the_text(page: Any, handbook: ServedBot) -> None:
    page.goto(f"{handbook.url}/sources/shop.txt")
    page.keyboard.press("Control+a")
    selected = page.evaluate("getSelection().toString()")
    assert "Delivery to the islands takes nine days." in selected
    assert "3" not in selected


def test_right_to_left_text_runs_from_the_right(page: Any, handbook: ServedBot) -> None:
    page.goto(address_of(handbook, "arabic.txt"))
    line = page.locator(".line", has=page.locator("mark"))
    assert line.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert page.locator("article").get_attribute("lang") == "ar"


@pytest.mark.parametrize("source", list(HOSTILE_FILES))
@pytest.mark.parametrize("view", ["", "&view=text"])
def test_a_hostile_document_is_only_text(
    page: Any, hostile: ServedBot, source: str, view: str
) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    document = hostile.bot.document(source)
    assert document
    for passage in document.passages:
        path = source_path(source, passage.line, passage.start, passage.end)
        page.goto(hostile.url + path.replace("#", f"{view}#"))
        assert page.locator("mark").count()
        shown = "article :is(script, img, svg, iframe, details, b, style)"
        assert page.locator(shown).count() == 0
        hrefs = page.locator("a").evaluate_all("all => all.map(a => a.protocol)")
        assert set(hrefs) <= {"http:"}
    assert all(request.startswith(hostile.url) for request in requests)
