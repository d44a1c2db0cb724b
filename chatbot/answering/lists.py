"""Lists in a passage: the items that a sentence with a colon introduces."""

from __future__ import annotations

from typing import NamedTuple

from chatbot.documents.document import Passage
from chatbot.documents.passages import PASSAGE_WORDS, count_words

_INDENT = " \t>"


class _Margin(NamedTuple):
    """What stands left of a sentence that begins a line, and above that line."""

    indent: int
    has_marker: bool
    is_below_gap: bool


def last_introduced(passage: Passage, number: int) -> int:
    """The last sentence of the list that sentence `number`, not the last, introduces.

    The list goes on below its first item with markers no further to the left and with
    what is further to the right, or else with lines that have no markers or gaps. From
    the introduction on it has no more words than a passage, but one item at least.
    Where the next sentence begins no line, it is that one.
    """
    start = passage.sentences[number][0] - passage.start
    first, last = _margin(passage, number + 1), number + 1
    for item in range(last + 1, len(passage.sentences) if first else 0):
        end = passage.sentences[item][1] - passage.start
        is_long = count_words(passage.text[start:end]) > PASSAGE_WORDS
        if is_long or not _goes_on(first, _margin(passage, item)):
            break
        last = item
    return last


def _margin(passage: Passage, number: int) -> _Margin | None:
    """The margin of a sentence; None when it goes on on the line of the one before."""
    end, start = passage.sentences[number - 1][1], passage.sentences[number][0]
    between = passage.text[end - passage.start : start - passage.start]
    _, *lines = between.split("\n")
    if not lines:
        return None
    marker = lines[-1].lstrip(_INDENT)
    is_below_gap = not all(line.strip(_INDENT) for line in lines[:-1])
    return _Margin(len(lines[-1]) - len(marker), bool(marker), is_below_gap)


def _goes_on(first: _Margin | None, margin: _Margin | None) -> bool:
    """Whether a sentence is of the list whose first item has the margin `first`."""
    if first is None or margin is None:
        return first is not None and first.has_marker
    if not first.has_marker:
        return not (margin.has_marker or margin.is_below_gap)
    return margin.indent >= first.indent + (not margin.has_marker)
