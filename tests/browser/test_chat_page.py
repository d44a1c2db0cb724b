"""The chat page in a real browser: the widget at full height, or a plain form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import NARROW, PHONE, ServeBot
from tests.browser.widget.conftest import FILES, ISLANDS, SENTENCE, ask, question_field


def test_a_question_is_answered_on_the_page(page: Any, serve_bot: ServeBot) -> None:
    page.goto(serve_bot(FILES).url)
    page.keyboard.type(ISLANDS)
    page.keyboard.press("Enter")
    page.locator("mark", has_text=SENTENCE).wait_for()


def test_what_the_documents_can_answer_is_listed(
    page: Any, serve_bot: ServeBot
) -> None:
    page.goto(serve_bot(FILES).url)
    contents = page.get_by_role("complementary", name="What this can answer")
    place = contents.get_by_role("link", name="shop.md")
    assert place.get_attribute("href") == "/sources/shop.md"
    names = contents.get_by_role("listitem").all_inner_texts()
    assert names == ["Delivery", "Returns", "Warranty"]


def test_all_documents_are_listed_on_a_page_that_leads_back(
    page: Any, serve_bot: ServeBot, violations: Any
) -> None:
    files = {f"note{number:02}.txt": "Kettles boil.\n" for number in range(25)}
    page.goto(serve_bot(files).url)
    page.get_by_role("link", name="All 25 documents").click()
    assert violations(page) == []
    page.get_by_role("link", name="note24.txt").click()
    page.get_by_text("Kettles boil.").wait_for()
    page.go_back()
    page.get_by_role("link", name="Ask the documents").click()
    question_field(page).wait_for()


def test_a_heading_asks_without_loading_the_page_anew(
    page: Any, serve_bot: ServeBot
) -> None:
    page.goto(serve_bot(FILES).url)
    page.evaluate("window.loaded = 'once'")
    page.get_by_role("link", name="Warranty", exact=True).click()
    page.locator("mark", has_text="three years").wait_for()
    assert page.evaluate("window.loaded") == "once"


def test_an_address_with_a_question_shows_its_answer_once(
    page: Any, serve_bot: ServeBot
) -> None:
    served = serve_bot(FILES)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served.url}/?q=When do parcels leave the harbour%3F")
    page.locator(".reply mark", has_text="Parcels leave the harbour").wait_for()
    assert page.url == f"{served.url}/"
    assert not any(address.endswith("/api/chat") for address in asked)
    page.reload()
    assert page.locator(".reply").count() == 1


def test_a_question_in_the_address_that_is_refused_is_left_to_be_mended(
    page: Any, serve_bot: ServeBot, page_errors: list[str]
) -> None:
    served = serve_bot(FILES, max_message_characters=20)
    page.goto(f"{served.url}/?q={ISLANDS}")
    assert question_field(page).input_value() == ISLANDS
    assert page.get_by_text("ask in at most 20 characters").first.is_visible()
    page_errors.clear()


def test_without_javascript_a_question_that_is_too_long_ends_nothing(
    new_page: Callable[..., Any], serve_bot: ServeBot, page_errors: list[str]
) -> None:
    page = new_page(java_script_enabled=False)
    served = serve_bot(FILES, max_message_characters=60)
    page.goto(served.url)
    field = page.get_by_role("textbox", name="Your question")
    field.fill(ISLANDS)
    field.press("Enter")
    page.locator("mark").first.wait_for()
    conversation = page.locator(".ask [name=conversation]").get_attribute("value")
    long = "x" * 61
    field.fill(long)
    field.press("Enter")
    assert field.evaluate("input => !input.validity.valid && input.title.includes(60)")
    assert field.input_value() == long
    assert page.locator("mark").first.inner_text() == SENTENCE
    page.goto(f"{served.url}/?conversation={conversation}&q={long}")
    assert page.get_by_text("ask in at most 60 characters").is_visible()
    field.fill("and when is it late?")
    field.press("Enter")
    page.get_by_text("About:").wait_for()
    page_errors.clear()


def test_without_javascript_a_form_asks_and_follows(
    new_page: Callable[..., Any], serve_bot: ServeBot
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(serve_bot(FILES).url)
    field = page.get_by_role("textbox", name="Your question")
    field.fill(ISLANDS)
    page.get_by_role("button", name="Ask").click()
    assert page.locator("mark").first.inner_text() == SENTENCE
    field.fill("and when is it late?")
    field.press("Enter")
    page.get_by_text("About:").wait_for()
    page.get_by_role("group").get_by_text("What this can answer").click()
    page.get_by_role("link", name="Warranty", exact=True).click()
    assert page.locator("mark").first.is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_axe_finds_nothing_wrong(
    new_page: Callable[..., Any],
    serve_bot: ServeBot,
    violations: Any,
    color_scheme: str,
    javascript: bool,
) -> None:
    page = new_page(color_scheme=color_scheme)
    if not javascript:
        page.route("**/*.js*", lambda route: route.fulfill(body=""))
    served = serve_bot(FILES)
    page.goto(served.url)
    assert violations(page) == []
    page.goto(f"{served.url}/?q=How long does delivry take%3F")
    page.locator(".reply mark").first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("viewport", [PHONE, NARROW])
def test_a_phone_folds_the_contents_over_the_conversation(
    new_page: Callable[..., Any], serve_bot: ServeBot, viewport: dict[str, int]
) -> None:
    page = new_page(viewport=viewport)
    page.goto(serve_bot(FILES).url)
    heading = page.get_by_role("link", name="Warranty", exact=True)
    assert not heading.is_visible()
    page.get_by_text("What this can answer").click()
    heading.click()
    page.locator("mark", has_text="three years").wait_for()
    assert not heading.is_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == viewport["width"]


def test_the_page_fills_the_window_and_no_more(page: Any, serve_bot: ServeBot) -> None:
    page.goto(serve_bot(FILES).url)
    for _ in range(4):
        ask(page, ISLANDS)
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height == page.viewport_size["height"]
    assert page.locator("chatbot-widget").bounding_box()["height"] == height
