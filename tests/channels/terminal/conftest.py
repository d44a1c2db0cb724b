"""A small corpus and the command line run on it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot import Chatbot

REPOSITORY = Path(__file__).parents[3]

LIBRARY = """\
Opening hours
The library opens at nine in the morning. It closes at six in the evening.
Membership
A membership card costs twelve euros a year. Children become members for free.
Lending
Each reader may borrow five books. A loan lasts three weeks.
"""


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """A corpus of one document with its index."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "library.txt").write_text(LIBRARY, encoding="utf-8")
    Chatbot.open(folder)
    return folder


@pytest.fixture
def corpus(library, tmp_path):
    """A copy of the corpus with its index, for one test."""
    return shutil.copytree(library, tmp_path / "corpus")


@pytest.fixture
def environment(corpus, tmp_path):
    """The environment of a process that asks this corpus and keeps to `tmp_path`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CHATBOT_", "PYTHON", "NO_COLOR"))
    }
    own = {
        "CHATBOT_CORPUS": str(corpus),
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "TERM": "xterm",
    }
    return kept | own


@pytest.fixture
def run(environment):
    """Run a command line in a process of its own; returns the finished process."""

    def run(*arguments, **variables):
        stdin = variables.pop("stdin", b"")
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=REPOSITORY,
            env=environment | variables,
            input=stdin,
            capture_output=True,
            timeout=60,
        )

    return run
