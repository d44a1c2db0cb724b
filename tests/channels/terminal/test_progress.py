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


def test_bytes_are_shown_with_their_speed_and_the_time_left(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    clock = iter([100.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock, 102.0))
    stream = Terminal()
    with ProgressBar(stream, "reading", delay=0) as progress:
        progress(4_000_000, 16_000_000, "3/7 files")
        assert stream.written.wait(timeout=30)
    assert "3/7 files, 2.0 MB/s, 0:00:06 left" in stream.getvalue()
