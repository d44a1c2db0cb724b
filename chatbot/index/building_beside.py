"""Building in a process of its own, so that no question waits for the interpreter."""

from __future__ import annotations

import atexit
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path

from chatbot.errors import ChatbotError, IndexStorageError
from chatbot.index.opening import build_index
from chatbot.index.report import BuildProgress
from chatbot.settings import Settings


def build_beside(
    folder: Path, settings: Settings, progress: BuildProgress | None
) -> int:
    """What `build_index` does and raises, in a process of its own; no progress is told.

    The process ends with this one. `IndexStorageError` is raised as well when it ends
    early. The program's main module must do nothing when it is imported, as
    `multiprocessing` imports it in the new process.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=_build, args=(sender, folder, settings), name="index builder"
    )
    with receiver, sender:
        with _interrupts_blocked():
            process.start()
        atexit.register(process.kill)
        sender.close()
        try:
            result: int | ChatbotError = receiver.recv()
        except EOFError:
            process.join()
            raise IndexStorageError(
                f"The process that built the index {folder} ended early, with code "
                f"{process.exitcode}. Free some memory, or look above for its reason."
            ) from None
        finally:
            atexit.unregister(process.kill)
    process.join()
    if isinstance(result, ChatbotError):
        raise result
    return result


def _build(sender: Connection, folder: Path, settings: Settings) -> None:
    result: int | ChatbotError
    try:
        result = build_index(folder, settings, None)
    except ChatbotError as error:
        result = error
    with suppress(BrokenPipeError):  # who asked for it was killed
        sender.send(result)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Keeps Ctrl-C from processes begun here; this one passes its end on to them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would lift the block when begun later
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
