"""How each measure grows with the corpus, as an SVG whose bytes are reproducible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.speed.results import CorpusResults, SystemResults
from benchmarks.speed.systems import REPLY, SEARCH

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
    """Draw a panel for each of `PANELS`, a line for each system, both axes in powers."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    settings = {"svg.hashsalt": "speed", "svg.fonttype": "none", "font.size": 9}
    with mpl.rc_context(settings):
        figure, axes = pyplot.subplots(2, 3, figsize=(9.5, 5.5), layout="constrained")
        names = list(
            dict.fromkeys(each.system for corpus in corpora for each in corpus.systems)
        )
        for axis, (title, measure) in zip(axes.flat, PANELS, strict=True):
            for number, name in enumerate(names):
                points = _points(corpora, name, measure)
                if points:
                    axis.plot(*zip(*points, strict=True), f"C{number}o-", markersize=3)
            axis.set(title=title, xlabel="passages", xscale="log", yscale="log")
            axis.grid(alpha=0.3)
        lines = [
            pyplot.Line2D([], [], color=f"C{n}", marker="o") for n in range(len(names))
        ]
        figure.legend(lines, names, loc="outside lower center", ncols=len(names))
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        pyplot.close(figure)


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
