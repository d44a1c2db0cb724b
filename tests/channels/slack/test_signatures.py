"""Slack's signatures: the documented one, and none that only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.channels import tokens
from chatbot.channels.slack.signatures import is_signed, signed

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TIMESTAMP = "1531420618"
SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
    b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
    b"&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J"
    b"%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
"""The example of Slack's documentation."""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens.time, "time", lambda: float(TIMESTAMP))


def test_the_documented_request_is_signed() -> None:
    assert is_signed(BODY, TIMESTAMP, SIGNATURE, SECRET)


def test_a_body_that_differs_in_a_byte_is_not() -> None:
    assert not is_signed(BODY + b"&", TIMESTAMP, SIGNATURE, SECRET)
    assert not is_signed(BODY.upper(), TIMESTAMP, SIGNATURE, SECRET)


def test_the_raw_bytes_count_and_not_what_they_spell() -> None:
    body = b"\xff\xfe not UTF-8"
    assert is_signed(body, TIMESTAMP, signed(body, TIMESTAMP, SECRET), SECRET)


@pytest.mark.parametrize("seconds", [-301, 301])
def test_after_five_minutes_it_is_stale(
    seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens.time, "time", lambda: int(TIMESTAMP) + seconds)
    assert not is_signed(BODY, TIMESTAMP, SIGNATURE, SECRET)
    monkeypatch.setattr(tokens.time, "time", lambda: int(TIMESTAMP) + seconds * 0.99)
    assert is_signed(BODY, TIMESTAMP, SIGNATURE, SECRET)


@pytest.mark.parametrize(
    "timestamp",
    [
        *("", "now", "nan", "1e9", "-1", "\x00", "9" * 5000, "1531420618.5"),
        *(" 1531420618", "1531420618\n", "1_531_420_618", "１５３１４２０６１８"),
    ],
)
def test_garbage_in_the_timestamp_is_no_time(timestamp: str) -> None:
    signature = signed(BODY, timestamp, SECRET)
    assert not is_signed(BODY, timestamp, signature, SECRET)


@given(st.text())
def test_no_text_but_the_signature_is_one(signature: str) -> None:
    assert not is_signed(BODY, TIMESTAMP, signature, SECRET)
