"""Whether a request is Slack's: its signature over the raw bytes, and its clock.

https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

from __future__ import annotations

import hmac
import re

from chatbot.channels.tokens import are_equal, is_recent

_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)


def is_signed(body: bytes, timestamp: str, signature: str, secret: str) -> bool:
    """Whether Slack signed these bytes within the last five minutes.

    `timestamp` and `signature` are the headers `X-Slack-Request-Timestamp` and
    `X-Slack-Signature`, whatever stands in them; `secret` is the app's signing secret.
    """
    if not _TIMESTAMP.fullmatch(timestamp) or not is_recent(int(timestamp)):
        return False
    return are_equal(signature, signed(body, timestamp, secret))


def signed(body: bytes, timestamp: str, secret: str) -> str:
    """The signature of a body: HMAC-SHA256 of `v0:timestamp:body`."""
    digest = hmac.digest(
        secret.encode(), b"v0:%b:%b" % (timestamp.encode(), body), "sha256"
    )
    return f"v0={digest.hex()}"
