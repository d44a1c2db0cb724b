"""Imports a module of a package without all that the package itself imports.

    with bare_packages("nltk", "nltk.tokenize"):
        from nltk.tokenize.punkt import PunktSentenceTokenizer

`import nltk` imports every part of it, scipy's statistics among them, which takes
longer than building the index of a small corpus.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec


@contextmanager
def bare_packages(*names: str) -> Iterator[None]:
    """Within, the packages, outermost first, are empty: their modules are still found.

    Afterwards they are as before; what was imported of them within is known to its
    importer alone. A package that has been imported already is used as it is.
    """
    outermost = names[0]
    if outermost in sys.modules:
        yield
        return
    try:
        path = None
        for name in names:
            path = _add_bare_package(name, path)
        yield
    finally:
        for name in list(sys.modules):
            if name == outermost or name.startswith(f"{outermost}."):
                del sys.modules[name]


def _add_bare_package(name: str, path: list[str] | None) -> list[str]:
    """Add an empty package of that name below a path; returns where its modules are."""
    found = PathFinder.find_spec(name, path)
    if found is None or found.submodule_search_locations is None:
        raise ModuleNotFoundError(f"No package named {name!r}", name=name)
    spec = ModuleSpec(name, loader=None, is_package=True)
    spec.submodule_search_locations = list(found.submodule_search_locations)
    sys.modules[name] = module_from_spec(spec)
    return spec.submodule_search_locations
