"""The progress bar: only for a build that takes its time."""

from io import StringIO
from threading import Event

from chatbot.channels.terminal.progress import ProgressBar, progress_on


class Terminal(StringIO):
    """A terminal that says when it is first written to."""

    def __init__(self):
        super().__init__()
        self.written = Event()

    def isatty(self):
        return True

    def write(self, text):
        self.written.set()
        return super().write(text)


def test_a_fast_build_shows_nothing():
    stream = Terminal()
    with ProgressBar(stream, "reading") as progress:
        progress(0, 2)
        progress(2, 2)
    assert stream.getvalue() == ""


def test_an_index_that_is_up_to_date_shows_nothing():
    stream = Terminal()
    with ProgressBar(stream, "reading", delay=0):
        pass
    assert stream.getvalue() == ""


def test_a_slow_build_shows_how_many_files_were_read(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with ProgressBar(stream, "reading", delay=0) as progress:
        progress(0, 2)
        assert stream.written.wait(timeout=30)
        progress(1, 2)
    assert "reading" in stream.getvalue()
    assert "1/2" in stream.getvalue()


def test_only_a_terminal_gets_a_bar():
    with progress_on(StringIO(), "reading") as progress:
        assert progress is None
    with progress_on(Terminal(), "reading") as progress:
        assert isinstance(progress, ProgressBar)
