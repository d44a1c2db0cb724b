"""The request log: a line of JSON for each request, on standard error.

    {"time": "2026-05-04T10:20:30.123Z", "method": "POST", "path": "/api/chat",
     "status": 200, "ms": 1.9, "kind": "answer", "confidence": 0.93}

What was asked stands in it only where `CHATBOT_LOG_QUESTIONS` is on; the address of the
person who asked never does.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TextIO

from chatbot.reply import Reply


class RequestLog:
    """Writes the lines; each in one piece, whatever the other threads write."""

    def __init__(self, stream: TextIO | None = None, *, questions: bool) -> None:
        """`questions`: whether what was asked stands in the lines, too."""
        self._stream = stream
        self._questions = questions

    def write(
        self,
        method: str,
        path: str,
        status: int,
        seconds: float,
        reply: Reply | None = None,
        question: str = "",
    ) -> None:
        """Write the line of a request. A log that cannot be written costs no reply."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "time": now.replace("+00:00", "Z"),
            "method": method,
            "path": path,
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        if reply:
            line |= {"kind": reply.kind, "confidence": round(reply.confidence, 3)}
        if question and self._questions:
            line["question"] = question
        stream = self._stream or sys.stderr
        try:
            stream.write(f"{json.dumps(line)}\n")
            stream.flush()
        except (OSError, ValueError):
            return
