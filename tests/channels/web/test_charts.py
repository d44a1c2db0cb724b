"""The chart of questions a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.channels.web.insights_page.charts import HEIGHT, LEFT, WIDTH, day_chart
from chatbot.insights.report import Day

counts = st.integers(0, 5000)
days = st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=90).map(
    lambda rows: [
        Day(date(2024, 1, 1) + timedelta(days=number), *row)
        for number, row in enumerate(rows)
    ]
)


@given(days)
def test_bars_are_as_high_as_what_they_count(days: list[Day]) -> None:
    chart = day_chart(days)
    drawn = [
        count
        for day in days
        for count in (day.answered, day.asked_back, day.not_found)
        if count
    ]
    assert len(chart.bars) == len(drawn)
    scales = [bar.height / count for bar, count in zip(chart.bars, drawn, strict=True)]
    assert all(abs(scale - scales[0]) < 0.02 for scale in scales)
    for bar in chart.bars:
        assert bar.x >= LEFT
        assert bar.y >= 0
        assert bar.x + bar.width <= WIDTH
        assert bar.y + bar.height < HEIGHT


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, "2"), (2, "2"), (3, "4"), (9, "10"), (13, "20"), (21, "40"), (999, "1,000")],
)
def test_the_axis_ends_at_a_round_number(most: int, top: str) -> None:
    chart = day_chart([Day(date(2024, 1, 1), answered=most)])
    assert chart.counts[-1].text == top


def test_the_last_day_is_named_and_few_others() -> None:
    days = [Day(date(2024, 1, 1) + timedelta(days=number)) for number in range(90)]
    labels = [label.text for label in day_chart(days).dates]
    assert labels[-1] == "30 Mar"
    assert len(labels) <= 8
