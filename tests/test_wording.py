"""What the bot says that is not a quote."""

from __future__ import annotations

from typing import get_args

import pytest

from chatbot.conversation.small_talk import SmallTalk
from chatbot.wording import not_found_text, small_talk_text


@pytest.mark.parametrize("kind", get_args(SmallTalk))
def test_every_kind_of_small_talk_has_its_words(kind):
    assert small_talk_text(kind).endswith((".", "!"))


def test_who_greets_or_asks_for_help_is_told_what_the_bot_does():
    for kind in ("greeting", "help"):
        assert "in their own words" in small_talk_text(kind)


def test_not_found_names_the_words_that_the_documents_do_not_hold():
    assert not_found_text(["plumber"]).endswith("“plumber”.")
    assert "“plumber”, “zeppelin”" in not_found_text(["plumber", "zeppelin"])


def test_not_found_names_at_most_three_words():
    text = not_found_text(["one", "two", "three", "four"])
    assert "“three”" in text
    assert "four" not in text


def test_not_found_without_unknown_words_names_none():
    assert "“" not in not_found_text([])
