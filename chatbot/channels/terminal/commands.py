"""The command line: `python -m chatbot` with `ask`, `index`, `insights`, `doctor`, ….

Heavy modules are imported where they are used, so that `--help` and a question asked
from a script start fast.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from chatbot.channels.messages import checked_message
from chatbot.channels.terminal.characters import (
    json_text,
    prepare_standard_streams,
)
from chatbot.channels.terminal.packages import missing_package
from chatbot.channels.terminal.progress import open_bot, progress_on
from chatbot.channels.terminal.questions import typed_text
from chatbot.channels.terminal.screen import PlainScreen, screen_on
from chatbot.errors import ChatbotError
from chatbot.settings import Settings

if TYPE_CHECKING:
    from chatbot.evaluation import Evaluation
    from chatbot.evaluation.collection_measures import CollectionMeasures
    from chatbot.index.report import IndexReport

Command = TypeVar("Command", bound=Callable[..., Any])

ANSWERED, NOT_FOUND, FAILED, UNCLEAR, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit statuses."""

CONVERSATION = "terminal:ask"
"""The conversation of `ask`: always the same, so that the output is."""

MOST_DAYS = 3660
"""Days that `insights` looks back at the most."""

MOST_SKIPPED_SHOWN = 5
"""Skipped files named before an answer; `index` names them all."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (without the program's name) and return its exit status.

    Errors become one line on standard error; with Python's `-X dev` an error that the
    program did not foresee shows its traceback.
    """
    prepare_standard_streams()
    try:
        status = chatbot.main(
            arguments, prog_name="python -m chatbot", standalone_mode=False, obj={}
        )
        return int(status or ANSWERED)
    except click.ClickException as error:
        error.show()
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except ChatbotError as error:
        _complain(str(error))
    except OSError as error:
        what = error.filename or "a standard stream"
        _complain(f"reading or writing {what} failed: {error.strerror or error}.")
        _drop_unwritten_output()
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        _complain(
            missing_package(error)
            or f"this is a fault of the program ({type(error).__name__}: {error}); "
            "please report it with what `python -X dev -m chatbot …` prints."
        )
    return FAILED


def _folder(context: click.Context, option: click.Parameter, value: str | None) -> None:
    """Keep a folder option for `_settings`; a subcommand's replaces the group's."""
    if value == "":
        raise click.BadParameter("the folder's name is empty.", context, option)
    if value is not None:
        context.obj[option.name] = value


def _folder_options(command: Command) -> Command:
    for name, what in (
        ("--index", "Folder of the index, instead of CHATBOT_INDEX."),
        ("--corpus", "Folder of documents, instead of CHATBOT_CORPUS."),
    ):
        add = click.option(
            name, metavar="DIR", expose_value=False, callback=_folder, help=what
        )
        command = add(command)
    return command


_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)
@_folder_options
@click.pass_context
def chatbot(context: click.Context) -> None:
    """Answers questions about a folder of documents in the documents' own words.

    Without a command: a conversation. Questions that are piped in are answered line by
    line.
    """
    if context.invoked_subcommand is not None:
        return
    from chatbot.channels.terminal.repl import run_interactive, run_piped

    bot = open_bot(_settings(context))
    _tell(bot.report)
    screen = screen_on(sys.stdout, os.environ)
    errors = PlainScreen(sys.stderr)
    if sys.stdin.isatty():
        run_interactive(bot, screen, errors)
    else:
        run_piped(bot, sys.stdin, screen, errors)


@chatbot.command()
@_folder_options
@_json_option
@click.argument("question", nargs=-1)
@click.pass_context
def ask(context: click.Context, question: tuple[str, ...], as_json: bool) -> int:
    """Answer one QUESTION, or the one on standard input.

    Exits with 0 when it is answered, 1 when the documents do not answer it, 2 on an
    error and 3 when it could mean several headings: ask again with more words.
    """
    from chatbot.channels.terminal.rendering import render_reply

    settings = _settings(context)
    text = typed_text(" ".join(question) if question else _piped_question(settings))
    text = checked_message(text, settings.max_message_characters)
    bot = open_bot(settings)
    _tell(bot.report)
    reply = bot.reply(text, conversation=CONVERSATION)
    if as_json:
        _print_json(reply.to_dict())
    else:
        screen = screen_on(sys.stdout, os.environ)
        screen.show(render_reply(reply, screen.quote_layout))
    return {"not_found": NOT_FOUND, "clarify": UNCLEAR}.get(reply.kind, ANSWERED)


@chatbot.command()
@_folder_options
@click.pass_context
def index(context: click.Context) -> None:
    """Build or update the index; say what it holds."""
    from chatbot.channels.terminal.reports import render_index

    bot = open_bot(_settings(context))
    screen_on(sys.stdout, os.environ).show(render_index(bot.report))


@chatbot.command()
@_folder_options
@click.pass_context
def slack(context: click.Context) -> None:
    """Answer in Slack over Socket Mode, which needs no address that Slack can reach.

    CHATBOT_SLACK_BOT_TOKEN and CHATBOT_SLACK_APP_TOKEN must be set.
    """
    from chatbot.channels.terminal.slack_command import run_slack

    run_slack(_settings(context))


@chatbot.command()
@_folder_options
@_json_option
@click.option(
    "--days",
    type=click.IntRange(1, MOST_DAYS),
    default=30,
    show_default=True,
    help="How far to look back.",
)
@click.pass_context
def insights(context: click.Context, as_json: bool, days: int) -> None:
    """What people asked the server, what was not found, and what did not help."""
    from chatbot.channels.terminal.insights import (
        insights_data,
        journal_insights,
        render_insights,
    )

    settings = _settings(context)
    if not settings.database_url:
        # The server's database is beside its index, wherever that could be written.
        folder = open_bot(settings).index_folder
        settings = settings.with_values(index=str(folder))
    found = journal_insights(settings, days)
    if as_json:
        _print_json(insights_data(found))
    else:
        screen_on(sys.stdout, os.environ).show(render_insights(found))


@chatbot.command()
@_folder_options
@_json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> int:
    """Check a server's settings, documents and database; say what to mend.

    Exits with 2 when something keeps the server from starting.
    """
    from chatbot.channels.diagnosis import diagnose
    from chatbot.channels.terminal.findings import findings_data, render_findings

    settings = _settings(context)
    findings = list(diagnose(settings, lambda: open_bot(settings), os.environ))
    if as_json:
        _print_json(findings_data(findings))
    else:
        screen_on(sys.stdout, os.environ).show(render_findings(findings))
    is_broken = any(finding.level == "error" for finding in findings)
    return FAILED if is_broken else ANSWERED


@chatbot.command()
@_folder_options
@_json_option
@click.option(
    "--no-titles", is_flag=True, help="Leave the titles of a collection's passages out."
)
@click.argument("target", metavar="FILE|FOLDER")
@click.pass_context
def evaluate(
    context: click.Context, target: str, as_json: bool, no_titles: bool
) -> None:
    """Ask questions with known answers; count what is right.

    FILE is JSON Lines: {"question": "…", "expect": ["words", "or these"]}, with an
    empty list where nothing is to be found, or {"conversation": [questions]}.

    FOLDER is a collection with its own passages: passages.jsonl, queries.jsonl and
    qrels.tsv. Nothing is written into it.
    """
    from chatbot.channels.terminal.reports import (
        evaluation_data,
        measures_data,
        render_evaluation,
        render_measures,
    )

    settings = _settings(context)
    if Path(target).is_dir():
        if context.obj:
            raise click.UsageError(
                "A collection brings its own passages: leave --corpus and --index out."
            )
        measures = _measured(target, settings, titles=not no_titles)
        fragments, data = render_measures(measures), measures_data(measures)
    else:
        if no_titles:
            raise click.UsageError("--no-titles is for the folder of a collection.")
        evaluation = _evaluated(target, settings)
        fragments, data = render_evaluation(evaluation), evaluation_data(evaluation)
    if as_json:
        _print_json(data)
    else:
        screen_on(sys.stdout, os.environ).show(fragments)


def _evaluated(file: str, settings: Settings) -> Evaluation:
    """Ask the questions of a file."""
    from chatbot.evaluation import evaluate, read_questions

    questions = read_questions(file)
    bot = open_bot(settings)
    _tell(bot.report)
    return evaluate(bot, questions)


def _measured(folder: str, settings: Settings, *, titles: bool) -> CollectionMeasures:
    """Measure on a collection, with a progress bar on standard error."""
    from chatbot.evaluation.collection import read_collection
    from chatbot.evaluation.collection_run import measure_collection

    collection = read_collection(folder)
    with progress_on(sys.stderr, "asking") as progress:
        return measure_collection(
            collection, settings, titles=titles, progress=progress
        )


def _settings(context: click.Context) -> Settings:
    return Settings.from_environment(os.environ).with_values(**context.obj)


def _tell(report: IndexReport) -> None:
    """Say on standard error what a person should know about the index."""
    shown = report.skipped[:MOST_SKIPPED_SHOWN]
    for line in (*report.notices, *shown):
        _complain(str(line))
    if left := len(report.skipped) - len(shown):
        _complain(f"skipped {left:,} more; `python -m chatbot index` names them.")


def _piped_question(settings: Settings) -> str:
    if sys.stdin.isatty():
        raise click.UsageError('Give a question: python -m chatbot ask "…"')
    # One character more than is allowed, so that an endless input ends as too long.
    return sys.stdin.read(settings.max_message_characters + 1)


def _print_json(data: Any) -> None:
    print(json_text(data, sys.stdout.encoding or "utf-8"), flush=True)


def _complain(message: str) -> None:
    PlainScreen(sys.stderr).show([(f"chatbot: {message}", "text")])


def _drop_unwritten_output() -> None:
    """Let the interpreter end without trying to write the rest of the output again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
