"""Marks that end a line or a sentence, in the scripts that have their own."""

from __future__ import annotations

QUESTION_MARKS = ("?", "？", "؟")
COLONS = (":", "：")
