"""The widget on a page of another site, whose policy allows nothing but the widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import pytest

from tests.browser.conftest import ServeBot, ServedBot, Server

SHOP = """\
# Delivery

Parcels leave the harbour on Mondays. Delivery to the islands takes nine days. A parcel
that is late costs nothing.

# Returns

Unused goods come back within 45 days. The refund is paid by the treasurer.

# Warranty

Every kettle has a warranty of three years. The treasurer signs each warranty.
"""
FILES = {"shop.md": SHOP}
ISLANDS = "How long does delivery to the islands take?"
SENTENCE = "Delivery to the islands takes nine days."

STRICT = "default-src 'none'; script-src {host}; connect-src {host}"
PLAIN = """\
<!doctype html>
<html lang="{lang}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>A shop</title>
  <script src="{host}/widget.js" defer {options}></script>
</head>
<body>
  <main><h1>A shop</h1><p>Kettles and parcels.</p>{body}</main>
</body>
</html>
"""


@dataclass
class Site:
    """A site whose every page holds the widget of a host."""

    host: str = ""
    options: str = ""
    lang: str = "en"
    body: str = ""

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        page = PLAIN.format_map(vars(self)).encode()
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Security-Policy", STRICT.format(host=self.host)),
        ]
        if environ["PATH_INFO"] == "/favicon.ico":
            start_response("204 No Content", [])
            return []
        start_response("200 OK", headers)
        return [page]


@dataclass
class Embedded:
    """A bot, and a site of another origin that shows its widget."""

    site: Server
    served: ServedBot

    @property
    def url(self) -> str:
        return self.site.url


class Embed(Protocol):
    """Serves a bot over files and a site with its widget; `options` go on the tag."""

    def __call__(
        self,
        files: dict[str, str] = FILES,
        *,
        options: str = "",
        lang: str = "en",
        body: str = "",
        **settings: Any,
    ) -> Embedded: ...


@pytest.fixture
def embed(serve: Callable[[Server], None], serve_bot: ServeBot) -> Embed:
    def start(
        files: dict[str, str] = FILES,
        *,
        options: str = "",
        lang: str = "en",
        body: str = "",
        **settings: Any,
    ) -> Embedded:
        app = Site(options=options, lang=lang, body=body)
        site = Server(app)
        serve(site)
        served = serve_bot(files, **{"allowed_origins": site.url, **settings})
        app.host = served.url
        return Embedded(site, served)

    return start


@pytest.fixture
def opened(page: Any, embed: Embed) -> Any:
    """A page of another site whose visitor has opened the widget."""
    page.goto(embed().url)
    open_widget(page)
    return page


def open_widget(page: Any) -> None:
    page.get_by_role("button", name="Open chat").click()
    question_field(page).wait_for()


def question_field(page: Any) -> Any:
    return page.get_by_role("textbox", name="Your question")


def ask(page: Any, question: str) -> Any:
    """Type a question and press Enter; gives the reply once it is shown."""
    replies = page.locator("chatbot-widget .reply")
    before = replies.count()
    question_field(page).fill(question)
    question_field(page).press("Enter")
    reply = replies.nth(before)
    reply.wait_for()
    return reply


def focused(page: Any) -> str:
    """The name of the control in the widget that has the focus."""
    name: str = page.evaluate(
        """() => {
          const { shadowRoot } = document.querySelector("chatbot-widget");
          const found = shadowRoot.activeElement;
          const label = found?.ariaLabel || found?.labels?.[0]?.textContent;
          return label || found?.textContent || "";
        }"""
    )
    return name
