"""The chat page in a real browser."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import ServeBot

FILES = {"shop.txt": "Delivery\nDelivery to the islands takes nine days.\n"}


def test_a_question_is_answered_on_the_page(page: Any, serve_bot: ServeBot) -> None:
    page.goto(serve_bot(FILES).url)
    page.keyboard.type("How long does delivery to the islands take?")
    page.keyboard.press("Enter")
    page.locator("mark", has_text="nine days").wait_for()
