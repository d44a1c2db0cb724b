"""What lasts: over errors, a lost server, a reload and from page to page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.widget.conftest import (
    ISLANDS,
    SENTENCE,
    Embed,
    ask,
    open_widget,
    question_field,
)

DAY_MS = 24 * 60 * 60 * 1000


def send(page: Any, question: str) -> None:
    question_field(page).fill(question)
    question_field(page).press("Enter")


def test_a_lost_server_that_comes_back_answers_the_same_question(
    page: Any, embed: Embed, page_errors: list[str]
) -> None:
    embedded = embed()
    page.goto(embedded.url)
    open_widget(page)
    embedded.served.stop()
    send(page, ISLANDS)
    alert = page.get_by_role("alert")
    alert.get_by_text("Check your connection").wait_for()
    assert page.locator(".question").inner_text() == ISLANDS
    embedded.served.start()
    alert.get_by_role("button", name="Try again").click()
    page.locator("mark", has_text=SENTENCE).wait_for()
    assert page.get_by_role("alert").count() == 0
    assert page.locator(".question").count() == 1
    assert all("ERR_CONNECTION_REFUSED" in error for error in page_errors)
    page_errors.clear()


def test_a_question_without_an_answer_is_in_the_field_after_a_reload(
    page: Any, embed: Embed, page_errors: list[str]
) -> None:
    embedded = embed()
    page.goto(embedded.url)
    open_widget(page)
    page.route("**/api/chat", lambda route: route.abort())
    send(page, ISLANDS)
    page.get_by_role("alert").wait_for()
    page.reload()
    assert question_field(page).input_value() == ISLANDS
    page_errors.clear()


@pytest.mark.parametrize(
    ("status", "message", "shown"),
    [
        (
            429,
            "Too many questions. Wait a minute.",
            "Too many questions. Wait a minute.",
        ),
        (500, "See the log.", "The server could not answer. Try again in a moment."),
    ],
)
def test_a_refusal_says_what_to_do(
    page: Any,
    embed: Embed,
    page_errors: list[str],
    status: int,
    message: str,
    shown: str,
) -> None:
    embedded = embed()
    page.goto(embedded.url)
    open_widget(page)
    headers = {"Access-Control-Allow-Origin": embedded.url}
    answer = {"error": {"code": "refused", "message": message}}
    page.route(
        "**/api/chat",
        lambda route: route.fulfill(status=status, json=answer, headers=headers),
    )
    send(page, ISLANDS)
    page.get_by_role("alert").get_by_text(shown).wait_for()
    page_errors.clear()


def test_a_rating_that_is_not_sent_is_not_shown_as_given(
    page: Any, embed: Embed, page_errors: list[str]
) -> None:
    page.goto(embed().url)
    open_widget(page)
    reply = ask(page, ISLANDS)
    page.route("**/api/feedback", lambda route: route.abort())
    helps = reply.get_by_role("button", name="This helps")
    helps.click()
    reply.get_by_role("alert").get_by_text("This was not sent").wait_for()
    assert helps.get_attribute("aria-pressed") == "false"
    page_errors.clear()


def test_only_a_slow_answer_shows_that_it_is_looked_for(
    page: Any, embed: Embed
) -> None:
    page.clock.install(time=0)
    page.goto(embed().url)
    open_widget(page)
    held: list[Any] = []
    page.route("**/api/chat", lambda route: held.append(route))
    page.clock.pause_at(3_600_000)
    send(page, ISLANDS)
    waiting = page.get_by_text("Looking it up …")
    page.clock.run_for(290)
    assert waiting.count() == 0
    page.clock.run_for(20)
    assert waiting.is_visible()
    held[0].continue_()
    page.locator("mark", has_text=SENTENCE).wait_for()
    assert waiting.count() == 0


def test_an_answer_that_never_comes_is_given_up(page: Any, embed: Embed) -> None:
    page.clock.install()
    page.goto(embed().url)
    open_widget(page)
    page.route("**/api/chat", lambda route: None)
    with page.expect_request("**/api/chat"):
        send(page, ISLANDS)
    page.clock.run_for(31_000)
    page.get_by_role("alert").get_by_text("takes too long").wait_for()


def test_while_an_answer_is_looked_for_the_next_question_stays_in_the_field(
    page: Any, embed: Embed
) -> None:
    page.goto(embed().url)
    open_widget(page)
    held: list[Any] = []
    page.route("**/api/chat", lambda route: held.append(route))
    with page.expect_request("**/api/chat"):
        send(page, ISLANDS)
    send(page, "and when late?")
    assert question_field(page).input_value() == "and when late?"
    held[0].continue_()
    page.locator("mark", has_text=SENTENCE).wait_for()
    assert question_field(page).input_value() == "and when late?"


def test_the_conversation_goes_on_after_a_reload_and_on_other_pages(
    page: Any, embed: Embed
) -> None:
    embedded = embed()
    page.goto(embedded.url)
    open_widget(page)
    reply = ask(page, ISLANDS)
    reply.get_by_role("button", name="This helps").click()
    reply.get_by_role("textbox", name="In a word, why?").wait_for()
    for go in (page.reload, lambda: page.goto(f"{embedded.url}/another/page")):
        go()
        assert page.get_by_role("dialog").is_visible()
        assert page.locator("mark").first.inner_text() == SENTENCE
        helps = page.get_by_role("button", name="This helps")
        assert helps.get_attribute("aria-pressed") == "true"
        assert page.evaluate("document.activeElement === document.body")
    reply = ask(page, "and when is it late?")
    assert "About:" in reply.inner_text()


def test_a_closed_widget_stays_closed_on_the_next_page(page: Any, embed: Embed) -> None:
    page.goto(embed().url)
    open_widget(page)
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("button", name="Open chat").wait_for()
    assert not page.get_by_role("dialog").is_visible()


def test_after_a_day_the_conversation_is_gone(page: Any, embed: Embed) -> None:
    page.clock.install()
    page.goto(embed().url)
    open_widget(page)
    ask(page, ISLANDS)
    page.clock.fast_forward(DAY_MS - 60_000)
    page.reload()
    assert page.locator(".reply").count() == 1
    page.clock.fast_forward(2 * 60_000)
    page.reload()
    open_widget(page)
    assert page.locator(".reply").count() == 0


def test_a_browser_that_keeps_nothing_can_still_ask(
    new_page: Any, embed: Embed
) -> None:
    page = new_page()
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new Error('full'); };"
        "Storage.prototype.getItem = () => 'not JSON';"
    )
    page.goto(embed().url)
    open_widget(page)
    assert SENTENCE in ask(page, ISLANDS).inner_text()


LONG = "A question that is far too long. " * 4


def test_a_question_that_is_too_long_stays_in_the_field_and_says_so(
    page: Any, embed: Embed
) -> None:
    page.goto(embed(max_message_characters=50).url)
    open_widget(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    send(page, LONG)
    said = page.get_by_text("This has 131 characters; a question may have 50.")
    assert said.first.is_visible()
    assert question_field(page).input_value() == LONG.strip()
    assert question_field(page).get_attribute("aria-invalid") == "true"
    assert page.locator(".question").count() == 0
    assert not any(url.endswith("/api/chat") for url in asked)
    question_field(page).fill("Shorter.")
    assert not page.locator(".problem").is_visible()
    assert SENTENCE in ask(page, ISLANDS).inner_text()


def test_a_question_that_the_server_refuses_goes_back_into_the_field(
    page: Any, embed: Embed, page_errors: list[str]
) -> None:
    embedded = embed()
    page.goto(embedded.url)
    open_widget(page)
    ask(page, ISLANDS)
    suggested = page.locator(".next").inner_text()
    headers = {"Access-Control-Allow-Origin": embedded.url}
    answer = {"error": {"code": "message_too_long", "message": "Ask in fewer words."}}
    page.route(
        "**/api/chat",
        lambda route: route.fulfill(status=400, json=answer, headers=headers),
    )
    send(page, LONG)
    page.locator(".problem", has_text="Ask in fewer words.").wait_for()
    assert question_field(page).input_value() == LONG.strip()
    assert page.locator(".question").count() == 1
    assert page.locator(".next").inner_text() == suggested
    page.unroute("**/api/chat")
    assert "About:" in ask(page, "and when is it late?").inner_text()
    assert not page.locator(".problem").is_visible()
    page_errors.clear()
