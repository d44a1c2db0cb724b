"""Takes the README's pictures: of the chat page, the widget, a phone, the source page.

    python -m benchmarks.screenshots docs "How much does a CPO earn?" "and what bonus?"

asks a real server over `corpus/` the questions, one after the other, and writes
`chat-page.png`, `widget.png`, `phone.png` and `source-page.png` into the folder. Needs
what `benchmarks.browser` needs, and Pillow.
"""

from __future__ import annotations

import argparse
import io
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from PIL import Image
from playwright.sync_api import Page

from benchmarks.browser import ask, running_chromium, running_server

LAPTOP = {"width": 1200, "height": 760}
PHONE = {"width": 390, "height": 800}
SHARPNESS = 1.5
"""Pixels of a picture for each of the page's."""

SITE = Path(__file__).with_name("screenshots_site.html")


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a request for a picture is no news."""


@contextmanager
def running_site() -> Iterator[tuple[str, Callable[[str], None]]]:
    """A plain site: its address, and a function that tells it the widget's server."""
    html = SITE.read_text(encoding="utf-8")
    server_address = ""

    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [html.replace("https://HOST", server_address).encode()]

    def point_to(address: str) -> None:
        nonlocal server_address
        server_address = address

    with make_server("127.0.0.1", 0, serve, handler_class=_Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", point_to
        server.shutdown()


def picture(page: Page, file: Path) -> None:
    """Writes what a page shows as a PNG of 256 colours."""
    page.mouse.move(0, 0)
    page.evaluate("document.fonts.ready")
    shown = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    shown.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        file, optimize=True
    )
    print(f"{file} {file.stat().st_size / 1024:.0f} KB")


def picture_all(
    chromium: Any, server: str, site: str, questions: list[str], folder: Path
) -> None:
    """Writes the four pictures into the folder."""

    def opened(address: str, viewport: dict[str, int], scheme: str = "light") -> Page:
        page: Page = chromium.new_page(
            viewport=viewport, color_scheme=scheme, device_scale_factor=SHARPNESS
        )
        page.goto(address)
        return page

    def ask_all(page: Page) -> None:
        for question in questions:
            ask(page, question)

    page = opened(server, LAPTOP)
    ask_all(page)
    picture(page, folder / "chat-page.png")

    with page.expect_popup() as source:
        page.locator(".reply").last.get_by_role("link").first.click()
    source.value.set_viewport_size(LAPTOP)
    source.value.wait_for_load_state()
    picture(source.value, folder / "source-page.png")

    page = opened(site, LAPTOP)
    page.get_by_role("button", name="Open chat").click()
    ask(page, questions[0])
    page.get_by_role("button", name="Show the whole passage").first.click()
    picture(page, folder / "widget.png")

    page = opened(site, PHONE, "dark")
    page.get_by_role("button", name="Open chat").click()
    ask_all(page)
    picture(page, folder / "phone.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("questions", nargs="+")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with (
        running_chromium() as chromium,
        running_site() as (site, point_to),
        running_server(CHATBOT_ALLOWED_ORIGINS=site) as server,
    ):
        point_to(server)
        picture_all(chromium, server, site, given.questions, given.folder)


if __name__ == "__main__":
    main()
