"""Which way imports point, and what stays out of a question's way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.bot import Chatbot

ROOT = Path(__file__).parents[1]

QUIET_IMPORTS = """
import sys
{statements}
heavy = {{"markdown_it", "nltk", "py3langid", "scipy", "sklearn", "sqlalchemy"}}
heavy |= {{"flask", "gunicorn", "limits", "prometheus_client", "waitress"}}
print(sorted(heavy & sys.modules.keys()))
"""
ASK = """
from chatbot.bot import Chatbot
bot = Chatbot.open(sys.argv[1])
reply = bot.reply("When does the ferry leave the harbour?")
assert reply.kind == "answer", reply
reply = bot.reply("When does the zeppelin land?")
assert reply.kind == "not_found", reply
"""
SERVE_WITHOUT_SLACK = """
import sys
from chatbot import Chatbot
from chatbot.channels.tables import TABLES
from chatbot.channels.web import create_app
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.insights.journal import Journal
from chatbot.settings import Settings
bot = Chatbot.open(sys.argv[1], settings=Settings())
writes = GroupedWrites(open_database(f"sqlite:///{sys.argv[1]}/db", *TABLES))
journal = Journal(writes, 0)
create_app(bot, Settings(teams_token="dGVhbXM="), journal)
print(sorted(name for name in sys.modules if name.startswith("slack")))
"""


def heavy_imports(statements: str, *arguments: str) -> str:
    """Which of the libraries that take a second to import a program imports."""
    program = QUIET_IMPORTS.format(statements=statements)
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return result.stdout.strip()


def test_imports_point_one_way() -> None:
    pytest.importorskip("importlinter", reason="import-linter is a dev tool")
    # In a process of its own, as it turns off the loggers of the one that it runs in.
    program = "import sys; from importlinter.cli import lint_imports as lint"
    command = [sys.executable, "-c", f"{program}; sys.exit(lint(no_cache=True))"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert result.returncode == 0, result.stdout


def test_importing_the_bot_imports_nothing_that_only_building_needs() -> None:
    assert heavy_imports("import chatbot.bot") == "[]"


def test_a_question_needs_nothing_that_only_building_needs(
    tmp_path: Path,
) -> None:
    text = "The ferry leaves the harbour at noon. In a storm it stays.\n"
    (tmp_path / "ferry.txt").write_text(text)
    Chatbot.open(tmp_path)

    assert heavy_imports(ASK, str(tmp_path)) == "[]"


def test_slacks_packages_are_imported_only_where_slack_is_set_up(
    tmp_path: Path,
) -> None:
    (tmp_path / "ferry.txt").write_text("The ferry leaves the harbour at noon.\n")
    result = subprocess.run(
        [sys.executable, "-c", SERVE_WITHOUT_SLACK, str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert result.stdout.strip() == "[]"


def test_a_question_in_a_terminal_needs_nothing_that_only_the_server_needs(
    tmp_path: Path,
) -> None:
    (tmp_path / "ferry.txt").write_text("The ferry leaves the harbour at noon.\n")
    Chatbot.open(tmp_path)
    ask = (
        "from chatbot.channels.terminal.commands import main\n"
        "import contextlib, io\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    main(['ask', '--corpus', sys.argv[1], 'When does the ferry leave?'])"
    )
    assert heavy_imports(ask, str(tmp_path)) == "[]"
