"""A real Chromium in front of real servers.

    def test_a_page(page, serve_bot):
        served = serve_bot({"shop.txt": "Delivery takes nine days."})
        page.goto(served.url)

What a page logs as an error fails its test, unless the test expects it and clears
`page_errors`. Without Playwright or a Chromium these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from werkzeug.serving import BaseWSGIServer, make_server

from chatbot import Chatbot
from chatbot.channels.web import create_app
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.insights.journal import Journal
from chatbot.insights.tables import TABLES
from chatbot.settings import Settings

NO_PLAYWRIGHT = "Playwright is not installed (requirements-dev.txt)"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
TIMEOUT_MILLISECONDS = 10_000
POLL_SECONDS = 0.02
"""How soon a server notices that it is to stop."""


@dataclass
class Server:
    """An application on a port of this machine, which can be lost and come back."""

    app: Any
    port: int = 0
    _running: tuple[BaseWSGIServer, threading.Thread] | None = field(
        default=None, init=False
    )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        app = _read_whole(self.app)
        server = make_server("127.0.0.1", self.port, app, threaded=True)
        self.port = server.port
        thread = threading.Thread(
            target=server.serve_forever, args=(POLL_SECONDS,), daemon=True
        )
        thread.start()
        self._running = (server, thread)

    def stop(self) -> None:
        if self._running:
            server, thread = self._running
            self._running = None
            server.shutdown()
            thread.join()
            server.server_close()


def _read_whole(app: Any) -> Callable[..., list[bytes]]:
    """The same application, its responses read and closed before they are sent.

    This server leaves those open whose reader has gone: a page that is closed early.
    """

    def run(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        response = app(environ, start_response)
        try:
            return [b"".join(response)]
        finally:
            if hasattr(response, "close"):
                response.close()

    return run


@dataclass
class ServedBot(Server):
    """A bot on a port, with its journal."""

    bot: Chatbot = field(kw_only=True)
    journal: Journal = field(kw_only=True)


class ServeBot(Protocol):
    """Serves a bot over files, by name, with settings that differ from the defaults."""

    def __call__(self, files: dict[str, str], **settings: Any) -> ServedBot: ...


Violations = Callable[[Any], list[str]]
"""What axe-core finds wrong with a page as it is shown: a line for each element."""


def chromium_path() -> str:
    """The machine's Chromium; skips the test where there is none."""
    chosen = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUMS)), None
    )
    if chosen is None:
        pytest.skip("Chromium is not installed (Debian's package is `chromium`)")
    return chosen


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The machine's Chromium, without a window.

    Playwright keeps asyncio's loop busy: it ends with the module that uses it.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason=NO_PLAYWRIGHT)
    chromium = chromium_path()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture
def page_errors() -> list[str]:
    """What the test's pages have logged as errors so far."""
    return []


@pytest.fixture
def new_page(browser: Any, page_errors: list[str]) -> Iterator[Callable[..., Any]]:
    """Opens a page in a context of its own; takes what Playwright's contexts take."""
    contexts = []

    def open_page(**options: Any) -> Any:
        context = browser.new_context(**{"viewport": LAPTOP, **options})
        contexts.append(context)
        context.set_default_timeout(TIMEOUT_MILLISECONDS)
        page = context.new_page()
        page.on("pageerror", lambda error: page_errors.append(str(error)))
        page.on(
            "console",
            lambda said: page_errors.append(said.text) if said.type == "error" else 0,
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert page_errors == []


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """A page of a laptop's size."""
    return new_page()


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[Server], None]]:
    """Starts a server, and stops it when the module's tests are over."""
    started: list[Server] = []

    def start(server: Server) -> None:
        started.append(server)
        server.start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def serve_bot(
    serve: Callable[[Server], None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServeBot]:
    """Serves bots over files, until the module's tests are over."""
    engines = []

    def start(files: dict[str, str], **values: Any) -> ServedBot:
        corpus: Path = tmp_path_factory.mktemp("served")
        for name, text in files.items():
            (corpus / name).parent.mkdir(parents=True, exist_ok=True)
            (corpus / name).write_text(text, encoding="utf-8")
        settings = Settings(corpus=str(corpus)).with_values(**values)
        bot = Chatbot.open(settings=settings)
        engine = open_database(f"sqlite:///{corpus}/.index/chatbot.sqlite", TABLES)
        engines.append(engine)
        journal = Journal(GroupedWrites(engine), settings.keep_question_days)
        app = create_app(bot, settings, journal)
        served = ServedBot(app, bot=bot, journal=journal)
        serve(served)
        return served

    yield start
    for engine in engines:
        engine.dispose()


@pytest.fixture(params=["light", "dark"])
def color_scheme(request: pytest.FixtureRequest) -> str:
    """Each of the two colour schemes in turn."""
    scheme: str = request.param
    return scheme


@pytest.fixture(scope="session")
def violations() -> Violations:
    """Runs axe-core on a page."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe-playwright-python is not installed (requirements-dev.txt)",
    ).Axe()

    def find(page: Any) -> list[str]:
        return [
            f"{violation['id']}: {node['html']} {node['failureSummary']}"
            for violation in axe.run(page).response["violations"]
            for node in violation["nodes"]
        ]

    return find
