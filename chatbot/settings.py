"""Every setting in one place: its environment variable, its default and what it means.

    settings = Settings.from_environment(os.environ)
    settings.port          # 8000, or what CHATBOT_PORT says

The README's table of settings is compared with `settings_table()` by a test.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from chatbot.errors import SettingsError

INDEX_FOLDER = ".index"
"""Inside the corpus, where no other folder is set."""

_ON = ("on", "1", "true", "yes")
_OFF = ("off", "0", "false", "no")


def _setting(
    default: Any,
    variable: str,
    meaning: str,
    least: float = 0,
    most: float = sys.float_info.max,
) -> Any:
    bounds = {"least": least, "most": most}
    metadata = {"variable": variable, "meaning": meaning, **bounds}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this chatbot is set up. Immutable: `with_values` returns a changed copy."""

    corpus: str = _setting("corpus", "CHATBOT_CORPUS", "folder of documents")
    index: str = _setting(
        "", "CHATBOT_INDEX", "folder of the index; empty: `.index` inside the corpus"
    )
    threshold: float = _setting(
        0.4,
        "CHATBOT_THRESHOLD",
        "confidence below which the reply is “not found”",
        most=1,
    )
    language: str = _setting(
        "",
        "CHATBOT_LANGUAGE",
        "language of all documents, in English (`german`); empty: detected",
    )
    max_file_megabytes: float = _setting(
        50.0, "CHATBOT_MAX_FILE_MB", "larger files are skipped, JSON Lines excepted"
    )
    build_memory_megabytes: float = _setting(
        1024.0, "CHATBOT_BUILD_MEMORY_MB", "memory that building the index may take"
    )
    max_message_characters: int = _setting(
        2000, "CHATBOT_MAX_MESSAGE", "a longer message is refused", 1
    )
    kept_replies: int = _setting(
        500,
        "CHATBOT_KEPT_REPLIES",
        "replies to first messages that are kept, for who asks the same",
        most=1_000_000,
    )
    host: str = _setting(
        "127.0.0.1", "CHATBOT_HOST", "address that the web server listens on"
    )
    port: int = _setting(
        8000, "CHATBOT_PORT", "port that the web server listens on", most=65535
    )
    threads: int = _setting(
        4, "CHATBOT_THREADS", "questions that the web server answers at once", 1, 256
    )
    queue: int = _setting(
        32,
        "CHATBOT_QUEUE",
        "questions that wait for their turn; what comes on top is refused with 503",
        most=1024,
    )
    deadline_seconds: float = _setting(
        2.0,
        "CHATBOT_DEADLINE",
        "seconds for a question, its wait included; past them it gets 503",
        0.01,
        3600,
    )
    client_limit: str = _setting(
        "600/minute",
        "CHATBOT_CLIENT_LIMIT",
        "requests of one client (`10/second;600/minute`); `off`: no limit",
    )
    conversation_limit: str = _setting(
        "60/minute",
        "CHATBOT_CONVERSATION_LIMIT",
        "messages of one conversation; `off`: no limit",
    )
    limits_url: str = _setting(
        "",
        "CHATBOT_LIMITS_URL",
        "`redis://…`, where processes count together; empty: each in its memory",
    )
    proxy_hops: int = _setting(
        0,
        "CHATBOT_PROXY_HOPS",
        "proxies in front of the server, whose `X-Forwarded-…` headers are believed",
        most=10,
    )
    log_requests: bool = _setting(
        True, "CHATBOT_LOG_REQUESTS", "a line of JSON for each request"
    )
    log_questions: bool = _setting(
        False, "CHATBOT_LOG_QUESTIONS", "questions stand in these lines"
    )
    metrics_token: str = _setting(
        "",
        "CHATBOT_METRICS_TOKEN",
        "token that `GET /metrics` must carry; empty: it is off",
    )
    database_url: str = _setting(
        "",
        "CHATBOT_DATABASE_URL",
        "database of conversations, `postgresql://…` or `sqlite:///…`; "
        "empty: `chatbot.sqlite` in the folder of the index",
    )
    keep_question_days: int = _setting(
        30,
        "CHATBOT_KEEP_QUESTIONS",
        "days that the text of questions is kept for `/insights`; 0: not at all",
        most=36500,
    )
    admin_token: str = _setting(
        "",
        "CHATBOT_ADMIN_TOKEN",
        "token for `/insights`, at least 16 characters; empty: it is off",
    )
    public_url: str = _setting(
        "",
        "CHATBOT_PUBLIC_URL",
        "the server's address (`https://ask.example.org`), for links in chats",
    )
    allowed_origins: str = _setting(
        "",
        "CHATBOT_ALLOWED_ORIGINS",
        "sites whose pages may ask (`https://example.com`), with commas; `*`: all",
    )
    slack_signing_secret: str = _setting(
        "",
        "CHATBOT_SLACK_SIGNING_SECRET",
        "the Slack app's signing secret; empty: `/slack/events` is off",
    )
    slack_bot_token: str = _setting(
        "", "CHATBOT_SLACK_BOT_TOKEN", "the Slack app's bot token, `xoxb-…`"
    )
    slack_app_token: str = _setting(
        "",
        "CHATBOT_SLACK_APP_TOKEN",
        "the Slack app's token for Socket Mode, `xapp-…`",
    )
    slack_api_url: str = _setting(
        "https://slack.com/api/",
        "CHATBOT_SLACK_API_URL",
        "Slack's Web API; GovSlack has another",
    )
    slack_webhook_token: str = _setting(
        "",
        "CHATBOT_SLACK_WEBHOOK_TOKEN",
        "Slack's token, or several; empty: `/webhooks/slack` is off",
    )
    mattermost_token: str = _setting(
        "",
        "CHATBOT_MATTERMOST_TOKEN",
        "Mattermost's token, or several; empty: `/webhooks/mattermost` is off",
    )
    rocket_chat_token: str = _setting(
        "",
        "CHATBOT_ROCKET_CHAT_TOKEN",
        "Rocket.Chat's token, or several; empty: `/webhooks/rocketchat` is off",
    )
    teams_token: str = _setting(
        "",
        "CHATBOT_TEAMS_TOKEN",
        "Teams' security token, or several; empty: `/webhooks/teams` is off",
    )
    watch: bool = _setting(
        True, "CHATBOT_WATCH", "the web server takes in documents that change"
    )
    reload_token: str = _setting(
        "",
        "CHATBOT_RELOAD_TOKEN",
        "token that `POST /reload` must carry; empty: it is off",
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings; an unset or empty variable keeps the default.

        Raises `SettingsError` naming the variable whose value cannot be used.
        """
        values = {
            setting.name: _parsed(setting.metadata, setting.default, text)
            for setting in fields(cls)
            if (text := environment.get(setting.metadata["variable"], "").strip())
        }
        return cls(**values)

    def with_values(self, **values: Any) -> Settings:
        """A copy with these values in place of its own; None keeps a value."""
        return replace(
            self, **{name: value for name, value in values.items() if value is not None}
        )

    @property
    def corpus_folder(self) -> Path:
        return Path(self.corpus).expanduser()

    @property
    def index_folder(self) -> Path:
        """The folder of the index, unless the corpus that holds it is read-only."""
        if self.index:
            return Path(self.index).expanduser()
        return self.corpus_folder / INDEX_FOLDER


def settings_table() -> list[tuple[str, str, str]]:
    """A row (variable, default, meaning) per setting, in the order of `Settings`."""
    rows = []
    for setting in fields(Settings):
        default = setting.default
        assert default is not MISSING
        shown = _shown(default)
        rows.append((setting.metadata["variable"], shown, setting.metadata["meaning"]))
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _parsed(metadata: Mapping[str, Any], default: Any, text: str) -> Any:
    """A variable's text as a value of the default's type, within its bounds."""
    variable = metadata["variable"]
    if isinstance(default, bool):
        return _switched(variable, text)
    number = "a whole number" if isinstance(default, int) else "a number"
    try:
        value: Any = type(default)(text) if isinstance(default, (int, float)) else text
    except ValueError:
        raise SettingsError(f"{variable} is {text!r}; set it to {number}.") from None
    if isinstance(value, str):
        return value
    least, most = metadata["least"], metadata["most"]
    if not least <= value <= most:
        upper = f" and not above {most}" if most < sys.float_info.max else ""
        raise SettingsError(
            f"{variable} is {text!r}; set it to {number} not below {least}{upper}."
        )
    return value


def _switched(variable: str, text: str) -> bool:
    """Whether a variable's text means “on”, in any case; `SettingsError` for others."""
    word = text.lower()
    if word not in _ON + _OFF:
        raise SettingsError(f"{variable} is {text!r}; set it to on or off.")
    return word in _ON
