"""Documents, passages and their words as arrays, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.documents.document import Document
from chatbot.index.analysis import AnalysedDocument
from chatbot.index.packing import pack
from chatbot.index.segments import Segment
from chatbot.index.store import PassageStore
from chatbot.index.string_table import opened_table
from chatbot.language.kinds import kinds_of
from chatbot.language.terms import Analyzer

PARTS = st.sampled_from(
    [
        *("\n", "\n\n", " ", ". ", "? ", "- ", "# ", "## ", "1. ", "> ", "```\n", "\t"),
        *("word", "Über uns", "日本語。", "🎉", "e\u0301", "हिन्दी", "\u00a0", "…"),
        "One sentence here. And one more of them, longer than the first.",
    ]
)
TEXTS = st.lists(PARTS | st.characters(codec="utf-8"), max_size=40).map("".join)
FIELDS = st.fixed_dictionaries(
    {"text": TEXTS}, optional={"id": TEXTS, "title": TEXTS, "url": TEXTS}
)
RECORDS = st.lists(FIELDS.map(json.dumps), max_size=5).map("\n".join)

MANUAL = """\
# Manual

Before the parts.

## Part – one

Grüße. 日本語。

### Détail

- eins
- zwei

## Part two

The end.
"""


def stored(analysed: list[AnalysedDocument]) -> PassageStore:
    return PassageStore(pack(analysed))


def words_of(arrays: Mapping[str, np.ndarray], kind: str) -> list[list[str]]:
    """The words of every sentence, or heading, in order."""
    words = list(opened_table(arrays, "words"))
    numbers = [words[number] for number in arrays[f"{kind}_words"].tolist()]
    bounds = arrays[f"{kind}_word_offsets"].tolist()
    return [numbers[start:end] for start, end in pairwise(bounds)]


@pytest.fixture(scope="module")
def manual(analysed) -> PassageStore:
    return stored(analysed({"manual.md": MANUAL, "z.txt": "Last. Ünd ende."}))


@given(TEXTS, TEXTS, RECORDS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_a_store_gives_back_what_went_in(
    analysed, plain: str, markdown: str, records: str
) -> None:
    documents = analysed({"a.md": markdown, "b.txt": plain, "ü.jsonl": records})
    arrays = pack(documents)
    store = PassageStore(arrays)

    again = [store.document(number) for number in range(len(documents))]
    assert again == [entry.document for entry in documents]
    passages = [p for document in again for p in document.passages]
    assert [store.passage(number) for number in range(len(store))] == passages
    sentences = [
        document.text[start:end]
        for document in again
        for passage in document.passages
        for start, end in passage.sentences
    ]
    headings = [heading.text for document in again for heading in document.headings]
    english = Analyzer("english")
    assert words_of(arrays, "sentence") == list(map(english.words, sentences))
    assert words_of(arrays, "heading") == list(map(english.words, headings))
    kinds = list(map(kinds_of("english").held_in, sentences))
    assert arrays["sentence_kinds"].tolist() == kinds


@given(TEXTS)
@settings(max_examples=30)
def test_a_stored_passage_is_a_slice_of_its_stored_document(
    analysed, text: str
) -> None:
    store = stored(analysed({"a.txt": text, "b.txt": f"Frühling. {text}"}))

    for number in range(len(store)):
        document: Document = store.document(store.document_of(number))
        passage = store.passage(number)
        assert passage in document.passages
        assert passage.text == document.text[passage.start : passage.end]


def test_a_passages_headings_lead_from_the_outermost_to_its_own(
    manual: PassageStore,
) -> None:
    paths = [
        [heading.text for heading in manual.passage(number).headings]
        for number in range(len(manual))
    ]

    assert paths == [
        ["Manual"],
        ["Manual", "Part – one"],
        ["Manual", "Part – one", "Détail"],
        ["Manual", "Part two"],
        [],
    ]


def test_passages_stand_under_their_innermost_heading(manual: PassageStore) -> None:
    texts = [manual.heading_text(number) for number in range(4)]

    assert texts == ["Manual", "Part – one", "Détail", "Part two"]
    assert manual.passage_headings.tolist() == [0, 1, 2, 3, -1]
    assert manual.first_headings == texts


def test_the_first_headings_are_those_that_text_stands_under(
    segment_of: Callable[[Mapping[str, str]], Segment],
) -> None:
    segment = segment_of({"a.md": "# Over all\n\n## One\n\nA text.\n\n# Under none\n"})
    assert PassageStore(segment.arrays).first_headings == ["One"]


def test_a_document_is_found_by_its_path(manual: PassageStore) -> None:
    assert manual.document_number("z.txt") == 1
    assert manual.document(1).text == "Last. Ünd ende."
    assert manual.document_number("missing.txt") is None
    assert manual.document_number("zz.txt") is None
    assert manual.document_number("\ud800") is None


def test_a_store_of_nothing_is_empty() -> None:
    store = stored([])

    assert len(store) == 0
    assert store.document_number("a.txt") is None
