"""What was measured as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.speed.results import CorpusResults, Start, SystemResults, Update
from benchmarks.speed.systems import OWN, REPLY, SEARCH

COLUMNS = (
    "build s",
    "MB/s",
    "peak MB",
    "index MB",
    "serving MB, 1 / 2 processes",
    "search ms, p50 / p95 / p99",
    "reply ms, p50 / p95 / p99",
    "searches/s, 1 / 2 processes",
    "replies/s, 1 / 2 processes",
    "start s",
    "found",
)

NOTHING = "–"
"""Stands where a system has no such thing."""


def heading(machine: str, versions: Mapping[str, str]) -> str:
    """The line above the tables: the machine, and the version of everything."""
    return f"{machine}; {', '.join(f'{name} {of}' for name, of in versions.items())}"


def corpus_table(results: CorpusResults) -> str:
    """One row for each system, and a line below for each note."""
    title = f"{results.corpus}, {shown(results.text_bytes / 1e6)} MB"
    rows = [
        (each.system, *_cells(each, results.text_bytes)) for each in results.systems
    ]
    return "\n".join((_table((title, *COLUMNS), rows), *_notes(results)))


def start_table(start: Start, corpora: Sequence[CorpusResults]) -> str:
    """`ask` from start to end, beside `import numpy`, over each corpus."""
    starts = {"`corpus/`": start}
    for corpus in corpora:
        for system in corpus.systems:
            if system.system == OWN:
                own = Start(system.start_seconds, corpus.start_of_numpy)
                starts[corpus.corpus] = own
    return _table(
        ("`python -m chatbot ask`", "s", "`import numpy`, s", "times as long"),
        (
            (what, f"{each.ask:.2f}", f"{each.numpy:.2f}", shown(each.ask / each.numpy))
            for what, each in starts.items()
        ),
    )


def update_table(update: Update) -> str:
    """Opening a folder anew, after one file has changed, and unchanged."""
    rows = [
        (what, f"{seconds:.3f}", f"{update.fresh / seconds:.1f}")
        for what, seconds in (
            ("all are new", update.fresh),
            ("one has changed", update.changed),
            ("none has changed", update.unchanged),
        )
    ]
    what = f"opening {update.files:,} files, {shown(update.text_bytes / 1e6)} MB"
    return _table((what, "s", "times as fast"), rows)


def shown(value: float) -> str:
    """A measure to about three places: `0.382`, `4.82`, `20.2`, `1,204`."""
    for least, places in ((100, 0), (10, 1), (1, 2)):
        if value >= least:
            return f"{value:,.{places}f}"
    return f"{value:.3f}"


def _cells(results: SystemResults, text_bytes: int) -> Iterable[str]:
    """The cells of a system, in the order of `COLUMNS`."""
    building, serving = results.building, results.serving
    yield shown(building.seconds)
    yield shown(text_bytes / 1e6 / building.seconds)
    yield shown(building.peak_bytes / 1e6)
    yield shown(building.index_bytes / 1e6)
    yield _joined(serving.bytes_of_one / 1e6, serving.bytes_of_two / 1e6)
    ways = [serving.asking.get(way) for way in (SEARCH, REPLY)]
    for way in ways:
        latency = way and way.latency
        yield _joined(latency.p50, latency.p95, latency.p99) if latency else NOTHING
    for way in ways:
        yield _joined(way.per_second, way.per_second_of_two) if way else NOTHING
    yield f"{results.start_seconds:.2f}"
    yield f"{serving.asking[SEARCH].found:.3f}"


def _notes(results: CorpusResults) -> Iterable[str]:
    asked = {
        (each.system, way): asking.asked
        for each in results.systems
        for way, asking in each.serving.asking.items()
    }
    most = max(asked.values(), default=0)
    slow = [
        f"{name} was asked the first {count:,} of {most:,} questions ({way})"
        for (name, way), count in asked.items()
        if count < most
    ]
    notes = [*results.notes, *slow]
    return ["", *notes] if notes else []


def _joined(*values: float) -> str:
    return " / ".join(map(shown, values))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
