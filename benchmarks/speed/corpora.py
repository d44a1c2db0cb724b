"""Corpora on disk, and questions about them.

A corpus is a folder with one file of JSON Lines, a passage a line, whose `id` is the
number of its line from 0: that number is what every system finds.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = "passages.jsonl"

COUNTED_PASSAGES = 100_000
"""The first so many passages tell how frequent a word is."""

RARE_WORDS, MIDDLE_WORDS, FREQUENT_WORDS = 1, 3, 2
"""Words of a question by their frequency among those of its passage."""


@dataclass(frozen=True, slots=True)
class PassageText:
    """What a passage says, with the title above it, which may be empty."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus folder; `text_bytes` are those of its titles and texts as UTF-8."""

    name: str
    folder: Path
    passages: int
    text_bytes: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the number of the passage that it was drawn from."""

    question: str
    passage: int


def write_corpus(name: str, folder: Path, passages: Iterable[PassageText]) -> Corpus:
    """Write passages as a corpus; the folder is made."""
    folder.mkdir(parents=True)
    count = text_bytes = 0
    with (folder / FILE).open("w", encoding="utf-8", newline="\n") as file:
        for count, passage in enumerate(passages, 1):
            record = {"id": count - 1, "title": passage.title, "text": passage.text}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            text_bytes += len(passage.title.encode()) + len(passage.text.encode())
    return Corpus(name, folder, count, text_bytes)


def given_passages(file: Path) -> Iterator[PassageText]:
    """The lines of any JSON Lines file that have a `text`, and perhaps a `title`."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line) if line.strip() else {}
            if str(record.get("text") or "").strip():
                yield PassageText(record.get("title") or "", record["text"])


def indexed_texts(folder: Path) -> Iterator[str]:
    """What a peer indexes of each passage of a corpus: its title and text."""
    for passage in given_passages(folder / FILE):
        yield f"{passage.title} {passage.text}"


def draw_questions(corpus: Corpus, count: int, seed: int = 0) -> list[Asked]:
    """`count` questions of about six words that stand in one passage, in its order.

    One is among the rarest of the passage, two are among its most frequent, mostly stop
    words, the others lie between. A small corpus gives several of a passage.
    """
    rng = random.Random(seed)
    chosen = Counter(rng.choices(range(corpus.passages), k=count))
    frequency: Counter[str] = Counter()
    drawn_from: dict[int, list[str]] = {}
    for number, passage in enumerate(given_passages(corpus.folder / FILE)):
        if number < COUNTED_PASSAGES or number in chosen:
            words = list(dict.fromkeys(re.findall(r"\w+", passage.text.lower())))
            if number < COUNTED_PASSAGES:
                frequency.update(words)
            if number in chosen:
                drawn_from[number] = words
    asked = [
        Asked(_question(drawn_from[number], frequency, rng), number)
        for number, times in sorted(chosen.items())
        for _ in range(times)
    ]
    rng.shuffle(asked)
    return asked


def _question(words: list[str], frequency: Counter[str], rng: random.Random) -> str:
    """A question of some of the different words of a passage."""
    by_frequency = sorted(words, key=lambda word: (frequency[word], word))
    rare = by_frequency[: max(2, len(words) // 4)]
    frequent = by_frequency[len(rare) :][-max(2, len(words) // 4) :]
    middle = by_frequency[len(rare) : len(words) - len(frequent)]
    picked = {
        word
        for group, wanted in (
            (rare, RARE_WORDS),
            (middle, MIDDLE_WORDS),
            (frequent, FREQUENT_WORDS),
        )
        for word in rng.sample(group, min(wanted, len(group)))
    }
    return " ".join(word for word in words if word in picked).capitalize() + "?"
