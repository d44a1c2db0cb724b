"""Questions as they come in: as they were typed, whatever the bytes."""

from __future__ import annotations

import re

_NO_BYTE = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")


def typed_text(text: str) -> str:
    """The text as UTF-8, each byte that is none made a replacement character.

    Takes what a stream or an argument holds whose undecodable bytes were kept as
    surrogates.
    """
    text = _NO_BYTE.sub("\ufffd", text)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
