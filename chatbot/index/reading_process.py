"""A process that reads documents for the one that builds an index.

    python -m chatbot.index.reading_process

Takes a line of JSON for each job, {"job", "path"}, writes the arrays of its documents
to the path and answers with a line {"outcomes", "arrays"}, which describes them, or
{"error"} when they cannot be written. It ends when there are no more lines.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from chatbot.garbage import uncollected
from chatbot.index.packing import pack
from chatbot.index.reading_jobs import FileOutcome, ReadingJob, run_job
from chatbot.index.segments import DescribedArray, store_arrays


def main() -> None:
    """Answer the jobs on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints stands among the errors, not among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    for line in sys.stdin:
        request = json.loads(line)
        answer = _answer(ReadingJob.from_json(request["job"]), Path(request["path"]))
        try:
            print(json.dumps(answer), file=answers, flush=True)
        except BrokenPipeError:
            os._exit(0)  # who asked was killed, and nothing can be told any more


def read_and_store(
    job: ReadingJob, path: Path
) -> tuple[dict[str, DescribedArray], list[FileOutcome]]:
    """Run a job and write the arrays of its documents to a path.

    Returns what describes them, nothing when there are no documents, and what became of
    the files.
    """
    # A job makes no circles: to look for them would cost a fifth of the time.
    with uncollected():
        documents, outcomes = run_job(job)
        return store_arrays(path, pack(documents)) if documents else {}, outcomes


def _answer(job: ReadingJob, path: Path) -> dict[str, Any]:
    try:
        arrays, outcomes = read_and_store(job, path)
    except OSError as error:
        return {"error": error.strerror or str(error)}
    return {"outcomes": [entry.to_json() for entry in outcomes], "arrays": arrays}


if __name__ == "__main__":
    main()
