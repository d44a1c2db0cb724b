"""Synonyms from WordNet, where its data is installed for nltk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SENSES = (("car", "automobile", "motor_car"), ("pay", "wage"), ("island",))
PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of nltk's with a WordNet of three nouns, in WordNet's own format."""
    folder = tmp_path / "corpora" / "wordnet"
    folder.mkdir(parents=True)
    for part in PARTS:
        for name in (f"data.{part}", f"index.{part}", f"{part}.exc"):
            (folder / name).touch()
    (folder / "index.sense").touch()
    (folder / "lexnames").write_text("00\tnoun.Tops\t1\n")
    lines, index, offset = "", {}, 0
    for words in SENSES:
        named = " ".join(f"{word} 0" for word in words)
        line = f"{offset:08d} 00 n {len(words):02x} {named} 000 | what it means\n"
        index |= {word: f"{word} n 1 0 1 0 {offset:08d}\n" for word in words}
        lines, offset = lines + line, offset + len(line)
    (folder / "data.noun").write_text(lines)
    (folder / "index.noun").write_text("".join(index[word] for word in sorted(index)))
    return tmp_path


def synonyms(*words: str, data: Path, tmp_path: Path) -> list[str]:
    """The lines for these words, found by an interpreter that knows no other data."""
    program = (
        "import sys; from chatbot.language.wordnet import wordnet_synonyms;"
        "print(*wordnet_synonyms(sys.argv[1:]), sep='\\n');"
        "print('nltk' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "NLTK_DATA": str(data), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split("\n")[:-1]


def test_words_of_one_sense_are_synonyms(data: Path, tmp_path: Path) -> None:
    *found, _ = synonyms("car", "wage", data=data, tmp_path=tmp_path)
    assert found == ["car, automobile", "wage, pay"]


def test_a_word_that_stands_alone_has_none(data: Path, tmp_path: Path) -> None:
    *found, _ = synonyms("island", "zebra", data=data, tmp_path=tmp_path)
    assert found == [""]


def test_without_data_there_are_none_and_nothing_is_loaded(tmp_path: Path) -> None:
    found = synonyms("car", data=tmp_path, tmp_path=tmp_path)
    assert found == ["", "False"]


def test_data_that_cannot_be_read_counts_as_none(data: Path, tmp_path: Path) -> None:
    (data / "corpora" / "wordnet" / "data.noun").write_text("no synsets here\n")
    *found, _ = synonyms("car", data=data, tmp_path=tmp_path)
    assert found == [""]


def test_a_question_finds_words_of_the_same_sense(data: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "texts"
    corpus.mkdir()
    (corpus / "garage.txt").write_text("Every automobile is washed on Mondays.\n")
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", "--corpus", str(corpus), "ask", "car washed"],
        env={**os.environ, "NLTK_DATA": str(data), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert "Every automobile is washed on Mondays." in done.stdout, done.stderr
