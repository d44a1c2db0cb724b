"""Word lists that ship with the package: stop words, abbreviations, synonyms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@cache
def word_list(language: str, name: str) -> tuple[str, ...]:
    """The lines of `data/<language>/<name>.txt` without blank lines and # comments.

    Empty when the language has no such list.
    """
    path = _DATA / language / f"{name}.txt"
    if not path.is_file():
        return ()
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
