"""Watching: documents that change are taken in while their bot answers.

For example:

    with watching(bot, print):
        serve(WebServer(app, [listener], settings))

What tells of a change is the corpus folder, and in the index folder the file that
another process replaces when it has built: that one is looked at every second, as in
its folder conversations are written all the time. Where the system reports nothing
(folders of another machine, folders put in the place of others) the corpus is looked
through now and then.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from watchfiles import Change, watch

from chatbot.bot import Chatbot
from chatbot.channels.reloading import reload_serving
from chatbot.channels.terminal.rendering import counted
from chatbot.channels.terminal.reports import described_size
from chatbot.errors import ChatbotError
from chatbot.index.generations import CURRENT

QUIET_MILLISECONDS = 100
"""How long nothing must change before changes are taken in, up to the longest wait."""
LONGEST_WAIT_MILLISECONDS = 2000
LOOK_SECONDS = 30
"""How often the corpus is looked through when no change is reported.

It is also looked through in the first second without one, as nothing is reported of a
folder that is only beginning to be watched.
"""
PARTING_SECONDS = 2
"""How long a reload that has begun may keep a program from ending."""

Tell = Callable[[str], None]
"""Takes a line for whoever runs the program."""


@contextmanager
def watching(bot: Chatbot, tell: Tell) -> Iterator[None]:
    """Take in what changes, in a thread of its own, until the block is left."""
    stop = Event()
    thread = Thread(target=follow, args=(bot, tell, stop), name="watcher", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PARTING_SECONDS)


def follow(bot: Chatbot, tell: Tell, stop: Event) -> None:
    """Reload a bot whenever its documents may have changed, until `stop` is set.

    Each reload that changes what is served is told in a line, and so is the reason of
    one that fails, unless the one before failed for the same reason. What was served
    goes on being served then.
    """
    told = ""
    for _ in _occasions(bot, tell, stop):
        before = bot.report.generation
        try:
            report = reload_serving(bot)
        except Exception as error:  # the thread must outlive whatever a reload meets
            if stop.is_set():
                return
            reason = str(error) if isinstance(error, ChatbotError) else repr(error)
            problem = f"The change is not taken in, what was there serves on: {reason}"
            if problem != told:
                tell(problem)
            told = problem
        else:
            told = ""
            if report.generation != before:
                for line in (*report.notices, *report.skipped):
                    tell(str(line))
                read = counted(report.read, "file")
                now = described_size(report)
                tell(f"The documents have changed: {read} read, now {now}.")


def _occasions(bot: Chatbot, tell: Tell, stop: Event) -> Iterator[None]:
    """Comes whenever the documents may have changed; ends when `stop` is set."""
    told = ""
    while not stop.is_set():
        named = bot.settings.corpus_folder, bot.report.generation.parent
        watched = list(map(_identity, named))
        corpus, index = (Path(os.path.realpath(folder)) for folder in named)
        folders = folders_of_documents(corpus, index)
        built = _identity(index / CURRENT)
        quiet_seconds = 0
        try:
            for changes in watch(
                *folders,
                watch_filter=change_filter(corpus, index),
                debounce=LONGEST_WAIT_MILLISECONDS,
                step=QUIET_MILLISECONDS,
                stop_event=stop,
                rust_timeout=1000,
                recursive=False,
                yield_on_timeout=True,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                quiet_seconds = 0 if changes else quiet_seconds + 1
                was_built, built = built, _identity(index / CURRENT)
                is_due = (quiet_seconds - 1) % LOOK_SECONDS == 0
                if changes or built != was_built or is_due:
                    yield
                if list(map(_identity, named)) != watched:
                    break  # another folder has taken the place of one that is watched
                if changes and folders_of_documents(corpus, index) != folders:
                    break
        except (OSError, RuntimeError) as error:
            problem = (
                f"Changes of {corpus} are not reported ({error}): it is looked through "
                f"every {LOOK_SECONDS} seconds."
            )
            if problem != told:
                tell(problem)
            told = problem
            if not stop.wait(LOOK_SECONDS):
                yield


def folders_of_documents(corpus: Path, index: Path) -> list[Path]:
    """The corpus and the folders in it that are neither hidden nor the index."""
    folders = []
    for path, names, _ in os.walk(corpus):
        folders.append(Path(path))
        names[:] = [
            name
            for name in names
            if not name.startswith(".") and Path(path, name) != index
        ]
    return folders or [corpus]


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file or folder, or where a link leads, from any other; or None."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def change_filter(corpus: Path, index: Path) -> Callable[[Change, str], bool]:
    """Tells changes that matter: not of hidden files, nor of the index."""

    def matters(_: Change, path: str) -> bool:
        file = Path(path)
        if file == index or index in file.parents:
            return False
        if file.is_relative_to(corpus):
            file = file.relative_to(corpus)
        return not any(part.startswith(".") for part in file.parts)

    return matters
