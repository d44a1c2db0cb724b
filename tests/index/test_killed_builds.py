"""A builder killed at any moment leaves an index that still opens and answers."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chatbot.bot import Chatbot
from chatbot.index.generations import open_generation

ROOT = Path(__file__).parents[2]
KILLS = 10

BUILDER = """
import os, signal, sys
import chatbot.index.next_generation, chatbot.index.matrix, nltk.tokenize.punkt
from chatbot.index.opening import open_index
from chatbot.settings import Settings

os.fsync = lambda descriptor: None  # a killed process leaves what it wrote
COUNTED = {f"os.{name}" for name in "link listdir mkdir rename remove rmdir".split()}
COUNTED.add("open")

def build(corpus, last):
    done = switch = 0

    def count(event, arguments):
        nonlocal done, switch
        if event in COUNTED:
            done += 1
            if event == "os.rename":
                switch = done
            if done == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    open_index(Settings(corpus=corpus))
    print(done, switch, flush=True)

for line in sys.stdin:
    corpus, last = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        build(corpus, int(last))
        os._exit(0)
    if os.WIFSIGNALED(os.waitpid(child, 0)[1]):
        print("killed", flush=True)
"""
"""Builds each corpus that it is told in a child that dies before an operation on files.

Operation 0 never comes: then the child prints how many there were, and which one put
the new generation in the old one's place.
"""

HELD_BUILDER = """
import os, signal, sys
from chatbot.index.opening import open_index
from chatbot.settings import Settings

def hold(event, arguments):
    if event == "os.rename":
        print("about to switch", flush=True)
        signal.pause()

sys.addaudithook(hold)
open_index(Settings(corpus=sys.argv[1]))
"""
"""Builds a corpus up to the moment of the switch, and stays there."""

WAITING_BUILDER = """
import sys
from chatbot.index import opening
from chatbot.settings import Settings

opening._SILENT_WAIT_SECONDS = 0
_, report = opening.open_index(Settings(corpus=sys.argv[1]))
print(report.read, report.generation.name, flush=True)
"""
"""Opens a corpus, says at once when it has to wait, and then what it did."""

Build = Callable[[Path, int], str]


@pytest.fixture(scope="module")
def build() -> Iterator[Build]:
    """Builds in a process of its own, killed before its n-th operation on files."""
    with subprocess.Popen(
        [sys.executable, "-c", BUILDER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    ) as process:

        def order(corpus: Path, last: int) -> str:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{corpus}\t{last}\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        yield order
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def answer(corpus: Path) -> str:
    return Chatbot.open(corpus).reply("When does the ferry leave?").text


def write(corpus: Path, hour: int) -> str:
    """Changes when the ferry leaves; the time it now leaves."""
    time = f"{hour // 60:02}:{hour % 60:02}"
    (corpus / "ferry.txt").write_text(f"The ferry leaves the harbour at {time}.")
    return time


@pytest.mark.parametrize("passages", [1, 200])
def test_a_killed_update_leaves_the_old_or_the_new_index(
    new_corpus, build: Build, passages: int
) -> None:
    """Whether all is written anew, or what changed behind what there was."""
    storm = "In a storm all ships stay in the harbour.\n"
    corpus = new_corpus({"storm.txt": storm * passages})
    folder = corpus / ".index"
    write(corpus, 0)
    Chatbot.open(corpus)
    write(corpus, 1)
    operations, switch = map(int, build(corpus, 0).split())
    chosen = random.Random(20).sample(range(1, operations + 1), KILLS)
    chosen += range(switch - 2, switch + 3)

    for minute, operation in enumerate(chosen, start=2):
        old = open_generation(folder)
        time = write(corpus, minute)
        assert build(corpus, operation) == "killed"

        left = open_generation(folder)
        assert left is not None
        assert old is not None
        text = bytes(left.arrays["text"]).decode()
        assert time in text or text == bytes(old.arrays["text"]).decode()
        assert time in answer(corpus)

    write(corpus, 0)
    Chatbot.open(corpus)
    names = [path.name.partition("-")[0] for path in folder.iterdir()]
    assert sorted(names) == ["building.lock", "current", "generation"]


def test_a_killed_first_build_is_done_again(new_corpus, build: Build) -> None:
    text = "The ferry leaves the harbour at noon."
    operations, switch = map(int, build(new_corpus({"ferry.txt": text}), 0).split())
    chosen = random.Random(21).sample(range(1, operations + 1), KILLS // 3)

    for operation in (*chosen, switch):
        corpus = new_corpus({"ferry.txt": text})
        assert build(corpus, operation) == "killed"
        assert answer(corpus) == text


@contextmanager
def start(program: str, corpus: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that runs a program, and ends with the test."""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(corpus)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_process_that_waits_takes_over_when_the_builder_is_killed(new_corpus) -> None:
    corpus = new_corpus({"storm.txt": "In a storm all ships stay in the harbour."})
    folder = corpus / ".index"
    write(corpus, 0)
    old = Chatbot.open(corpus).report.generation
    time = write(corpus, 1)
    with start(HELD_BUILDER, corpus) as builder:
        assert builder.stdout
        assert builder.stdout.readline() == "about to switch\n"
        begun = set(folder.glob("generation-*")) - {old}
        assert len(begun) == 1

        with start(WAITING_BUILDER, corpus) as waiting:
            assert waiting.stderr
            assert waiting.stderr.readline().endswith("waiting for it.\n")
            assert set(folder.glob("generation-*")) == {old, *begun}
            builder.kill()
            output, _ = waiting.communicate(timeout=60)

    read, name = output.split()
    assert read == "1"
    assert list(folder.glob("generation-*")) == [folder / name]
    assert not begun & {folder / name}
    assert not list(folder.glob("current-*"))
    assert time in answer(corpus)
