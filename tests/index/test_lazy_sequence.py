"""A sequence whose items are made when they are asked for."""

from __future__ import annotations

import pytest

from chatbot.index.lazy_sequence import LazySequence


def test_only_what_is_asked_for_is_made() -> None:
    made: list[int] = []

    def make(number: int) -> str:
        made.append(number)
        return str(number)

    sequence = LazySequence(range(3, 1_000_000), make)
    assert (len(sequence), sequence[2], sequence[-1]) == (999_997, "5", "999999")
    assert list(sequence[5:7]) == ["8", "9"]
    assert made == [5, 999_999, 8, 9]
    with pytest.raises(IndexError):
        sequence[999_997]


def test_it_equals_a_sequence_of_the_same_items() -> None:
    sequence = LazySequence(range(3), str)
    assert sequence == ("0", "1", "2")
    assert sequence == ["0", "1", "2"]
    assert sequence != ("0", "1")
    assert sequence != 3
    assert hash(sequence) == hash(LazySequence(range(3), str))
