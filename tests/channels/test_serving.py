"""Addresses to serve on: taken, named for a browser, or refused in words."""

from __future__ import annotations

import pytest

from chatbot.channels.serving import listen, url
from chatbot.errors import SettingsError


def test_port_0_takes_a_free_port_and_names_it() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert port
        assert url("127.0.0.1", listener) == f"http://127.0.0.1:{port}"


def test_an_ipv6_address_stands_in_brackets() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert url("::1", listener).startswith("http://[::1]:")


@pytest.mark.parametrize(
    ("host", "port"),
    [("127.0.0.1", -1), ("127.0.0.1", 65536), ("no such host", 0), ("a" * 64, 0)],
)
def test_an_address_that_cannot_be_had_is_told(host: str, port: int) -> None:
    with pytest.raises(SettingsError, match="--host and --port"):
        listen(host, port)


def test_a_port_in_use_is_told() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"{port}: [^(]*in use\. Choose"):
            listen("127.0.0.1", port)
