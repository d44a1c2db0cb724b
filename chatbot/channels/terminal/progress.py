"""A progress bar for a build that takes more than a second."""

from __future__ import annotations

import sys
from threading import Timer
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from chatbot.bot import Chatbot
    from chatbot.settings import Settings

DELAY = 1.0
"""Seconds that a build may take before its bar appears."""


def open_bot(settings: Settings) -> Chatbot:
    """Open the bot of the settings, with a progress bar on standard error."""
    from chatbot.bot import Chatbot

    if not sys.stderr.isatty():
        return Chatbot.open(settings=settings)
    with BuildProgress(sys.stderr) as progress:
        return Chatbot.open(settings=settings, progress=progress)


class BuildProgress:
    """Shows how many files were read, on a terminal; a `Progress` to open a bot with.

    For example:

        with BuildProgress(sys.stderr) as progress:
            bot = Chatbot.open(corpus, progress=progress)
    """

    def __init__(self, stream: TextIO, delay: float = DELAY) -> None:
        self._stream = stream
        self._delay = delay
        self._timer: Timer | None = None
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._done, self._total = 0, 0

    def __call__(self, done: int, total: int) -> None:
        """Take note that `done` of `total` files have been read."""
        self._done, self._total = done, total
        if self._timer is None:
            self._timer = Timer(self._delay, self._appear)
            self._timer.daemon = True
            self._timer.start()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def __enter__(self) -> BuildProgress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        if self._bar is not None:
            self._bar.stop()

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn())
        bar = Progress(*columns, console=Console(file=self._stream), transient=True)
        self._task = bar.add_task("reading", completed=self._done, total=self._total)
        self._bar = bar
        bar.start()
