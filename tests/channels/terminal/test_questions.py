"""Questions as they come in: any bytes become text."""

from hypothesis import given
from hypothesis import strategies as st

from chatbot.channels.terminal.questions import typed_text


@given(st.text(st.characters(exclude_categories=())))
def test_typed_text_can_always_be_written_as_utf8(text):
    typed_text(text).encode("utf-8")


@given(st.text())
def test_valid_text_is_kept(text):
    assert typed_text(text) == text


@given(st.text())
def test_utf8_read_as_ascii_is_restored(text):
    assert typed_text(text.encode().decode("ascii", "surrogateescape")) == text


def test_bytes_that_are_not_utf8_become_replacement_characters():
    assert typed_text(b"caf\xe9?".decode("utf-8", "surrogateescape")) == "caf\ufffd?"
