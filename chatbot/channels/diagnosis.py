"""Whether a server with these settings would run well, and what to mend if not.

It opens what a server opens, so that the index is up to date afterwards.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from chatbot.bot import Chatbot
from chatbot.channels.keeping import keep_in_database
from chatbot.channels.limit_storage import limit_storage, rate_limits
from chatbot.channels.terminal.rendering import counted
from chatbot.channels.terminal.reports import described_size
from chatbot.channels.unknown_settings import unknown_settings
from chatbot.channels.web import create_app
from chatbot.channels.web.origins import EVERY_SITE
from chatbot.errors import ChatbotError
from chatbot.insights.journal import Journal
from chatbot.settings import Settings

Level = Literal["ok", "warning", "error"]

SPARE_FACTOR = 3
"""A disk should have room for so many indexes: the one that serves, and the next."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part, and for a warning or an error what to do."""

    level: Level
    part: str
    text: str


def diagnose(
    settings: Settings, open_bot: Callable[[], Chatbot], variables: Iterable[str] = ()
) -> Iterator[Finding]:
    """Look at each part of a server; an error keeps it from starting.

    `variables` are the names of the environment's.
    """
    for text in unknown_settings(variables):
        yield Finding("warning", "settings", text)
    try:
        bot = open_bot()
    except (ChatbotError, OSError) as error:
        yield Finding("error", "documents", str(error))
        return
    report = bot.report
    yield Finding("ok", "documents", described_size(report))
    if report.skipped:
        text = f"{counted(len(report.skipped), 'file')} skipped; `index` names them."
        yield Finding("warning", "documents", text)
    yield from _disk(bot.index_folder)
    yield from _database(bot, settings)
    yield from _limits(settings)
    yield from _exposure(settings)


def _disk(folder: Path) -> Iterator[Finding]:
    """Room for the next generation of the index."""
    used = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    free = shutil.disk_usage(folder).free
    text = f"{folder} has {free / 2**20:,.0f} MB free; it holds {used / 2**20:,.0f} MB"
    if free < SPARE_FACTOR * used:
        text += ": an index that is built anew needs room beside the old one."
        yield Finding("warning", "disk", text)
    else:
        yield Finding("ok", "disk", text)


def _database(bot: Chatbot, settings: Settings) -> Iterator[Finding]:
    """The database, and the application that is made with it."""
    try:
        journal = keep_in_database(bot, settings)
    except ChatbotError as error:
        yield Finding("error", "database", str(error))
        yield from _application(bot, settings, None)
        return
    address = journal.engine.url.render_as_string(hide_password=True)
    yield Finding("ok", "database", address)
    yield from _application(bot, settings, journal)
    journal.engine.dispose()


def _application(
    bot: Chatbot, settings: Settings, journal: Journal | None
) -> Iterator[Finding]:
    """What keeps the application from being made, its limits apart."""
    unlimited = settings.with_values(
        client_limit="off", conversation_limit="off", limits_url=""
    )
    try:
        create_app(bot, unlimited, journal)
    except ChatbotError as error:
        yield Finding("error", "settings", str(error))


def _limits(settings: Settings) -> Iterator[Finding]:
    limits = {
        "CHATBOT_CLIENT_LIMIT": settings.client_limit,
        "CHATBOT_CONVERSATION_LIMIT": settings.conversation_limit,
    }
    is_reached, is_usable = True, True
    off = []
    for variable, limit in limits.items():
        try:
            if not rate_limits(limit, variable):
                off.append(variable)
        except ChatbotError as error:
            is_usable = False
            yield Finding("error", "limits", str(error))
    try:
        is_reached = limit_storage(settings.limits_url).check()
    except ChatbotError as error:
        is_usable = False
        yield Finding("error", "limits", str(error))
    if not is_reached:
        text = (
            "CHATBOT_LIMITS_URL cannot be reached: each process counts for itself. "
            "Start it, or set another address."
        )
        yield Finding("warning", "limits", text)
    if off:
        text = f"{' and '.join(off)} is off: set it, or limit requests in your proxy."
        yield Finding("warning", "limits", text)
    elif is_usable:
        text = f"{settings.client_limit} of a client"
        yield Finding("ok", "limits", text)


def _exposure(settings: Settings) -> Iterator[Finding]:
    """Who can reach the server, and what protects them."""
    is_public = settings.host not in LOOPBACK
    if is_public and not settings.proxy_hops:
        text = (
            f"{settings.host} is open to the network without TLS: put a proxy in "
            "front that has it, and set CHATBOT_HOST=127.0.0.1 CHATBOT_PROXY_HOPS=1."
        )
        yield Finding("warning", "exposure", text)
    if settings.proxy_hops and not settings.public_url.startswith("https:"):
        text = (
            "Behind a proxy, set CHATBOT_PUBLIC_URL=https://…: cookies are kept to "
            "TLS by it, and links in chats need it."
        )
        yield Finding("warning", "exposure", text)
    if EVERY_SITE in settings.allowed_origins:
        text = "Pages of every site may ask: name sites in CHATBOT_ALLOWED_ORIGINS."
        yield Finding("warning", "exposure", text)
    if not settings.metrics_token:
        text = "/metrics is off: set CHATBOT_METRICS_TOKEN to watch the server."
        yield Finding("warning", "exposure", text)
    yield Finding("ok", "exposure", f"{settings.host} port {settings.port}")
