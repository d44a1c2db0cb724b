"""This bot as a system: its search alone, and its whole reply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from benchmarks.speed.systems import HITS, REPLY, SEARCH, System, Way
from chatbot import Chatbot
from chatbot.answering.concepts import STOP_WORD_WEIGHT
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.opening import open_index
from chatbot.settings import Settings


class Own(System):
    """The bot with its default settings."""

    modules: ClassVar[Mapping[str, str]] = {"numpy": "numpy"}

    def build(self, corpus: Path, index: Path) -> None:
        Chatbot.open(corpus, index, settings=Settings())

    def open(self, corpus: Path, index: Path) -> None:
        settings = Settings(corpus=str(corpus), index=str(index), kept_replies=0)
        self._index, report = open_index(settings)
        self._bot = Chatbot(settings, self._index, report)
        self._bot.warm_up()

    def search(self, question: str) -> list[int]:
        return first_stage(question, self._index)

    def reply(self, question: str) -> list[int]:
        """The numbers of the passages that a whole reply quotes."""
        return [int(quote.passage.id) for quote in self._bot.reply(question).quotes]

    def ways(self) -> dict[str, Way]:
        return {SEARCH: self.search, REPLY: self.reply}


def first_stage(question: str, index: CorpusIndex) -> list[int]:
    """The best passages by the question's own words, before they are re-ranked.

    As in the peers, no spelling is repaired and no synonym is added; stop words weigh
    what they do in a reply.
    """
    terms: dict[int, float] = defaultdict(float)
    for word in index.analyzer.words(question):
        term = index.term_number(word)
        if term is not None:
            is_stop_word = word in index.analyzer.stop_words
            terms[term] += STOP_WORD_WEIGHT if is_stop_word else 1.0
    found = index.kernels.search(terms, HITS)
    passages: list[int] = found.passages.tolist()
    return passages
