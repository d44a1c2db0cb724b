"""Functions of plain loops compiled by numba, once: the result is kept on disk.

Importing this imports numba, which takes longer than a question does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function, compiled at its first call and run outside the interpreter lock.

    Where no folder for the compiled code can be written, each process compiles anew.
    """
    try:
        return _compiled(function, cache=True)
    except RuntimeError:
        return _compiled(function, cache=False)


def _compiled(function: Function, *, cache: bool) -> Function:
    found: Any = numba.njit(function, cache=cache, nogil=True, error_model="numpy")
    chosen: Function = found
    return chosen
