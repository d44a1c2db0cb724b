"""What a Python without the program's packages is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.channels.terminal import packages
from chatbot.channels.terminal.packages import exit_without, missing_package

ROOT = Path(__file__).parents[3]
MISSING = ModuleNotFoundError("No module named 'numpy.core'", name="numpy.core")


@pytest.mark.parametrize("program", [["-m", "chatbot", "ask", "hi"], ["server.py"]])
def test_a_python_without_packages_says_how_to_get_them(program: list[str]) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    ended = subprocess.run(
        [sys.executable, "-S", *program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.count("\n") == 1
    assert "has no package “click”; " in ended.stderr


def test_it_names_the_environment_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(packages, "_ROOT", tmp_path)
    said = missing_package(MISSING)
    assert "“numpy”" in said
    assert said.endswith(".venv/bin/pip install -q -r requirements.txt")
    assert "-r requirements.txt" in (ROOT / "README.md").read_text()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert f"start with {python}, which has the packages" in missing_package(MISSING)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    assert "install the packages" in missing_package(MISSING)


def test_a_module_of_its_own_that_is_missing_is_a_fault() -> None:
    error = ModuleNotFoundError("No module named 'chatbot.x'", name="chatbot.x")
    assert missing_package(error) == missing_package(ValueError("x")) == ""
    with pytest.raises(ModuleNotFoundError):
        exit_without(error)


def test_every_command_of_the_readme_runs_in_the_environment() -> None:
    readme = (ROOT / "README.md").read_text().partition("<!-- speed -->")
    for line in (readme[0] + readme[2].partition("<!-- /speed -->")[2]).split("\n"):
        if "python -m " in line or "python server.py" in line:
            assert "venv/bin/python" in line or "python3 -m venv" in line
