"""Documents, passages and their words as arrays, and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.documents.document import Document
from chatbot.index.analysis import AnalysedDocument
from chatbot.index.store import PassageStore, pack

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


def stored(analysed: list[AnalysedDocument]) -> tuple[PassageStore, list[str]]:
    found = (
        word
        for entry in analysed
        for words in (*entry.sentence_words, *entry.heading_words)
        for word in words
    )
    words = sorted(set(found))
    return PassageStore(
        pack(analysed, {"english": {w: i for i, w in enumerate(words)}})
    ), words


@pytest.fixture(scope="module")
def manual(analysed) -> PassageStore:
    return stored(analysed({"manual.md": MANUAL, "z.txt": "Last. Ünd ende."}))[0]


@given(TEXTS, TEXTS, RECORDS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_a_store_gives_back_what_went_in(
    analysed, plain: str, markdown: str, records: str
) -> None:
    documents = analysed({"a.md": markdown, "b.txt": plain, "ü.jsonl": records})
    store, words = stored(documents)

    again = [store.analysed(number, words) for number in range(len(documents))]
    assert again == documents
    passages = [p for entry in documents for p in entry.document.passages]
    assert [store.passage(number) for number in range(len(store))] == passages


@given(TEXTS)
@settings(max_examples=30)
def test_a_stored_passage_is_a_slice_of_its_stored_document(
    analysed, text: str
) -> None:
    store, _ = stored(analysed({"a.txt": text, "b.txt": f"Frühling. {text}"}))

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
    texts = manual.heading_texts(limit=10)

    assert texts == ["Manual", "Part – one", "Détail", "Part two"]
    assert manual.passage_headings.tolist() == [0, 1, 2, 3, -1]
    assert manual.heading_texts(limit=1) == ["Manual"]


def test_a_document_is_found_by_its_path(manual: PassageStore) -> None:
    assert manual.document_number("z.txt") == 1
    assert manual.document(1).text == "Last. Ünd ende."
    assert manual.document_number("missing.txt") is None
    assert manual.document_number("zz.txt") is None
    assert manual.document_number("\ud800") is None


def test_a_store_of_nothing_is_empty() -> None:
    store, _ = stored([])

    assert len(store) == 0
    assert store.document_number("a.txt") is None
