"""What is measured: systems that build an index, open it, and find passages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

HITS = 10
"""Passages that every system is asked for."""

Way = Callable[[str], list[int]]
"""A way to ask: a question's text to the numbers of passages, best first."""

SEARCH, REPLY = "search", "reply"

OWN = "this bot"

CLASSES = {
    OWN: "benchmarks.speed.own.Own",
    "bm25s": "benchmarks.speed.peers.Bm25s",
    "tantivy, 2 threads": "benchmarks.speed.peers.Tantivy",
    "tantivy, 1 thread": "benchmarks.speed.peers.TantivyOneThread",
    "SQLite FTS5": "benchmarks.speed.peers.SqliteFts5",
    "scikit-learn": "benchmarks.speed.peers.ScikitLearn",
}
"""The class of each system by the name that tables show."""


class System(ABC):
    """One system. Making one imports what it needs, which is not measured.

    `modules` are what must be installed for it, by the name they are imported by, with
    the name of the package.
    """

    modules: ClassVar[Mapping[str, str]] = {}

    @abstractmethod
    def build(self, corpus: Path, index: Path) -> None:
        """Build the index of a corpus folder in the folder `index`, which is empty."""

    @abstractmethod
    def open(self, corpus: Path, index: Path) -> None:
        """Open an index to be asked."""

    @abstractmethod
    def search(self, question: str) -> list[int]:
        """The numbers of the `HITS` best passages, best first."""

    def ways(self) -> dict[str, Way]:
        """The ways to ask, by the names `SEARCH` and `REPLY`."""
        return {SEARCH: self.search}

    @classmethod
    def versions(cls) -> dict[str, str]:
        """The versions of what it is made of, by name."""
        return {package: version(package) for package in cls.modules.values()}


def system_class(name: str) -> type[System]:
    """The class of a system; what it needs is imported when one is made."""
    module, _, attribute = CLASSES[name].rpartition(".")
    found: type[System] = getattr(import_module(module), attribute)
    return found


def missing_packages(name: str) -> list[str]:
    """The packages that would have to be installed to measure a system."""
    modules = system_class(name).modules
    return [package for module, package in modules.items() if not find_spec(module)]
