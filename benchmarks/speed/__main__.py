"""The command `python -m benchmarks.speed`: measures, and prints Markdown tables."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.speed.asking import measure_asking
from benchmarks.speed.building import measure_building
from benchmarks.speed.corpora import (
    Asked,
    Corpus,
    draw_questions,
    given_passages,
    write_corpus,
)
from benchmarks.speed.generated import LENGTHS, generate
from benchmarks.speed.machine import machine, versions
from benchmarks.speed.plot import write_plot
from benchmarks.speed.processes import WorkerError
from benchmarks.speed.progress import Tell, tell_time_and
from benchmarks.speed.results import CorpusResults, Results, SystemResults
from benchmarks.speed.starting import (
    IMPORT_NUMPY,
    measure_start,
    start_command,
    start_seconds,
)
from benchmarks.speed.systems import CLASSES, OWN, missing_packages
from benchmarks.speed.tables import corpus_table, heading, start_table, update_table
from benchmarks.speed.updating import FILES, PARAGRAPHS, measure_update

SIZES = (1_000, 100_000, 1_000_000)
ROUNDS = 5
QUESTIONS = 1000


def measure_corpus(
    corpus: Corpus,
    systems: Sequence[str],
    asked: Sequence[Asked],
    rounds: int,
    folder: Path,
    tell: Tell,
) -> CorpusResults:
    """Build, ask and start the systems on one corpus; their indexes go to `folder`.

    A system that cannot be built is left out, with a note; raises `WorkerError` when
    one fails later.
    """
    indexes = {name: folder / name.replace(" ", "-") for name in systems}
    building, notes = measure_building(corpus, indexes, rounds, tell)
    built = {name: indexes[name] for name in building}
    serving = measure_asking(corpus, built, asked, rounds, tell)
    tell(f"{corpus.name}: starting")
    commands = {
        name: start_command(name, corpus.folder, index, asked[0].question)
        for name, index in built.items()
    }
    starts = start_seconds({**commands, "numpy": IMPORT_NUMPY}, rounds)
    return CorpusResults(
        corpus=corpus.name,
        passages=corpus.passages,
        text_bytes=corpus.text_bytes,
        rounds=rounds,
        systems=[
            SystemResults(name, building[name], serving[name], starts[name])
            for name in built
        ],
        start_of_numpy=starts["numpy"],
        notes=notes,
    )


def corpora(arguments: argparse.Namespace, folder: Path) -> Iterator[Corpus]:
    """The corpora to measure on, each written when it is its turn."""
    if arguments.corpus:
        file = arguments.corpus
        yield write_corpus(file.stem, folder / "given", given_passages(file))
        return
    length = arguments.length
    for size in sorted(arguments.sizes):
        name = f"{size:,} {length} passages"
        passages = generate(size, LENGTHS[length])
        yield write_corpus(name, folder / f"{length}-{size}", passages)


def installed(names: Sequence[str], tell: Tell) -> list[str]:
    """The systems whose packages are installed; a line says which are left out."""
    chosen = []
    for name in names:
        if missing := missing_packages(name):
            tell(f"{name} is left out: {', '.join(missing)} is not installed.")
        else:
            chosen.append(name)
    return chosen


def run(arguments: argparse.Namespace, folder: Path, tell: Tell) -> Results:
    """Measure all, printing each table as soon as it can be. Raises `WorkerError`."""
    systems = installed(arguments.systems, tell)
    on, of = machine(), versions(systems)
    print(heading(on, of), flush=True)
    measured = []
    for corpus in corpora(arguments, folder):
        asked = draw_questions(corpus, arguments.questions)
        measured.append(
            measure_corpus(
                corpus,
                systems,
                asked,
                arguments.rounds,
                folder / "indexes" / corpus.folder.name,
                tell,
            )
        )
        print(f"\n{corpus_table(measured[-1])}", flush=True)
    if OWN not in systems:
        return Results(on, of, measured, None, ())
    tell("starting on the project's own corpus")
    start = measure_start(folder / "source-index", arguments.rounds)
    print(f"\n{start_table(start, measured)}", flush=True)
    updates = []
    for paragraphs in arguments.paragraphs:
        tell(f"updating, {paragraphs} paragraphs a file")
        written = folder / f"updating-{paragraphs}"
        updates.append(
            measure_update(written, arguments.rounds, arguments.files, paragraphs)
        )
        print(f"\n{update_table(updates[-1])}", flush=True)
    return Results(on, of, measured, start, tuple(updates))


def positive(text: str) -> int:
    """A whole number above 0; `argparse` says so when it is none."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def existing_file(text: str) -> Path:
    """The path of a file that exists; `argparse` says so when it does not."""
    path = Path(text)
    if not path.is_file():
        raise ValueError(text)
    return path


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed",
        description="Measures this bot's speed and memory beside other search engines.",
    )
    parser.add_argument(
        "--sizes", type=positive, nargs="+", default=SIZES, help="passages to generate"
    )
    parser.add_argument("--length", choices=LENGTHS, default="short")
    parser.add_argument(
        "--corpus",
        type=existing_file,
        metavar="FILE.jsonl",
        help="passages to measure on instead of generated ones",
    )
    parser.add_argument("--rounds", type=positive, default=ROUNDS)
    parser.add_argument("--questions", type=positive, default=QUESTIONS)
    parser.add_argument(
        "--systems", nargs="+", choices=CLASSES, default=list(CLASSES), metavar="NAME"
    )
    parser.add_argument(
        "--files", type=positive, default=FILES, help="files of which one changes"
    )
    parser.add_argument(
        "--paragraphs",
        type=positive,
        nargs="+",
        default=PARAGRAPHS,
        help="in each of them",
    )
    parser.add_argument("--plot", type=Path, metavar="FILE.svg")
    parser.add_argument("--json", type=Path, metavar="FILE.json")
    chosen = parser.parse_args(arguments)
    if chosen.corpus and not any(given_passages(chosen.corpus)):
        parser.error(f"{chosen.corpus} holds no line with a “text”.")
    return chosen


def main(arguments: Sequence[str] | None = None) -> None:
    chosen = parsed(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="speed-") as folder:
            results = run(chosen, Path(folder), tell_time_and)
    except WorkerError as error:
        sys.exit(str(error))
    if chosen.json:
        text = json.dumps(asdict(results), ensure_ascii=False, indent=1)
        chosen.json.write_text(text + "\n", encoding="utf-8")
    if chosen.plot:
        write_plot(results.corpora, chosen.plot)


if __name__ == "__main__":
    main()
