"""A text as an array of characters, to find all places of a kind at once.

Only characters in ASCII are told apart: what holds others is looked at by itself.
"""

from __future__ import annotations

import string
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

OTHER = 128
"""Stands for every character that is not in ASCII."""

CharacterClass = NDArray[np.bool_]
"""Which codes belong to a class, (OTHER + 1,)."""


def character_class(characters: Iterable[str]) -> CharacterClass:
    """The class of some characters in ASCII."""
    members = np.zeros(OTHER + 1, dtype=bool)
    members[[ord(character) for character in characters]] = True
    return members


IS_OTHER = np.arange(OTHER + 1) == OTHER
IS_LETTER = character_class(string.ascii_letters)
IS_CAPITAL = character_class(string.ascii_uppercase)
IS_WORD = character_class(string.ascii_letters + string.digits)


def character_codes(text: str) -> NDArray[np.uint8]:
    """The code of each character of a text in ASCII, `OTHER` for the rest, (N,)."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    codes: NDArray[np.uint8] = np.minimum(wide, OTHER).astype(np.uint8)
    return codes


def counts_before(found: NDArray[np.bool_]) -> NDArray[np.int32]:
    """How many are true before each place of an array (N,), and in all: (N + 1,)."""
    counts = np.zeros(len(found) + 1, dtype=np.int32)
    np.cumsum(found, out=counts[1:])
    return counts
