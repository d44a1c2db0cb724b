"""What an index notes of its corpus as a whole."""

from __future__ import annotations

from chatbot.index.statistics import Statistics


def test_statistics_are_read_back_as_they_were_written() -> None:
    statistics = Statistics(3, 2**31, 7.25, 2**40 + 1)

    assert Statistics.of({"statistics": statistics.array()}) == statistics
