"""The owner's synonyms: read beside the documents, never served as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.answering.question import read_question
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.opening import open_index
from chatbot.index.owner_synonyms import read_owner_synonyms
from chatbot.index.report import IndexReport
from chatbot.settings import Settings
from tests.index.held_contents import held_contents

GUIDE = """\
The product manager decides what is built.

Every boat has a mooring of its own. The harbour master keeps the list.
"""


def opened(corpus: Path) -> tuple[CorpusIndex, IndexReport]:
    return open_index(Settings(corpus=str(corpus), language="english"))


def with_synonyms(new_corpus, text: str) -> Path:
    return new_corpus({"guide.txt": GUIDE, "synonyms.txt": text})


def found_for(index: CorpusIndex, question: str) -> list[list[str]]:
    concepts = read_question(question, index).concepts
    return [[other.words for other in concept.alternatives] for concept in concepts]


@pytest.mark.parametrize(
    ("rule", "question", "found"),
    [
        ("product manager, PO", "PO", [["product manager"]]),
        ("berth => mooring", "berths", [["mooring"]]),
        ("berth => mooring", "mooring", [[]]),
        ("sea captain => harbour master", "sea captain", [["harbour master"]] * 2),
        ("sea captain => harbour master", "captain sea", [[], []]),
        ("berth, mooring, dock", "dock", [["mooring"]]),
        ("berth => pier", "berth", [[]]),
        ("лодка => boat", "лодка", [["boat"]]),
    ],
)
def test_a_question_is_searched_for_by_the_owners_synonyms(
    new_corpus, rule, question, found
) -> None:
    index, _ = opened(with_synonyms(new_corpus, rule))

    assert found_for(index, question) == found


def test_a_word_of_the_owner_is_not_taken_for_a_misspelling(new_corpus) -> None:
    index, _ = opened(with_synonyms(new_corpus, "moorings, berth\nbuilf => decides"))

    (concept,) = read_question("builf", index).concepts
    assert not concept.corrected
    assert [other.words for other in concept.alternatives] == ["decides"]


def test_the_file_is_no_document_at_the_top_but_is_one_further_down(
    new_corpus,
) -> None:
    corpus = with_synonyms(new_corpus, "berth => mooring")
    (corpus / "more").mkdir()
    (corpus / "more" / "synonyms.txt").write_text("Words of a kind.")
    index, report = opened(corpus)

    assert list(index.store.sources) == ["guide.txt", "more/synonyms.txt"]
    assert report.skipped == ()


def test_lines_that_are_no_rules_are_reported_every_time(new_corpus) -> None:
    corpus = with_synonyms(new_corpus, "berth => mooring\nalone\n")
    for _ in range(2):
        _, report = opened(corpus)
        assert list(map(str, report.skipped)) == [
            "skipped synonyms.txt: line 2: a synonym is missing; write a, b or a => b"
        ]


def test_a_file_that_is_not_utf_8_is_reported(new_corpus) -> None:
    corpus = new_corpus({"guide.txt": GUIDE})
    (corpus / "synonyms.txt").write_bytes("a, \u00e9".encode("latin-1"))

    assert read_owner_synonyms(corpus).rules == ()
    (skipped,) = opened(corpus)[1].skipped
    assert str(skipped) == "skipped synonyms.txt: it is not UTF-8; save it as UTF-8"


def test_an_edit_updates_the_index_without_reading_documents_again(
    new_corpus,
) -> None:
    corpus = with_synonyms(new_corpus, "berth => mooring")
    assert opened(corpus)[1].read == 1
    assert opened(corpus)[1].read == 0
    (corpus / "synonyms.txt").write_text("berth => boat, pier\n")
    index, report = opened(corpus)

    assert report.read == 0
    assert report.notices == ()
    assert found_for(index, "berth") == [["boat"]]
    fresh = with_synonyms(new_corpus, "berth => boat, pier\n")
    assert held_contents(index) == held_contents(opened(fresh)[0])


def test_a_removed_file_leaves_nothing_behind(new_corpus) -> None:
    corpus = with_synonyms(new_corpus, "berth => mooring")
    opened(corpus)
    (corpus / "synonyms.txt").unlink()

    assert found_for(opened(corpus)[0], "berth") == [[]]
