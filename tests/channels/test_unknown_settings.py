"""Variables that are taken for misspelt settings."""

from __future__ import annotations

from chatbot.channels.unknown_settings import unknown_settings
from chatbot.settings import settings_table


def test_settings_and_variables_of_others_are_not_told() -> None:
    known = [variable for variable, *_ in settings_table()]
    assert unknown_settings([*known, "PATH", "CHATBOTS_PORT"]) == []


def test_the_nearest_name_is_offered_where_one_is_near() -> None:
    assert unknown_settings(["CHATBOT_prot", "CHATBOT_X", "CHATBOT_"]) == [
        "CHATBOT_ is no setting; the README lists them.",
        "CHATBOT_X is no setting; the README lists them.",
        "CHATBOT_prot is no setting; did you mean CHATBOT_PORT?",
    ]
