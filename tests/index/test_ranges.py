"""Many ranges at once."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chatbot.index.ranges import distinct, runs, spread

RANGES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)))


@given(RANGES)
def test_the_numbers_of_all_ranges_stand_on_end(ranges):
    starts = np.array([start for start, _ in ranges], dtype=np.int64)
    lengths = np.array([length for _, length in ranges], dtype=np.int64)
    numbers, firsts = spread(starts, starts + lengths)
    expected = [list(range(start, start + length)) for start, length in ranges]
    bounds = itertools.pairwise(firsts)
    assert [numbers[a:b].tolist() for a, b in bounds] == expected
    assert firsts[-1] == len(numbers)


@given(st.lists(st.integers(-5, 5)))
def test_distinct_values_ascend(values):
    expected = sorted(set(values))
    assert distinct(np.array(values, dtype=np.int32)).tolist() == expected


@given(st.lists(st.integers(0, 12)))
def test_runs_are_the_longest_stretches_that_follow_each_other(numbers):
    found = list(runs(numbers))
    assert [number for run in found for number in run] == numbers
    assert all(a.stop != b.start for a, b in itertools.pairwise(found))
