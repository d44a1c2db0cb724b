"""Fragments to a stream: wrapped and in colour on a terminal, as they are elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TextIO

from chatbot.channels.terminal.characters import visible
from chatbot.channels.terminal.rendering import (
    Fragment,
    QuoteLayout,
    Style,
    quote_above_passage,
    quote_inside_passage,
)

_STYLES: Mapping[Style, str] = {
    "text": "",
    "quote": "bold",
    "passage": "dim",
    "source": "cyan",
    "note": "dim",
}


class Screen(Protocol):
    """Where fragments are written; `quote_layout` is the layout that suits it."""

    @property
    def quote_layout(self) -> QuoteLayout: ...

    def show(self, fragments: Iterable[Fragment]) -> None:
        """Write the fragments and end the line."""


class PlainScreen:
    """Writes the fragments' text as it is: no colour, no line broken."""

    def __init__(self, stream: TextIO) -> None:
        self.quote_layout: QuoteLayout = quote_above_passage
        self._stream = stream

    def show(self, fragments: Iterable[Fragment]) -> None:
        """Write the fragments and end the line."""
        text = "".join(visible(text) for text, _ in fragments)
        self._stream.write(f"{text}\n")
        self._stream.flush()


class WrappedScreen:
    """Writes the fragments wrapped between words at the screen's width; no colour."""

    styles: Mapping[Style, str] = {}

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console

        self.quote_layout: QuoteLayout = quote_above_passage
        self._console = Console(
            file=stream, markup=False, highlight=False, emoji=False, force_terminal=True
        )

    def show(self, fragments: Iterable[Fragment]) -> None:
        """Write the fragments and end the line."""
        from rich.text import Text

        styled = (
            (visible(text), self.styles.get(style, "")) for text, style in fragments
        )
        self._console.print(Text.assemble(*styled))
        self._console.file.flush()


class ColourScreen(WrappedScreen):
    """Writes the fragments in colour, too."""

    styles = _STYLES

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.quote_layout = quote_inside_passage


def screen_on(stream: TextIO, environment: Mapping[str, str]) -> Screen:
    """The screen that suits a stream: a terminal, one without colour, or none."""
    if not stream.isatty() or environment.get("TERM") == "dumb":
        return PlainScreen(stream)
    return (WrappedScreen if environment.get("NO_COLOR") else ColourScreen)(stream)
