"""The process that one system runs in; `processes.Worker` talks to it.

    python -m benchmarks.speed.worker "this bot"

It says `{"ways": [...]}`, the ways it can be asked, when it is ready, and then answers
each request on standard input, a JSON object a line, with one on standard output:

    {"do": "build", "corpus": folder, "index": folder}      {"seconds": 1.5}
    {"do": "open", "corpus": folder, "index": folder}       {"seconds": 0.1}
    {"do": "ask", "way": "search", "questions": [...],      {"milliseconds": [...],
     "within_seconds": 30}                                   "found": [[...], ...]}

Questions that are not asked within the time are left out. What fails is answered with
`{"error": message}`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.speed.systems import System, system_class

Request = dict[str, Any]


def build(system: System, request: Request) -> Request:
    """Build an index; how long that takes, in seconds."""
    return _timed(system.build, request)


def open_(system: System, request: Request) -> Request:
    """Open an index; how long that takes, in seconds."""
    return _timed(system.open, request)


def ask(system: System, request: Request) -> Request:
    """Ask questions one by one; milliseconds of each and the passages found."""
    find = system.ways()[request["way"]]
    milliseconds: list[float] = []
    found: list[list[int]] = []
    end = time.perf_counter() + request["within_seconds"]
    for question in request["questions"]:
        started = time.perf_counter()
        passages = find(question)
        finished = time.perf_counter()
        milliseconds.append((finished - started) * 1000)
        found.append(passages)
        if finished > end:
            break
    return {"milliseconds": milliseconds, "found": found}


def _timed(act: Callable[[Path, Path], None], request: Request) -> Request:
    corpus, index = Path(request["corpus"]), Path(request["index"])
    started = time.perf_counter()
    act(corpus, index)
    return {"seconds": time.perf_counter() - started}


TASKS = {"build": build, "open": open_, "ask": ask}


def main() -> None:
    # What a library prints goes to standard error, away from the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    system = system_class(sys.argv[1])()
    print(json.dumps({"ways": list(system.ways())}), file=answers, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = TASKS[request["do"]](system, request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
