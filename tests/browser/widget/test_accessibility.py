"""The widget by keyboard, by screen reader, in every colour, size and direction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.conftest import NARROW, PHONE, chromium_path
from tests.browser.widget.conftest import (
    ISLANDS,
    SENTENCE,
    Embed,
    ask,
    focused,
    open_widget,
    question_field,
)

ARABIC = """\
# التوصيل

يستغرق التوصيل إلى الجزر تسعة أيام. تغادر الطرود الميناء يوم الاثنين.
"""


def test_the_keyboard_alone_does_everything(page: Any, embed: Embed) -> None:
    page.goto(embed().url)
    keys = page.keyboard
    keys.press("Tab")
    assert focused(page) == "Open chat"
    keys.press("Enter")
    assert focused(page) == "Your question"
    keys.type(ISLANDS)
    keys.press("Enter")
    page.locator(".reply").wait_for()
    assert focused(page) == "Your question"
    seen = []
    while "Show the whole passage" not in seen:
        keys.press("Shift+Tab")
        seen.append(focused(page))
    assert {"Why this answer?", "Copy", "This helps", "This does not help"} <= set(seen)
    keys.press("Enter")
    assert page.get_by_text("Parcels leave the harbour").is_visible()
    keys.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert focused(page) == "Open chat"


def test_a_closed_widget_holds_no_focus(page: Any, embed: Embed) -> None:
    page.goto(embed(body='<a href="/first">first</a>').url)
    page.get_by_role("link", name="first").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "Open chat"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body")


def test_an_open_panel_lets_the_focus_out_to_the_page(page: Any, embed: Embed) -> None:
    page.goto(embed(body='<a href="/first">first</a>').url)
    open_widget(page)
    page.get_by_role("link", name="first").focus()
    assert page.evaluate("document.activeElement.textContent") == "first"


def test_new_messages_and_only_they_are_announced(page: Any, embed: Embed) -> None:
    page.goto(embed().url)
    open_widget(page)
    status = page.locator("chatbot-widget [role=status]")
    assert status.inner_text() == ""
    ask(page, ISLANDS)
    page.locator("[role=status]", has_text=SENTENCE).wait_for(state="attached")
    assert "shop.md" in status.inner_text()
    page.reload()
    page.locator(".reply").wait_for()
    assert status.inner_text() == ""
    assert page.get_by_role("log").get_attribute("aria-live") == "off"


def test_axe_finds_nothing_wrong(
    new_page: Any, embed: Embed, violations: Any, color_scheme: str
) -> None:
    page = new_page(color_scheme=color_scheme, reduced_motion="reduce")
    page.goto(embed().url)
    assert violations(page) == []
    open_widget(page)
    assert violations(page) == []
    reply = ask(page, "How long does delivry to the islands take?")
    reply.get_by_role("button", name="Show the whole passage").first.click()
    reply.get_by_role("button", name="Why this answer?").click()
    reply.locator(".chip").first.click()
    reply.get_by_role("button", name="This helps").click()
    reply.get_by_role("textbox", name="In a word, why?").wait_for()
    assert violations(page) == []


def test_axe_finds_nothing_wrong_with_an_error(
    new_page: Any,
    embed: Embed,
    violations: Any,
    color_scheme: str,
    page_errors: list[str],
) -> None:
    page = new_page(color_scheme=color_scheme, reduced_motion="reduce")
    page.goto(embed().url)
    open_widget(page)
    page.route("**/api/chat", lambda route: route.abort())
    question_field(page).fill(ISLANDS)
    question_field(page).press("Enter")
    page.get_by_role("alert").wait_for()
    assert violations(page) == []
    page_errors.clear()


def paper(page: Any) -> int:
    """The sum of red, green and blue behind the conversation."""
    colour = page.locator("chatbot-widget .panel").evaluate(
        "panel => getComputedStyle(panel).backgroundColor"
    )
    return sum(int(part) for part in colour.strip("rgb()").split(","))


def test_colours_follow_the_system_unless_the_tag_sets_them(
    new_page: Any, embed: Embed
) -> None:
    by_system, always_light = embed(), embed(options='data-theme="light"')
    page = new_page(color_scheme="dark")
    page.goto(by_system.url)
    open_widget(page)
    assert paper(page) < 200
    page.emulate_media(color_scheme="light")
    assert paper(page) > 700
    page.emulate_media(color_scheme="dark")
    page.goto(always_light.url)
    open_widget(page)
    assert paper(page) > 700


def test_arabic_runs_from_right_to_left(page: Any, embed: Embed) -> None:
    page.goto(embed({"دليل.md": ARABIC}, lang="ar").url)
    launcher = page.get_by_role("button", name="افتح المحادثة")
    assert launcher.bounding_box()["x"] < 100
    launcher.click()
    field = page.get_by_role("textbox", name="سؤالك")
    field.fill("كم يستغرق التوصيل إلى الجزر؟")
    field.press("Enter")
    quote = page.locator(".quote").first
    quote.wait_for()
    assert "تسعة أيام" in quote.inner_text()
    edge = quote.evaluate("figure => getComputedStyle(figure).borderRightWidth")
    assert edge != "0px"
    question = page.locator(".question").bounding_box()
    panel = page.get_by_role("dialog").bounding_box()
    assert question["x"] - panel["x"] < 40


def test_a_quote_runs_in_its_own_direction(page: Any, embed: Embed) -> None:
    page.goto(embed({"guide.md": ARABIC}).url)
    open_widget(page)
    words = ask(page, "كم يستغرق التوصيل إلى الجزر؟").locator("blockquote").first
    assert words.evaluate("e => e.matches(':dir(rtl)')")


def overflow(page: Any) -> int:
    """By how many pixels the widest content of the page or the panel sticks out."""
    overflowing: int = page.evaluate(
        """() => {
          const { shadowRoot } = document.querySelector("chatbot-widget");
          const inside = shadowRoot.querySelectorAll(".panel, .log");
          const boxes = [document.documentElement, ...inside];
          return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
        }"""
    )
    return overflowing


@pytest.mark.parametrize("viewport", [PHONE, NARROW])
def test_a_phone_shows_it_full_screen(
    new_page: Any, embed: Embed, viewport: dict[str, int]
) -> None:
    page = new_page(
        viewport=viewport, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page.goto(embed().url)
    open_widget(page)
    panel = page.get_by_role("dialog")
    assert panel.bounding_box() == pytest.approx({"x": 0, "y": 0, **viewport}, abs=1)
    assert ask(page, ISLANDS).get_by_text(SENTENCE).first.is_visible()
    assert overflow(page) == 0
    assert question_field(page).bounding_box()["y"] < viewport["height"] - 40
    page.get_by_role("button", name="Close chat").click()
    assert not panel.is_visible()
    assert page.get_by_role("button", name="Open chat").is_visible()


def test_a_full_screen_panel_hides_the_page_from_the_keyboard(
    new_page: Any, embed: Embed
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(embed(body='<a href="/first">first</a>').url)
    open_widget(page)
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") != "first"


def test_a_window_made_narrow_keeps_the_conversation(page: Any, embed: Embed) -> None:
    page.goto(embed().url)
    open_widget(page)
    ask(page, ISLANDS)
    page.set_viewport_size(PHONE)
    page.locator("chatbot-widget :modal").wait_for()
    assert page.get_by_role("dialog").bounding_box()["width"] == PHONE["width"]
    assert page.locator(".reply").count() == 1


def test_a_phone_is_not_covered_when_the_next_page_loads(
    new_page: Any, embed: Embed
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(embed().url)
    open_widget(page)
    ask(page, ISLANDS)
    page.reload()
    launcher = page.get_by_role("button", name="Open chat")
    assert launcher.is_visible()
    launcher.click()
    assert page.locator(".reply").is_visible()


def test_a_touch_on_a_suggestion_raises_no_keyboard(
    new_page: Any, embed: Embed
) -> None:
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(embed().url)
    open_widget(page)
    page.get_by_role("button", name="Returns").tap()
    page.locator(".reply").wait_for()
    assert (
        page.evaluate(
            "document.querySelector('chatbot-widget').shadowRoot.activeElement.role"
        )
        == "log"
    )


@pytest.fixture(scope="module")
def large_text(browser: Any) -> Iterator[Callable[[], Any]]:
    """Opens a page in a Chromium whose reader has set text of twice the usual size."""
    large = browser.browser_type.launch(
        executable_path=chromium_path(), args=["--blink-settings=defaultFontSize=32"]
    )
    yield lambda: large.new_page(viewport={"width": 1280, "height": 900})
    large.close()


def test_text_of_twice_the_size_fits(
    large_text: Callable[[], Any], embed: Embed
) -> None:
    page = large_text()
    page.goto(embed().url)
    open_widget(page)
    reply = ask(page, ISLANDS)
    size = reply.locator("mark").first.evaluate("e => getComputedStyle(e).fontSize")
    assert float(size.removesuffix("px")) >= 32
    assert overflow(page) == 0
    panel = page.get_by_role("dialog").bounding_box()
    assert panel["x"] >= 0
    assert panel["y"] >= 0
    assert question_field(page).is_visible()


def test_who_wants_no_motion_sees_none(new_page: Any, embed: Embed) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto(embed().url)
    open_widget(page)
    assert page.locator(".panel").evaluate("e => e.getAnimations().length") == 0
    assert page.locator(".panel").evaluate(
        "e => getComputedStyle(e).animationName"
    ) == ("none")
