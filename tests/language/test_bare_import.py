"""A module imported without its package's own imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.language.bare_import import bare_packages

ROOT = Path(__file__).parents[2]


def run(program: str) -> str:
    """What a Python program prints."""
    return subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    ).stdout


def test_splitting_sentences_imports_neither_scipy_nor_all_of_nltk() -> None:
    program = """
import sys
from chatbot.language.sentences import sentence_splitter
print(sentence_splitter("english").spans("See Dr. Brown. He knows."))
print({"scipy", "sklearn", "nltk"} & set(sys.modules))
"""
    assert run(program) == "[(0, 14), (15, 24)]\nset()\n"


@pytest.mark.parametrize("first", ["import nltk.tokenize.punkt", ""])
def test_a_package_is_whole_for_others(first: str) -> None:
    program = f"""
{first}
from chatbot.language.sentences import sentence_splitter
print(sentence_splitter("english").spans("See Dr. Brown. He knows."))
import nltk
print(nltk.probability.FreqDist("aab").most_common(1))
print(nltk.tokenize.punkt.PunktSentenceTokenizer().tokenize("One. Two."))
"""
    assert run(program) == "[(0, 14), (15, 24)]\n[('a', 2)]\n['One.', 'Two.']\n"


def test_a_package_that_is_not_there_is_said_to_be_missing() -> None:
    with (
        pytest.raises(ModuleNotFoundError, match="no_such_package"),
        bare_packages("no_such_package"),
    ):
        pass
