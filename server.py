"""Starts the web server: the chat page, the JSON API and the webhooks.

    python server.py --corpus handbook --port 9000

Each option replaces a setting of the environment; see `chatbot/settings.py`.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from contextlib import ExitStack, nullcontext
from typing import Any

from chatbot.channels.terminal.packages import exit_without

try:
    import click
    from flask import Flask
    from threadpoolctl import threadpool_limits

    from chatbot.bot import Chatbot
    from chatbot.channels.keeping import keep_in_database
    from chatbot.channels.serving import WebServer, listen, serve, url
    from chatbot.channels.slack.events import slack_paths
    from chatbot.channels.terminal.characters import prepare_standard_streams, visible
    from chatbot.channels.terminal.progress import open_bot
    from chatbot.channels.unknown_settings import unknown_settings
    from chatbot.channels.watching import watching
    from chatbot.channels.web import create_app
    from chatbot.channels.webhooks import enabled_platforms, webhook_path
    from chatbot.errors import ChatbotError
    from chatbot.settings import Settings
except ModuleNotFoundError as error:
    exit_without(error)


def _given(context: click.Context, option: click.Parameter, value: str | None) -> Any:
    """The option's value; an empty one, as of an unset shell variable, is refused."""
    if value == "":
        raise click.BadParameter("it is empty.", context, option)
    return value


@click.command(context_settings={"help_option_names": ["--help", "-h"]})
@click.option("--host", callback=_given, help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one.")
@click.option("--corpus", callback=_given, help="Folder of documents.")
@click.option("--index", callback=_given, help="Folder of the index.")
def main(
    host: str | None, port: int | None, corpus: str | None, index: str | None
) -> None:
    """Answer questions about a folder of documents, on the web."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    prepare_standard_streams()
    try:
        settings = Settings.from_environment(os.environ).with_values(
            host=host, port=port, corpus=corpus, index=index
        )
        run(settings)
    except (ChatbotError, OSError) as error:
        click.echo(visible(f"Error: {error}"), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(0)


def run(settings: Settings) -> None:
    """Open the bot, say where it is served, and serve it until interrupted."""
    bot, app = _opened(settings)
    noun = "passage" if bot.report.passages == 1 else "passages"
    with listen(settings.host, settings.port) as listener:
        click.echo(
            f"Serving {bot.report.passages:,} {noun} of {settings.corpus} "
            f"on {url(settings.host, listener)} (Ctrl-C stops)"
        )
        paths = slack_paths(settings)
        paths += [webhook_path(platform) for platform in enabled_platforms(settings)]
        click.echo(f"Webhooks: {', '.join(paths) or 'none'}")
        with watching(bot, _tell) if settings.watch else nullcontext():
            serve(WebServer(app, [listener], settings))


def create_application() -> Flask:
    """The web application, for a process of a server that has several.

    It follows the documents until the process ends; see `deploy/gunicorn.conf.py`.
    Raises ChatbotError or OSError where documents, index or database cannot be used.
    """
    settings = Settings.from_environment(os.environ)
    bot, app = _opened(settings)
    if settings.watch:
        following = ExitStack()
        following.enter_context(watching(bot, _tell))
        atexit.register(following.close)
    return app


def _opened(settings: Settings) -> tuple[Chatbot, Flask]:
    """The bot and its web application, with what is to be told about its start."""
    bot = open_bot(settings)
    unknown = unknown_settings(os.environ)
    for line in (*unknown, *bot.report.notices, *bot.report.skipped):
        _tell(str(line))
    app = create_app(bot, settings, keep_in_database(bot, settings))
    # A question's products are small: a second thread of BLAS costs more than it saves.
    threadpool_limits(1, user_api="blas")
    threading.Thread(target=_warm_up, args=(bot,), daemon=True).start()
    return bot, app


def _warm_up(bot: Chatbot) -> None:
    try:
        bot.warm_up()
    except ChatbotError as error:
        _tell(f"Error: {error}")


def _tell(line: str) -> None:
    """Write a line to standard error."""
    click.echo(visible(line), err=True)


if __name__ == "__main__":
    main()
