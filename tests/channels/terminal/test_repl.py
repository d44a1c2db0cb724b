"""The loop: questions and commands, from a pipe and on a real terminal."""

import asyncio
import codecs
import os
import pty
import select
import subprocess
import sys
import termios
import time
from io import StringIO
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from chatbot import Chatbot
from chatbot.channels.terminal import repl
from chatbot.channels.terminal.repl import COMMANDS, run_interactive, run_piped
from chatbot.channels.terminal.screen import PlainScreen

REPOSITORY = Path(__file__).parents[3]

COST = "What does a membership card cost?"
COST_QUOTE = "A membership card costs twelve euros a year."


class Conversation:
    """A piped session: what was shown for each line, and the errors."""

    def __init__(self, bot):
        self.bot = bot
        self.output, self.errors = StringIO(), StringIO()

    def say(self, *lines):
        screens = PlainScreen(self.output), PlainScreen(self.errors)
        run_piped(self.bot, lines, *screens)
        return self.output.getvalue()


@pytest.fixture
def conversation(corpus):
    return Conversation(Chatbot.open(corpus))


def test_piped_lines_are_answered_one_after_another(conversation):
    shown = conversation.say(f"{COST}\n", "\n", "How many books may a reader borrow?\n")
    first, second = (
        shown.index(COST_QUOTE),
        shown.index("Each reader may borrow five books."),
    )
    assert first < second
    assert conversation.errors.getvalue() == ""


@pytest.mark.parametrize("line", ["/quit", "/exit now", "quit", "Exit\n"])
def test_quit_ends_the_session(conversation, line):
    assert conversation.say(line, COST) == ""


def test_an_unknown_command_points_to_help(conversation):
    assert conversation.say("/Halp me") == "There is no command /halp; see /help.\n\n"


def test_help_lists_every_command(conversation):
    shown = conversation.say("/help")
    assert all(command in shown for command in COMMANDS)


def test_sources_lists_the_documents_with_their_titles(conversation):
    assert conversation.say("/sources") == "library.txt  library\n\n"


@pytest.mark.parametrize("command", ["/more", "/why"])
def test_a_command_about_the_last_reply_needs_a_question_first(conversation, command):
    assert conversation.say(command) == "Ask a question first.\n\n"


def test_why_explains_the_last_reply(conversation):
    shown = conversation.say(COST, "/why")
    assert "Confidence 0." in shown
    assert "In the passage or its headings: " in shown


def test_a_choice_is_made_by_typing_its_number(tmp_path):
    text = "# Quay\n\nA ferry rests.\n\n# Bay\n\nA ferry drifts.\n"
    (tmp_path / "harbour.md").write_text(text)
    conversation = Conversation(Chatbot.open(tmp_path))
    asked = conversation.say("ferry?")
    assert asked.endswith(
        "\n\n  1. Quay\n  2. Bay\n\nType a number, or ask something else.\n\n"
    )
    shown = Conversation(conversation.bot).say("ferry?", "2").removeprefix(asked)
    assert shown.startswith("A ferry drifts.\n")


def test_more_shows_each_further_quote_once(conversation):
    reply = conversation.bot.reply(COST)
    shown = conversation.say(COST, *["/more"] * len(reply.quotes))
    for quote in reply.quotes:
        assert quote.text in shown
    assert shown.count("library.txt, line") == len(reply.quotes)
    assert shown.endswith("No more passages were found for the last question.\n\n")


def test_reload_says_what_changed(conversation, corpus):
    assert conversation.say("/reload").startswith("Nothing has changed.\n")
    (corpus / "cafe.txt").write_text("The café sells tea and cake all day long.")
    (corpus / "library.txt").unlink()
    shown = conversation.say("/reload", "Which cake does the café sell all day?")
    assert (
        "Added cafe.txt.\nRemoved library.txt.\nNow 1 passage of 1 document." in shown
    )
    assert "cafe.txt, line 1" in shown


def test_an_error_is_told_and_the_session_goes_on(conversation):
    assert COST_QUOTE in conversation.say("x" * 5000, COST)
    assert conversation.errors.getvalue().startswith(
        "chatbot: The message is too long; ask"
    )


def test_interrupting_an_answer_or_a_line_does_not_end_the_session(
    conversation, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    asked = []

    class InterruptedOnce:
        report, settings = conversation.bot.report, conversation.bot.settings

        def reply(self, message, conversation=None):
            asked.append(message)
            raise KeyboardInterrupt

    screens = PlainScreen(StringIO()), PlainScreen(StringIO())
    with (
        create_pipe_input() as keys,
        create_app_session(input=keys, output=DummyOutput()),
    ):
        keys.send_text("first\rhalf a line\x03second\r\x04")
        run_interactive(InterruptedOnce(), *screens)
    assert asked == ["first", "second"]


def test_a_fault_beside_the_prompt_neither_ends_nor_stops_it(conversation, monkeypatch):
    class FaultyHistory(DummyHistory):
        async def load(self):
            asyncio.get_running_loop().call_soon(lambda: 1 / 0)
            yield ""

    monkeypatch.setattr(repl, "_history", FaultyHistory)
    screens = PlainScreen(StringIO()), PlainScreen(StringIO())
    asked = []

    class Asked:
        report, settings = conversation.bot.report, conversation.bot.settings

        def reply(self, message, conversation=None):
            asked.append(message)
            raise KeyboardInterrupt

    with (
        create_pipe_input() as keys,
        create_app_session(input=keys, output=DummyOutput()),
    ):
        keys.send_text("first\r\x04")
        run_interactive(Asked(), *screens)
    assert asked == ["first"]


class Terminal:
    """The REPL on a pseudo-terminal."""

    def __init__(self, environment):
        self.screen, terminal = pty.openpty()
        termios.tcsetwinsize(terminal, (24, 120))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "chatbot"],
            cwd=REPOSITORY,
            env=environment | {"PROMPT_TOOLKIT_NO_CPR": "1"},
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)
        self.shown = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._awaited = 0

    def wait_for(self, text, seconds=30):
        """Read until the text is shown, behind what was waited for before.

        Returns all that was shown since then.
        """
        deadline, start = time.monotonic() + seconds, self._awaited
        while text not in self.shown[start:]:
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self.screen], [], [], max(left, 0))
            assert ready, f"{text!r} was not shown, but: {self.shown[start:]!r}"
            self.shown += self._decoder.decode(os.read(self.screen, 4096))
        self._awaited = self.shown.index(text, start) + len(text)
        return self.shown[start:]

    def type(self, keys):
        os.write(self.screen, keys.encode())

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.screen)


@pytest.fixture
def terminal(environment):
    terminal = Terminal(environment)
    yield terminal
    terminal.close()


def test_on_a_terminal_lines_are_edited_completed_and_kept(terminal, tmp_path):
    greeting = terminal.wait_for(">")
    assert "of 1 document. Ask a question, or type /help." in greeting
    terminal.type(f"x\x03{COST}\r")
    answer = terminal.wait_for("under “Membership”")
    assert f"\x1b[1m{COST_QUOTE}\x1b[0m" in answer
    terminal.wait_for(">")
    terminal.type("/so\t\r")
    terminal.wait_for("library.txt  library")
    terminal.wait_for(">")
    terminal.type("\x04")
    assert terminal.process.wait(timeout=30) == 0
    history = (tmp_path / "state" / "chatbot" / "history").read_text()
    assert f"+{COST}\n" in history
    assert "+/sources\n" in history


def test_without_a_folder_for_the_history_the_session_works(environment, tmp_path):
    (tmp_path / "state").write_text("a file where a folder should be")
    terminal = Terminal(environment)
    try:
        terminal.wait_for(">")
        terminal.type("/sources\r")
        terminal.wait_for("library.txt  library")
    finally:
        terminal.close()
