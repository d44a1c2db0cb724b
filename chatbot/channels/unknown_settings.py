"""Environment variables that look like settings and are none: misspelt, most likely."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from chatbot.settings import settings_table

PREFIX = "CHATBOT_"


def unknown_settings(variables: Iterable[str]) -> list[str]:
    """A line for each of these names that begins as settings do and is not one."""
    known = {variable.removeprefix(PREFIX): None for variable, *_ in settings_table()}
    given = sorted(
        variable.removeprefix(PREFIX)
        for variable in variables
        if variable.startswith(PREFIX)
    )
    return [_told(name, known) for name in given if name not in known]


def _told(name: str, known: Iterable[str]) -> str:
    nearest = get_close_matches(name.upper(), known, 1)
    advice = (
        f"did you mean {PREFIX}{nearest[0]}?" if nearest else "the README lists them."
    )
    return f"{PREFIX}{name} is no setting; {advice}"
