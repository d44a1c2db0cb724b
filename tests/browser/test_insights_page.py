"""The insights page in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import LAPTOP, PHONE, ServeBot, ServedBot, Violations
from tests.browser.hostile import HOSTILE_FILES, HOSTILE_WORDS

TOKEN = "a token that nobody guesses"


@pytest.fixture(scope="module")
def served(serve_bot: ServeBot) -> ServedBot:
    """A bot that was asked hostile questions, and got hostile comments."""
    served = serve_bot(HOSTILE_FILES, admin_token=TOKEN)
    questions = ("When does the ferry leave?", "What do tickets cost?", *HOSTILE_WORDS)
    for question in questions:
        reply = served.bot.reply(question)
        exchange = served.journal.record(question, reply, "web")
        served.journal.rate(exchange, "down", HOSTILE_WORDS[0])
    return served


def sign_in(page: Any, served: ServedBot, token: str = TOKEN) -> None:
    page.goto(f"{served.url}/insights")
    page.locator("#token:focus").wait_for()
    page.keyboard.type(token)
    page.keyboard.press("Enter")


def test_the_token_opens_the_page_by_keyboard(page: Any, served: ServedBot) -> None:
    sign_in(page, served)
    page.get_by_role("heading", name="What the documents do not answer").wait_for()
    assert TOKEN not in page.url
    page.get_by_role("button", name="Sign out").press("Enter")
    page.get_by_label("Admin token").wait_for()


def test_a_wrong_token_is_told_where_it_was_typed(
    page: Any, served: ServedBot, page_errors: list[str], violations: Violations
) -> None:
    sign_in(page, served, "a wrong token")
    page.get_by_role("alert").wait_for()
    assert violations(page) == []
    assert all("403" in error for error in page_errors)
    page_errors.clear()


def test_it_has_no_violation(
    page: Any, served: ServedBot, violations: Violations
) -> None:
    page.goto(f"{served.url}/insights")
    for color_scheme in ("light", "dark"):
        page.emulate_media(color_scheme=color_scheme)
        assert violations(page) == []
    sign_in(page, served)
    page.locator("svg").wait_for()
    page.get_by_text("As a table").click()
    for color_scheme in ("light", "dark"):
        for size in (LAPTOP, PHONE):
            page.emulate_media(color_scheme=color_scheme)
            page.set_viewport_size(size)
            assert violations(page) == []
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"]


def test_what_people_type_is_only_text(page: Any, served: ServedBot) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    sign_in(page, served)
    page.locator("svg").wait_for()
    assert page.locator("main :is(script, img, iframe, b)").count() == 0
    text = page.locator("main").inner_text()
    for words in HOSTILE_WORDS:
        assert words in text


def test_a_spreadsheet_is_saved(page: Any, served: ServedBot) -> None:
    sign_in(page, served)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    assert download.value.suggested_filename == "unanswered.csv"
    with open(download.value.path(), encoding="utf-8-sig") as file:
        assert "'=HYPERLINK" in file.read()


def test_what_did_not_help_leads_to_its_words(page: Any, served: ServedBot) -> None:
    sign_in(page, served)
    page.locator("article a").first.click()
    page.locator("mark").first.wait_for()
