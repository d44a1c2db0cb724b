"""Says on standard error what the benchmark is doing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

Tell = Callable[[str], None]
"""Says what is being done."""


def tell_time_and(what: str) -> None:
    """Print a line with the time of day."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)
