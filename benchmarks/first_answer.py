"""Measures how long a visitor waits: from Enter to the first frame with the answer.

    python -m benchmarks.first_answer [COUNT]

Asks the chat page of a real server COUNT questions (100), the headings of its documents
in turn, each in a new conversation, and prints the median, the 90th percentile and the
slowest in milliseconds. Needs what `benchmarks.browser` needs.
"""

from __future__ import annotations

import argparse
import statistics
from itertools import cycle, islice

from playwright.sync_api import Page

from benchmarks.browser import ask, running_chromium, running_server

COUNT = 100
UNTIMED = 5
"""Questions asked first, while browser and server warm up."""

STOP_WATCH = """() => {
  const { shadowRoot } = document.querySelector("chatbot-widget");
  let pressed = 0;
  window.waits = [];
  addEventListener("keydown", (event) => {
    if (event.key === "Enter") pressed = performance.now();
  }, true);
  const isShown = () => {
    if (!pressed || !shadowRoot.querySelector(".reply")) return;
    const since = pressed;
    pressed = 0;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => waits.push(performance.now() - since);
      painted.port2.postMessage(null);
    });
  };
  new MutationObserver(isShown).observe(shadowRoot, { childList: true, subtree: true });
}"""
"""Notes in `window.waits` the milliseconds from each Enter to the frame after it in
which a reply is drawn."""


def waits(page: Page, url: str, count: int) -> list[float]:
    """The waits in milliseconds for so many answers."""
    page.goto(url)
    headings = page.locator("[data-question]").evaluate_all(
        "links => links.map(link => link.dataset.question)"
    )
    if not headings:
        raise SystemExit("The documents have no headings to ask about.")
    page.evaluate(STOP_WATCH)
    for number, heading in enumerate(islice(cycle(headings), UNTIMED + count), 1):
        ask(page, heading)
        page.wait_for_function("number => waits.length === number", arg=number)
        page.evaluate("document.querySelector('chatbot-widget').clear()")
    measured: list[float] = page.evaluate("waits")
    return measured[UNTIMED:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=COUNT)
    count = parser.parse_args().count
    with running_server() as url, running_chromium() as chromium:
        measured = waits(chromium.new_page(), url, count)
    slowest_tenth = statistics.quantiles(measured, n=10)[-1]
    print(
        f"Enter to the answer on screen, {count} questions: "
        f"median {statistics.median(measured):.0f} ms, "
        f"90th percentile {slowest_tenth:.0f} ms, slowest {max(measured):.0f} ms"
    )


if __name__ == "__main__":
    main()
