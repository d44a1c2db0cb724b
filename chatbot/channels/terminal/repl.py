"""The loop: read a line, answer it, until the end.

For example:

    run_interactive(bot, screen, errors)          # prompts on a terminal
    run_piped(bot, sys.stdin, screen, errors)     # takes the lines of a pipe
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from chatbot.channels.messages import checked_message
from chatbot.channels.terminal.questions import typed_text
from chatbot.channels.terminal.rendering import (
    Fragment,
    counted,
    render_explanation,
    render_reply,
)
from chatbot.channels.terminal.reports import (
    described_size,
    render_changes,
    render_documents,
)
from chatbot.channels.terminal.screen import Screen
from chatbot.errors import ChatbotError

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import History

    from chatbot.bot import Chatbot
    from chatbot.reply import Reply

COMMANDS = {
    "/help": "list the commands",
    "/sources": "list the documents that answers come from",
    "/more": "show the next passage found for the last question",
    "/why": "say how the last question was read and why the reply is what it is",
    "/reload": "take in documents that were added, changed or removed",
    "/quit": "leave (so do “exit” and Ctrl-D)",
}

LEAVING = ("/quit", "/exit", "quit", "exit")

CHOICE_NOTE = "Type a number, or ask something else."


class Session:
    """One conversation in the terminal: acts on a line at a time.

    `bot` answers; replies go to `screen`, errors that do not end the session to
    `errors`.
    """

    def __init__(self, bot: Chatbot, screen: Screen, errors: Screen) -> None:
        self._bot = bot
        self._screen = screen
        self._errors = errors
        self._last: Reply | None = None
        self._shown = 0

    def handle(self, line: str) -> bool:
        """Answer a question or obey a command; False when the line was to leave."""
        line = line.strip()
        command = line.split()[0].lower() if line.startswith("/") else ""
        if (command or line.lower()) in LEAVING:
            return False
        try:
            if command:
                self._show(self._obey(command))
            elif line:
                self._show(self._answer(line))
        except ChatbotError as error:
            self._errors.show([(f"chatbot: {error}", "text")])
        return True

    def _show(self, fragments: list[Fragment]) -> None:
        self._screen.show([*fragments, ("\n", "text")])

    def _answer(self, question: str) -> list[Fragment]:
        conversation = self._last.conversation if self._last else None
        question = checked_message(question, self._bot.settings.max_message_characters)
        self._last = self._bot.reply(question, conversation=conversation)
        self._shown = 1 if self._last.kind == "answer" else 0
        fragments = render_reply(self._last, self._screen.quote_layout)
        if self._last.kind == "clarify":
            fragments.append((f"\n\n{CHOICE_NOTE}", "note"))
        return fragments + self._more_note(self._last)

    def _obey(self, command: str) -> list[Fragment]:
        match command:
            case "/help":
                return _help()
            case "/sources":
                return render_documents(self._bot.documents())
            case "/reload":
                return self._reload()
            case "/more" if self._last:
                return self._more(self._last)
            case "/why" if self._last:
                return render_explanation(self._last, self._bot.settings.threshold)
            case "/more" | "/why":
                return [("Ask a question first.", "text")]
            case _:
                return [(f"There is no command {command}; see /help.", "text")]

    def _more(self, reply: Reply) -> list[Fragment]:
        if self._shown >= len(reply.quotes):
            return [("No more passages were found for the last question.", "text")]
        quote = reply.quotes[self._shown]
        self._shown += 1
        return self._screen.quote_layout(quote) + self._more_note(reply)

    def _more_note(self, reply: Reply) -> list[Fragment]:
        left = len(reply.quotes) - self._shown
        if left <= 0:
            return []
        return [(f"\n{counted(left, 'more passage')}: /more", "note")]

    def _reload(self) -> list[Fragment]:
        before = self._bot.documents()
        report = self._bot.reload()
        return render_changes(before, self._bot.documents(), report)


def run_piped(
    bot: Chatbot, lines: Iterable[str], screen: Screen, errors: Screen
) -> None:
    """Answer the lines of a pipe one after another, in one conversation."""
    session = Session(bot, screen, errors)
    for line in lines:
        if not session.handle(typed_text(line)):
            return


def run_interactive(bot: Chatbot, screen: Screen, errors: Screen) -> None:
    """Prompt for lines and answer them until Ctrl-D or `/quit`.

    Ctrl-C clears the line, or breaks off the answer that is being looked for.
    """
    session = Session(bot, screen, errors)
    prompts = _prompt_session()
    if not sys.flags.dev_mode:
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    greeting = f"{described_size(bot.report)}. Ask a question, or type /help.\n"
    screen.show([(greeting, "text")])
    while True:
        with suppress(KeyboardInterrupt):
            try:
                # Its own handler of faults asks for Enter, without end where it fails.
                line = prompts.prompt("> ", set_exception_handler=False)
            except EOFError:
                return
            if not session.handle(typed_text(line)):
                return


def _help() -> list[Fragment]:
    width = max(map(len, COMMANDS))
    lines = [f"{command:<{width}}  {what}" for command, what in COMMANDS.items()]
    lines.append("Anything else is a question to the documents.")
    return [("\n".join(lines), "text")]


def _prompt_session() -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.output import create_output
    from prompt_toolkit.shortcuts import CompleteStyle
    from prompt_toolkit.utils import is_dumb_terminal

    # Without an output of its own it prompts a dumb terminal in plain text.
    output = None if is_dumb_terminal() else create_output(always_prefer_tty=True)
    return PromptSession(
        history=_history(),
        completer=WordCompleter(list(COMMANDS), sentence=True),
        complete_style=CompleteStyle.READLINE_LIKE,
        complete_while_typing=False,
        output=output,
    )


def _history() -> History:
    """The lines of earlier runs; of this run alone where no file can be kept."""
    from platformdirs import user_state_path
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    class SafeFileHistory(FileHistory):
        """Goes on without the file when it can no longer be written."""

        def store_string(self, string: str) -> None:
            with suppress(OSError):
                super().store_string(typed_text(string))

    file = user_state_path("chatbot") / "history"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError:
        return InMemoryHistory()
    return SafeFileHistory(str(file))
