"""Asks all systems the same questions, in rounds in which each has its turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.speed.corpora import Asked, Corpus
from benchmarks.speed.processes import Worker
from benchmarks.speed.progress import Tell
from benchmarks.speed.results import Asking, Serving, latency_of, per_second_of

WITHIN_SECONDS = 10.0
"""A slow system is asked the first questions only, as many as it answers in this."""

MEMORY_QUESTIONS = 20
"""Memory is looked at after each of so many questions."""

_UNLIMITED_SECONDS = 1e9

Workers = Mapping[str, Sequence[Worker]]
"""The processes of each system that are asked at the same time."""

Plan = dict[tuple[str, str], list[str]]
"""The questions by system and way to ask."""

Times = dict[tuple[str, str], list[list[list[float]]]]
"""Milliseconds by system and way: for each process and round those of the questions."""


def measure_asking(
    corpus: Corpus,
    indexes: Mapping[str, Path],
    asked: Sequence[Asked],
    rounds: int,
    tell: Tell,
) -> dict[str, Serving]:
    """Ask every system in one process, then in two at the same time.

    `indexes` are the built ones by system. Raises `WorkerError`.
    """
    plan: Plan = {}
    found: dict[tuple[str, str], float] = {}
    with ExitStack() as stack:
        first: dict[str, list[Worker]] = {}
        for name, index in indexes.items():
            tell(f"{corpus.name}: first questions: {name}")
            worker = _opened(name, corpus, index, stack)
            first[name] = [worker]
            for way in worker.ways:
                given = _first_answers(worker, way, asked)
                plan[name, way] = [each.question for each in asked[: len(given)]]
                found[name, way] = _share_found(given, asked)
        alone = _ask_in_turn(first, plan, rounds, f"{corpus.name}: asking", tell)
        tell(f"{corpus.name}: memory")
        of_one = {name: _most_memory(first, name, plan) for name in indexes}
        both: dict[str, list[Worker]] = {}
        for name, index in indexes.items():
            tell(f"{corpus.name}: first questions of another process: {name}")
            second = _opened(name, corpus, index, stack)
            both[name] = [*first[name], second]
            for way in second.ways:
                _answers([second], way, plan[name, way])
        together = _ask_in_turn(both, plan, rounds, f"{corpus.name}: asking two", tell)
        of_two = {name: _most_memory(both, name, plan) for name in indexes}
    asking: dict[str, dict[str, Asking]] = {name: {} for name in indexes}
    for (name, way), questions in plan.items():
        (times,) = alone[name, way]
        asking[name][way] = Asking(
            asked=len(questions),
            found=found[name, way],
            latency=latency_of(times),
            per_second=per_second_of(times),
            per_second_of_two=sum(map(per_second_of, together[name, way])),
        )
    return {name: Serving(asking[name], of_one[name], of_two[name]) for name in indexes}


def _opened(name: str, corpus: Corpus, index: Path, stack: ExitStack) -> Worker:
    """A process of a system with its index open, which ends with the stack."""
    worker = stack.enter_context(Worker(name, one_thread=True))
    worker.open(corpus.folder, index)
    return worker


def _first_answers(worker: Worker, way: str, asked: Sequence[Asked]) -> list[list[int]]:
    """The passages found for the questions it answers in `WITHIN_SECONDS`.

    The first question is asked beforehand: what it loads or compiles does not count.
    """
    questions = [each.question for each in asked]
    _answers([worker], way, questions[:1])
    worker.start_asking(way, questions, WITHIN_SECONDS)
    _, found = worker.answers()
    return found


def _ask_in_turn(
    workers: Workers, plan: Plan, rounds: int, what: str, tell: Tell
) -> Times:
    """Ask all questions `rounds` times; each system and way has its turn in a round."""
    times: Times = {(name, way): [[] for _ in workers[name]] for name, way in plan}
    for number in range(1, rounds + 1):
        tell(f"{what}, round {number}")
        for (name, way), questions in plan.items():
            taken = _answers(workers[name], way, questions)
            for rounds_of, milliseconds in zip(times[name, way], taken, strict=True):
                rounds_of.append(milliseconds)
    return times


def _answers(
    workers: Sequence[Worker], way: str, questions: Sequence[str]
) -> list[list[float]]:
    """Ask processes at the same time: the milliseconds of each question, by process."""
    for worker in workers:
        worker.start_asking(way, questions, _UNLIMITED_SECONDS)
    return [worker.answers()[0] for worker in workers]


def _most_memory(workers: Workers, name: str, plan: Plan) -> int:
    """The most bytes that a system's processes hold together after any question.

    It is asked in its last way: for a whole reply, if it gives such.
    """
    most = 0
    way = workers[name][0].ways[-1]
    for question in plan[name, way][:MEMORY_QUESTIONS]:
        _answers(workers[name], way, [question])
        most = max(most, sum(worker.memory_bytes() for worker in workers[name]))
    return most


def _share_found(given: Sequence[Sequence[int]], asked: Sequence[Asked]) -> float:
    """The share of the answered questions whose own passage is among those given."""
    hits = [
        each.passage in passages for each, passages in zip(asked, given, strict=False)
    ]
    return sum(hits) / len(hits)
