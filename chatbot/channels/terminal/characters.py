"""Characters that any stream can take and any terminal can be shown."""

from __future__ import annotations

import codecs
import json
import re
import sys
from io import StringIO, TextIOWrapper
from typing import Any

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f]")


def visible(text: str) -> str:
    """The text with each control character replaced by a picture of it.

    Tabs and line breaks are kept. No escape sequence survives, so that a document
    cannot steer the terminal that it is shown on.
    """
    return _UNSAFE.sub(_picture, text)


def json_text(data: Any, encoding: str) -> str:
    """The data as indented JSON, in ASCII unless the stream that takes it is UTF-8."""
    ascii_only = codecs.lookup(encoding).name != "utf-8"
    text = json.dumps(data, ensure_ascii=ascii_only, indent=2)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def prepare_standard_streams() -> None:
    """Make the standard streams take and give any character without an error.

    A stream that the program was started without becomes an empty one.
    """
    sys.stdin = sys.stdin or StringIO()
    sys.stdout = sys.stdout or StringIO()
    sys.stderr = sys.stderr or StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
