"""A chart of questions a day, as the shapes of an SVG drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.insights.report import Day

WIDTH = 720.0
HEIGHT = 200.0
LEFT = 40.0
BOTTOM = 24.0
TOP = 8.0
MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle; `kind` says what it counts."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    """Text at a point."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars, the lines behind them, and the names of both axes' values."""

    bars: tuple[Shape, ...]
    dates: tuple[Label, ...]
    counts: tuple[Label, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT


def day_chart(days: Sequence[Day]) -> Chart:
    """A bar for each day: answered, above it asked back, above it not found."""
    top = _round_above(max((day.questions for day in days), default=0))
    floor = HEIGHT - BOTTOM
    scale = (floor - TOP) / top
    slot = (WIDTH - LEFT) / max(len(days), 1)
    bars = []
    for number, day in enumerate(days):
        y = floor
        for kind, count in (
            ("answered", day.answered),
            ("asked-back", day.asked_back),
            ("not-found", day.not_found),
        ):
            if count:
                y -= count * scale
                x = LEFT + slot * (number + 0.15)
                bars.append(Shape(kind, *_rounded(x, y, slot * 0.7, count * scale)))
    every = math.ceil(len(days) / MOST_LABELS)
    dates = [
        Label(
            f"{day.date.day} {day.date:%b}", *_rounded(LEFT + slot * (n + 0.5), HEIGHT)
        )
        for n, day in enumerate(days)
        if (len(days) - 1 - n) % every == 0
    ]
    counts = [
        Label(f"{count:,}", *_rounded(LEFT, floor - count * scale))
        for count in (0, top // 2, top)
    ]
    return Chart(tuple(bars), tuple(dates), tuple(counts))


def _round_above(count: int) -> int:
    """An even round number that is not below `count`: 2, 4, 10, 20, 40, 100, …"""
    step: int = 10 ** max(len(str(count)) - 1, 0)
    return next(
        top for top in (2 * step, 4 * step, 10 * step, 20 * step) if top >= count
    )


def _rounded(*values: float) -> tuple[float, ...]:
    return tuple(round(value, 2) for value in values)
