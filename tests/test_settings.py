"""Every setting: its variable, its default, its bounds, and the README's table."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.errors import SettingsError
from chatbot.settings import Settings, settings_table

README = Path(__file__).parents[1] / "README.md"


def test_without_variables_the_defaults_hold():
    assert Settings.from_environment({}) == Settings()


def test_every_variable_sets_its_setting():
    environment = {
        "CHATBOT_CORPUS": "docs",
        "CHATBOT_INDEX": "elsewhere",
        "CHATBOT_THRESHOLD": "0.7",
        "CHATBOT_LANGUAGE": "german",
        "CHATBOT_MAX_FILE_MB": "2.5",
        "CHATBOT_BUILD_MEMORY_MB": "512",
        "CHATBOT_MAX_MESSAGE": "500",
        "CHATBOT_KEPT_REPLIES": "9",
        "CHATBOT_HOST": "0.0.0.0",
        "CHATBOT_PORT": "9000",
        "CHATBOT_THREADS": "8",
        "CHATBOT_QUEUE": "64",
        "CHATBOT_DEADLINE": "1.5",
        "CHATBOT_CLIENT_LIMIT": "5/second",
        "CHATBOT_CONVERSATION_LIMIT": "off",
        "CHATBOT_LIMITS_URL": "redis://counters",
        "CHATBOT_PROXY_HOPS": "1",
        "CHATBOT_LOG_REQUESTS": "off",
        "CHATBOT_LOG_QUESTIONS": "on",
        "CHATBOT_METRICS_TOKEN": "a token of the watcher",
        "CHATBOT_DATABASE_URL": "postgresql://db/chat",
        "CHATBOT_KEEP_QUESTIONS": "7",
        "CHATBOT_ADMIN_TOKEN": "a token of the admin",
        "CHATBOT_PUBLIC_URL": "https://ask.example.org",
        "CHATBOT_ALLOWED_ORIGINS": "https://example.com",
        "CHATBOT_SLACK_SIGNING_SECRET": "signing secret",
        "CHATBOT_SLACK_BOT_TOKEN": "xoxb-1",
        "CHATBOT_SLACK_APP_TOKEN": "xapp-1",
        "CHATBOT_SLACK_API_URL": "https://slack-gov.com/api/",
        "CHATBOT_SLACK_WEBHOOK_TOKEN": "secret",
        "CHATBOT_MATTERMOST_TOKEN": "mattermost, two",
        "CHATBOT_ROCKET_CHAT_TOKEN": "rocket",
        "CHATBOT_TEAMS_TOKEN": "dGVhbXM=",
        "CHATBOT_WATCH": "off",
        "CHATBOT_RELOAD_TOKEN": "another secret",
    }
    assert set(environment) == {variable for variable, _, _ in settings_table()}
    assert Settings.from_environment(environment) == Settings(
        corpus="docs",
        index="elsewhere",
        threshold=0.7,
        language="german",
        max_file_megabytes=2.5,
        build_memory_megabytes=512,
        max_message_characters=500,
        kept_replies=9,
        host="0.0.0.0",
        port=9000,
        threads=8,
        queue=64,
        deadline_seconds=1.5,
        client_limit="5/second",
        conversation_limit="off",
        limits_url="redis://counters",
        proxy_hops=1,
        log_requests=False,
        log_questions=True,
        metrics_token="a token of the watcher",
        database_url="postgresql://db/chat",
        keep_question_days=7,
        admin_token="a token of the admin",
        public_url="https://ask.example.org",
        allowed_origins="https://example.com",
        slack_signing_secret="signing secret",
        slack_bot_token="xoxb-1",
        slack_app_token="xapp-1",
        slack_api_url="https://slack-gov.com/api/",
        slack_webhook_token="secret",
        mattermost_token="mattermost, two",
        rocket_chat_token="rocket",
        teams_token="dGVhbXM=",
        watch=False,
        reload_token="another secret",
    )


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("on", True),
        ("1", True),
        ("TRUE", True),
        ("Yes", True),
        ("off", False),
        ("0", False),
        ("False", False),
        ("NO", False),
    ],
)
def test_a_switch_is_set_in_words_or_digits(text, meaning):
    assert Settings.from_environment({"CHATBOT_WATCH": text}).watch is meaning


def test_an_empty_or_blank_variable_keeps_the_default():
    environment = {"CHATBOT_PORT": "", "CHATBOT_CORPUS": "  "}
    assert Settings.from_environment(environment) == Settings()


def test_other_variables_are_ignored():
    assert Settings.from_environment({"PORT": "1", "CHATBOT_X": "1"}) == Settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CHATBOT_PORT", "http"),
        ("CHATBOT_PORT", "-1"),
        ("CHATBOT_PORT", "80.5"),
        ("CHATBOT_THREADS", "0"),
        ("CHATBOT_MAX_MESSAGE", "0"),
        ("CHATBOT_THRESHOLD", "high"),
        ("CHATBOT_THRESHOLD", "-0.1"),
        ("CHATBOT_THRESHOLD", "nan"),
        ("CHATBOT_MAX_FILE_MB", "50 MB"),
        ("CHATBOT_MAX_FILE_MB", "inf"),
        ("CHATBOT_WATCH", "2"),
        ("CHATBOT_WATCH", "onn"),
    ],
)
def test_a_value_that_cannot_be_used_is_an_error_that_names_it(variable, value):
    with pytest.raises(SettingsError, match=variable) as error:
        Settings.from_environment({variable: value})
    assert repr(value) in str(error.value)
    assert "set it to" in str(error.value)


@given(
    st.dictionaries(st.sampled_from([row[0] for row in settings_table()]), st.text())
)
def test_any_environment_gives_settings_or_a_settings_error(environment):
    try:
        Settings.from_environment(environment)
    except SettingsError as error:
        message = str(error)
    else:
        return
    assert message.startswith(tuple(environment))


def test_with_values_changes_a_copy_and_none_keeps_a_value():
    settings = Settings(corpus="docs")
    changed = settings.with_values(port=9000, corpus=None)
    assert (changed.corpus, changed.port) == ("docs", 9000)
    assert settings.port == Settings().port


def test_settings_cannot_be_changed_in_place():
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_folders_may_stand_in_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = Settings(corpus="~/docs", index="~/index")
    assert settings.corpus_folder == tmp_path / "docs"
    assert settings.index_folder == tmp_path / "index"
    assert Settings().index_folder == Path("corpus/.index")


def test_the_table_has_a_row_for_each_setting_in_order():
    rows = settings_table()
    assert len(rows) == len(fields(Settings))
    assert rows[0] == ("CHATBOT_CORPUS", "corpus", "folder of documents")
    assert len({variable for variable, _, _ in rows}) == len(rows)


def test_the_table_of_the_readme_is_that_of_the_settings():
    text = README.read_text(encoding="utf-8")
    table = text.split("<!-- settings -->\n")[1].split("<!-- /settings -->")[0]
    header, rule, *rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in table.strip().splitlines()
    ]
    assert header == ("Variable", "Default", "Meaning")
    assert set("".join(rule)) <= set("-:")
    shown = [
        (name.strip("`"), default.strip("`"), text) for name, default, text in rows
    ]
    assert shown == settings_table()
