"""The README's steps for each chat, tried against the mocks of the tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chatbot import Chatbot
from chatbot.channels import tokens
from chatbot.channels.slack.socket_mode import require_tokens
from chatbot.channels.tables import TABLES
from chatbot.channels.web import create_app
from chatbot.database import open_database
from chatbot.database_writes import GroupedWrites
from chatbot.insights.journal import Journal
from chatbot.settings import Settings
from tests.slack_mock import TOKEN, slack_mock
from tests.slack_requests import SECRET, SENTENCE, SHOP, encoded, event, headers
from tests.webhook_requests import SENT_AT, recorded

ROOT = Path(__file__).parents[2]
MOST_LINES = 10
CHATS: dict[str, str] = dict(
    re.findall(
        r"<!-- chat: (.+?) -->\n(.+?)\n<!-- /chat -->",
        (ROOT / "README.md").read_text("utf-8"),
        re.DOTALL,
    )
)
SECRETS = {
    "CHATBOT_SLACK_SIGNING_SECRET": SECRET,
    "CHATBOT_SLACK_BOT_TOKEN": TOKEN,
    "CHATBOT_SLACK_APP_TOKEN": "xapp-1",
    "CHATBOT_SLACK_WEBHOOK_TOKEN": "XXXXXXXXXXXXXXXXXXXXXXXX",
    "CHATBOT_MATTERMOST_TOKEN": "zmigewsanbbsdf59xnmduzypjc",
    "CHATBOT_ROCKET_CHAT_TOKEN": "4hZqgKcGKzqdcGJcDQwBqDs6",
    "CHATBOT_TEAMS_TOKEN": "+ZaRRMC8+mpnfGaGsBOmkIFt98bttL5YQRq3p2tXgcE=",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    corpus: Path = tmp_path_factory.mktemp("shop")
    (corpus / "shop.md").write_text(SHOP, encoding="utf-8")
    return Chatbot.open(corpus, settings=Settings())


def settings_of(chat: str, **others: str) -> Settings:
    """The settings that the README has one start with."""
    named = re.findall(r"(CHATBOT_\w+)=…|(CHATBOT_\w+)=\w+-…", CHATS[chat])
    variables = {name: SECRETS[name] for pair in named for name in pair if name}
    return Settings.from_environment(variables | others)


def client_of(shop: Chatbot, settings: Settings, folder: Path) -> FlaskClient:
    engine = open_database(f"sqlite:///{folder / 'chats.sqlite'}", *TABLES)
    return create_app(shop, settings, Journal(GroupedWrites(engine), 30)).test_client()


def path_of(chat: str) -> str:
    """The address that the README has one give to the platform."""
    paths = set(re.findall(r"https://your-host(/[\w/]+)", CHATS[chat]))
    assert len(paths) == 1
    return paths.pop()


def test_each_takes_ten_lines_at_most() -> None:
    assert len(CHATS) == 6
    for chat, steps in CHATS.items():
        assert len(steps.splitlines()) <= MOST_LINES, chat


@pytest.mark.parametrize(
    ("chat", "request_name"),
    [
        ("slack webhook", "slack_outgoing_webhook"),
        ("mattermost", "mattermost_form"),
        ("rocketchat", "rocketchat"),
        ("teams", "teams"),
    ],
)
def test_a_webhook_set_up_so_answers(
    shop: Chatbot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chat: str,
    request_name: str,
) -> None:
    monkeypatch.setattr(tokens.time, "time", lambda: SENT_AT)
    client = client_of(shop, settings_of(chat), tmp_path)
    request = recorded(request_name)
    response = client.post(path_of(chat), data=request.body, headers=request.headers)
    assert SENTENCE in response.get_json()["text"]


def test_slack_set_up_so_answers(shop: Chatbot, tmp_path: Path) -> None:
    with slack_mock() as slack:
        settings = settings_of("slack", CHATBOT_SLACK_API_URL=slack.api_url)
        client = client_of(shop, settings, tmp_path)
        body, content_type = encoded(event("app_mention"))
        sent = headers(body, content_type)
        response = client.post(path_of("slack"), data=body, headers=sent)
        assert response.status_code == 200
        assert SENTENCE in slack.next_call().arguments["text"]


def test_socket_mode_set_up_so_has_its_tokens() -> None:
    require_tokens(settings_of("slack without a public address"))


def test_the_files_that_it_names_are_there() -> None:
    for file in re.findall(r"\]\((slack/[\w.-]+)\)", "".join(CHATS.values())):
        assert (ROOT / file).is_file()
