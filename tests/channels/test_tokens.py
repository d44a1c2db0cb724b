"""Tokens of requests: compared, and taken from the header that carries them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.channels.tokens import are_equal, bearer_token


@given(st.text(), st.text())
def test_tokens_are_equal_when_their_characters_are(sent: str, expected: str) -> None:
    assert are_equal(sent, expected) is (sent == expected)
    assert are_equal(expected, expected)


@pytest.mark.parametrize(
    "header", ["Bearer secret", "bearer  secret ", "BEARER secret"]
)
def test_the_token_follows_the_scheme_in_any_case(header: str) -> None:
    assert bearer_token(header) == "secret"


@pytest.mark.parametrize("header", ["", "Bearer", "Basic secret", "secret"])
def test_a_header_of_another_kind_has_no_token(header: str) -> None:
    assert bearer_token(header) == ""


def test_a_token_may_have_any_character_that_a_header_can_carry() -> None:
    header = "Bearer a=b/c+ö".encode().decode("latin-1")
    assert bearer_token(header) == "a=b/c+ö"


@given(st.binary())
def test_any_header_is_read(content: bytes) -> None:
    assert isinstance(bearer_token(f"Bearer {content.decode('latin-1')}"), str)
