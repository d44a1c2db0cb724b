"""Files of one record a line, read so that an error names the file and the line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from chatbot.errors import EvaluationError

Record = TypeVar("Record")


def read_records(file: Path, parse: Callable[[str], Record]) -> list[Record]:
    """What `parse` makes of every line that is not blank, in order.

    `parse` raises `ValueError` saying what is wrong with a line. Raises
    `EvaluationError` naming the file, and the line that cannot be used.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        reason = error.strerror or error
        raise EvaluationError(f"{file} cannot be read: {reason}.") from None
    except UnicodeDecodeError as error:
        number = error.object.count(b"\n", 0, error.start) + 1
        raise EvaluationError(
            f"{file}, line {number}: not UTF-8 text; save the file as UTF-8."
        ) from None
    records = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                records.append(parse(line))
            except ValueError as error:
                raise EvaluationError(f"{file}, line {number}: {error}.") from None
    return records


def json_value(line: str) -> Any:
    """The JSON value on a line; raises `ValueError` when there is none."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("not valid JSON; write one JSON object a line") from None
