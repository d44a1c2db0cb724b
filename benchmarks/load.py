"""Load: how many questions a second a server of two processes answers, and past that.

    python -m benchmarks.load --seconds 60 --overload-seconds 60 --sustained-seconds 600

It needs `wrk` (apt-get install wrk) and asks questions on the text in `corpus/`, each
in a conversation of its own, with the database at work and the rate limits off. The
client runs on the same machine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import psutil

from chatbot.channels.serving import listen

ROOT = Path(__file__).parents[1]
SCRIPT = Path(__file__).with_suffix(".lua")
QUESTIONS = (
    "What if I'm the only member of the executive team?",
    "What is a chief product officer also called?",
    "How much does a chief product officer earn?",
    "What does a junior product manager earn?",
    "Who prioritizes the program backlog?",
    "What does a head of product do?",
    "Which skills does a head of product need?",
    "What education do employers expect?",
    "How do I become a head of product?",
    "Do titles matter?",
)
ALIVE = {"CHATBOT_GET": "/healthz"}
NEW = {"CHATBOT_EACH_NEW": "yes"}
"""Each question in capitals and small letters as it never was asked before."""
REPEATED: dict[str, str] = {}
"""The same few questions, whose replies the server keeps."""

OVERLOAD = 10
"""Times the connections that the server is asked over otherwise."""

RECOVERED_MILLISECONDS = 50
"""A server that answers one question in this time has recovered."""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of so many seconds; times in milliseconds."""

    seconds: float
    answered: int
    refused: int
    failed: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.answered / self.seconds

    def __str__(self) -> str:
        return (
            f"{self.rate:8,.0f} a second   p50 {self.p50:6.1f} ms   "
            f"p99 {self.p99:6.1f} ms   "
            f"{self.refused:,} refused   {self.failed:,} failed"
        )


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address and its processes."""

    address: str
    process: subprocess.Popen[bytes]

    @property
    def memory(self) -> float:
        """Megabytes that its processes hold for themselves."""
        processes = psutil.Process(self.process.pid).children(recursive=True)
        return sum(child.memory_full_info().uss for child in processes) / 2**20


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Two processes that serve the source text, until the block is left."""
    shutil.copytree(ROOT / "corpus", folder / "corpus", ignore=_hidden)
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "CHATBOT_CORPUS": str(folder / "corpus"),
        "CHATBOT_PORT": str(port),
        "CHATBOT_CLIENT_LIMIT": "off",
        "WEB_CONCURRENCY": "2",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log) as process,
    ):
        server = Server(f"http://127.0.0.1:{port}", process)
        try:
            _await(server)
            yield server
        finally:
            process.terminate()


def _hidden(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(".")]


def _await(server: Server) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{server.address}/readyz", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise click.ClickException("The server does not become ready.")


def load(
    server: Server, folder: Path, seconds: int, connections: int, what: dict[str, str]
) -> Load:
    """Ask over so many connections, or get a path; `what` is one of those above."""
    questions = folder / "questions.txt"
    questions.write_text("".join(f"{question}\n" for question in QUESTIONS))
    environment = os.environ | {"CHATBOT_QUESTIONS": str(questions)} | what
    command = ["wrk", "--threads", "2", "--connections", str(connections)]
    command += ["--timeout", "5s"]
    command += ["--duration", f"{seconds}s", "--script", str(SCRIPT), server.address]
    result = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    )
    return Load(**json.loads(result.stdout.splitlines()[-1]))


def recovery_seconds(server: Server) -> float:
    """How long after now a question is answered in the usual time."""
    body = json.dumps({"message": QUESTIONS[0]}).encode()
    headers = {"Content-Type": "application/json"}
    began = time.monotonic()
    while True:
        asked = time.monotonic()
        request = urllib.request.Request(f"{server.address}/api/chat", body, headers)
        try:
            urllib.request.urlopen(request, timeout=10).close()
        except OSError:
            continue
        answered = time.monotonic()
        if (answered - asked) * 1000 < RECOVERED_MILLISECONDS:
            return answered - began


@click.command()
@click.option("--seconds", default=10, help="For each rate.")
@click.option("--connections", default=8, help="Clients that ask at once.")
@click.option("--overload-seconds", default=10, help="At ten times the clients.")
@click.option("--sustained-seconds", default=0, help="To see the memory; 0: not.")
def main(
    seconds: int, connections: int, overload_seconds: int, sustained_seconds: int
) -> None:
    """Print what a server of two processes bears."""
    if not shutil.which("wrk"):
        raise click.ClickException("Install wrk first: apt-get install wrk")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(folder) as server:
            load(server, folder, 3, connections, NEW)
            alive = load(server, folder, seconds, connections, ALIVE)
            print(f"/healthz   {alive}", flush=True)
            for name, what in (("new", NEW), ("repeated", REPEATED)):
                asked = load(server, folder, seconds, connections, what)
                share = asked.rate / alive.rate
                print(f"{name:9}  {asked}   {share:.2f} of /healthz", flush=True)
            over = load(server, folder, overload_seconds, OVERLOAD * connections, NEW)
            recovered = recovery_seconds(server)
            print(f"overload   {over}   recovered in {recovered:.2f} s", flush=True)
            if sustained_seconds:
                load(server, folder, 60, connections, NEW)
                before = server.memory
                load(server, folder, sustained_seconds, connections, NEW)
                growth = server.memory / before - 1
                print(f"memory     {before:,.0f} MB, {growth:+.1%} afterwards")
        errors = [
            line
            for line in (folder / "log").read_text().splitlines()
            if not line.startswith("{")
        ]
        print(f"log        {len(errors)} lines that are no requests", *errors[:5])


if __name__ == "__main__":
    main()
