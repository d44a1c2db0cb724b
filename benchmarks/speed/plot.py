"""How each measure grows with the corpus, as an SVG whose bytes are reproducible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.speed.results import CorpusResults, SystemResults
from benchmarks.speed.systems import OWN, REPLY, SEARCH

Measure = Callable[[SystemResults], float | None]


def _latency(way: str, percentile: str) -> Measure:
    """A percentile of the milliseconds of a way to ask, if the system has it."""

    def measure(results: SystemResults) -> float | None:
        asking = results.serving.asking.get(way)
        return None if asking is None else float(getattr(asking.latency, percentile))

    return measure


PANELS: tuple[tuple[str, Measure], ...] = (
    ("search, p50, ms", _latency(SEARCH, "p50")),
    ("search, p99, ms", _latency(SEARCH, "p99")),
    ("whole reply, p50, ms", _latency(REPLY, "p50")),
    ("building, s", lambda results: results.building.seconds),
    ("index, MB", lambda results: results.building.index_bytes / 1e6),
    ("serving, MB", lambda results: results.serving.bytes_of_one / 1e6),
)


def write_plot(corpora: Sequence[CorpusResults], file: Path) -> None:
    """Draw `PANELS`, in each a line for each system, on logarithmic axes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.ticker import LogLocator

    sizes = sorted({corpus.passages for corpus in corpora})
    names = list(
        dict.fromkeys(each.system for corpus in corpora for each in corpus.systems)
    )
    styles = {name: _style(name, place) for place, name in enumerate(names)}
    with mpl.rc_context():
        mpl.rcParams.update({"svg.hashsalt": "speed", "svg.fonttype": "none"})
        figure = Figure(figsize=(9.5, 5.5), layout="constrained")
        for axis, (title, measure) in zip(
            figure.subplots(2, 3).flat, PANELS, strict=True
        ):
            for name in names:
                if points := _points(corpora, name, measure):
                    axis.plot(*zip(*points, strict=True), **styles[name])
            axis.set(title=title, xlabel="passages", xscale="log", yscale="log")
            axis.set_xticks(sizes, [f"{size:,}" for size in sizes])
            axis.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5), numticks=20))
            axis.yaxis.set_major_formatter("{x:g}")
            axis.minorticks_off()
            axis.grid(alpha=0.3)
        lines = [Line2D([], [], label=name, **styles[name]) for name in names]
        figure.legend(handles=lines, loc="outside lower center", ncols=len(names))
        metadata = dict.fromkeys(("Date", "Creator"))
        figure.savefig(file, format="svg", metadata=metadata)


def _style(name: str, place: int) -> dict[str, Any]:
    """How a system's line is drawn: this bot's is the thick one."""
    return {
        "color": f"C{place}",
        "linewidth": 2.5 if name == OWN else 1.2,
        "marker": "o",
        "markersize": 4,
    }


def _points(
    corpora: Sequence[CorpusResults], name: str, measure: Measure
) -> list[tuple[int, float]]:
    """A system's passages and measures."""
    return [
        (corpus.passages, value)
        for corpus in corpora
        for each in corpus.systems
        if each.system == name and (value := measure(each)) is not None
    ]
