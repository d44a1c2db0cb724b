"""Shared by the tests of conversations: an index of a small handbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.opening import open_index
from chatbot.settings import Settings

HANDBOOK = """\
# Moorings

A berth for a sailing boat costs ninety crowns a week. A berth for a rowing boat costs
twenty crowns a week.

Guests pay at the kiosk of the general harbour master (GHM).

# The general harbour master

The GHM lives above the customs house and walks his dog at six.

# Who repairs the sails?

Sails are repaired by two sisters in the loft. They take a week for it.

# Winter

In winter the harbour is closed to yachts, and the kiosk sells soup.
"""


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> CorpusIndex:
    corpus: Path = tmp_path_factory.mktemp("harbour")
    (corpus / "harbour.md").write_text(HANDBOOK, encoding="utf-8")
    records = (
        '{"text": "The lighthouse is painted white."}\n{"text": "Foghorns hoot."}\n'
        '{"text": "The chapel was built in 1907."}\n'
        '{"text": "When it storms, nobody asks where much of it goes."}\n'
    )
    (corpus / "facts.jsonl").write_text(records, encoding="utf-8")
    return open_index(Settings(corpus=str(corpus)))[0]
