"""A progress bar for work that takes more than a second."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Timer
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from chatbot.garbage import uncollected

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from chatbot.bot import Chatbot
    from chatbot.evaluation.collection_run import Progress
    from chatbot.index.report import Reading
    from chatbot.settings import Settings

DELAY = 1.0
"""Seconds that work may take before its bar appears."""


def open_bot(settings: Settings) -> Chatbot:
    """Open the bot of the settings, with a progress bar on standard error."""
    # What is imported lives as long as the process: to look for garbage in it, now and
    # when the process ends, would take an eighth of the time of `ask`.
    with uncollected():
        from chatbot.bot import Chatbot
    gc.freeze()

    if not sys.stderr.isatty():
        return Chatbot.open(settings=settings)
    with ProgressBar(sys.stderr, "reading") as bar:

        def show(reading: Reading) -> None:
            files = f"{reading.files:,}/{reading.all_files:,} files"
            if reading.files == reading.all_files:
                files += ", writing the index"
            bar(reading.bytes, reading.all_bytes, files)

        return Chatbot.open(settings=settings, progress=show)


@contextmanager
def progress_on(stream: TextIO, label: str) -> Iterator[Progress | None]:
    """A progress bar when the stream is a terminal, else None."""
    if not stream.isatty():
        yield None
        return
    with ProgressBar(stream, label) as progress:
        yield progress


class ProgressBar:
    """Shows after its label how much is done, on a terminal; it is a `Progress`.

    With a `measure` it counts bytes, shows how many megabytes are done a second and how
    long it will take, and the measure beside. For example:

        with ProgressBar(sys.stderr, "reading") as bar:
            bar(500_000, 1_000_000, "3/7 files")
    """

    def __init__(self, stream: TextIO, label: str, delay: float = DELAY) -> None:
        self._stream = stream
        self._label = label
        self._delay = delay
        self._timer: Timer | None = None
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._done, self._total, self._measure = 0, 0, ""
        self._started = 0.0

    def __call__(self, done: int, total: int, measure: str = "") -> None:
        """Take note that `done` of `total` are done."""
        self._done, self._total, self._measure = done, total, measure
        if self._timer is None:
            self._started = time.monotonic()
            self._timer = Timer(self._delay, self._appear)
            self._timer.daemon = True
            self._timer.start()
        if self._bar is not None and self._task is not None:
            self._bar.update(
                self._task, completed=done, total=total, beside=self._beside()
            )

    def _beside(self) -> str:
        """The measure, the megabytes a second so far and the time that is left."""
        seconds = time.monotonic() - self._started
        if not self._done or not seconds:
            return self._measure
        left = timedelta(seconds=round(seconds * (self._total / self._done - 1)))
        speed = f"{self._done / seconds / 1e6:.1f} MB/s"
        return f"{self._measure}, {speed}" + (f", {left} left" if left else "")

    def __enter__(self) -> ProgressBar:
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

        beside = TextColumn("{task.fields[beside]}")
        bar = Progress(
            TextColumn(self._label),
            BarColumn(bar_width=20),
            beside if self._measure else MofNCompleteColumn(),
            console=Console(file=self._stream),
            transient=True,
        )
        self._task = bar.add_task(
            self._label,
            total=self._total,
            completed=self._done,
            beside=self._beside(),
        )
        self._bar = bar
        bar.start()
