"""A real server and a real Chromium, for what is measured or pictured in a browser.

    with running_server() as url, running_chromium() as chromium:
        page = chromium.new_page()
        page.goto(url)

Needs Playwright (`requirements-dev.txt`) and a Chromium, which `CHROMIUM` may name.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
STOP_SECONDS = 10


@contextmanager
def running_server(**environment: str) -> Iterator[str]:
    """`server.py` on a free port, with an index and a database of its own.

    `environment` adds to or replaces the variables that it reads; gives its address.
    """
    with tempfile.TemporaryDirectory() as index:
        command = [sys.executable, "server.py", "--port", "0", "--index", index]
        variables = {**os.environ, "PYTHONUNBUFFERED": "1", **environment}
        with subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout
            try:
                yield _address(iter(server.stdout))
            finally:
                server.terminate()
                server.wait(STOP_SECONDS)


def _address(lines: Iterator[str]) -> str:
    """The address in the line with which the server says that it listens."""
    for line in lines:
        if found := re.search(r"http://[\w.:]+", line):
            return found[0]
    raise SystemExit("The server did not start; what it says stands above.")


@contextmanager
def running_chromium() -> Iterator[Any]:
    """The machine's Chromium, without a window."""
    chromium = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUMS)), None
    )
    if chromium is None:
        raise SystemExit("There is no Chromium; install Debian's package `chromium`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


def ask(page: Page, question: str) -> None:
    """Ask in the widget of a page, and wait until the reply is shown."""
    replies = page.locator("chatbot-widget .reply")
    before = replies.count()
    field = page.locator("chatbot-widget textarea")
    field.fill(question)
    field.press("Enter")
    replies.nth(before).wait_for()
