"""The mean length that texts are compared with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatbot.index.saturation import rounded_mean


@given(st.integers(1, 10**9), st.integers(1, 10**7))
def test_the_mean_length_is_nearly_that_of_all_passages(
    words: int, passages: int
) -> None:
    mean = words / passages

    assert abs(rounded_mean(words, passages) - mean) <= mean / 64


def test_small_changes_leave_it_as_it_is() -> None:
    assert rounded_mean(80_000, 1000) == rounded_mean(80_090, 1001) == 80


def test_without_words_it_is_one() -> None:
    assert rounded_mean(0, 0) == rounded_mean(0, 7) == 1
