"""The description of the API in a real browser."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import LAPTOP, PHONE, ServeBot, Violations


def test_it_has_no_violation(
    page: Any, serve_bot: ServeBot, violations: Violations
) -> None:
    served = serve_bot({"shop.txt": "Delivery takes nine days."})
    page.goto(f"{served.url}/api/docs")
    for color_scheme in ("light", "dark"):
        for size in (LAPTOP, PHONE):
            page.emulate_media(color_scheme=color_scheme)
            page.set_viewport_size(size)
            assert violations(page) == []
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"]
    page.get_by_role("link", name="Question").click()
    assert page.url.endswith("#Question")
