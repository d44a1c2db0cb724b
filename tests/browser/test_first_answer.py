"""The benchmark of how long a visitor waits, on a small scale."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import NO_PLAYWRIGHT, ServeBot
from tests.browser.widget.conftest import FILES

benchmark = pytest.importorskip("benchmarks.first_answer", reason=NO_PLAYWRIGHT)


def test_every_question_is_timed_to_the_frame_with_its_answer(
    page: Any, serve_bot: ServeBot
) -> None:
    answers: list[str] = []
    page.on("response", lambda response: answers.append(response.url))
    measured = benchmark.waits(page, serve_bot(FILES).url, 2)
    assert len(measured) == 2
    assert all(wait > 0 for wait in measured)
    assert sum(url.endswith("/api/chat") for url in answers) == benchmark.UNTIMED + 2
