"""What a person is told whose Python lacks a package of this program.

Needs none itself, so that it can be imported before all others.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

_ROOT = Path(__file__).parents[3]
_INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q -r requirements.txt"

CANNOT_START = 2
"""The exit status."""


def missing_package(error: Exception) -> str:
    """What to do about a package that is not installed; empty for other errors."""
    name = error.name if isinstance(error, ModuleNotFoundError) else None
    package = (name or "").partition(".")[0]
    if package in ("", "chatbot"):
        return ""
    python = _ROOT / ".venv" / "bin" / "python"
    if python.exists() and Path(sys.prefix) != python.parents[1]:
        advice = f"start with {python}, which has the packages."
    else:
        advice = f"install the packages: {_INSTALL}"
    return f"{sys.executable} has no package “{package}”; {advice}"


def exit_without(error: ModuleNotFoundError) -> NoReturn:
    """End the program for want of a package; raises the error where it is another."""
    said = missing_package(error)
    if not said:
        raise error
    print(f"Error: {said}", file=sys.stderr)
    sys.exit(CANNOT_START)
