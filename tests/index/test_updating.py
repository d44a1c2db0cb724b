"""Files to analysed documents."""

from __future__ import annotations

from pathlib import Path

from chatbot.documents.discovery import SourceFile, find_files
from chatbot.index.updating import updated_documents


def found(folder: Path) -> list[SourceFile]:
    return find_files(folder, None, 10**6)[0]


def test_every_file_is_read_when_there_is_no_index(
    new_corpus,
) -> None:
    files = found(new_corpus({"b.txt": "Some tea.", "a.md": "# Tea\n\nA cup of it."}))
    documents, states, read = updated_documents(files, None, {}, "", None)

    assert [entry.document.source for entry in documents] == ["a.md", "b.txt"]
    assert [state.source for state in states] == ["a.md", "b.txt"]
    assert documents[0].heading_words == (("tea",),)
    assert documents[1].sentence_words == (("some", "tea"),)
    assert read == 2


def test_a_file_that_cannot_be_served_is_noted_with_the_reason(
    new_corpus,
) -> None:
    records = '{"text": "A record."}\nno record\n'
    folder = new_corpus({"empty.txt": "", "faq.jsonl": records, "gone.txt": "Soon."})
    files = found(folder)
    (folder / "gone.txt").unlink()
    documents, states, read = updated_documents(files, None, {}, "", None)

    assert [entry.document.source for entry in documents] == ["faq.jsonl"]
    assert [(state.is_served, state.problems) for state in states] == [
        (False, ("it is empty",)),
        (True, ("line 2: it is not JSON",)),
        (False, ("no such file or directory",)),
    ]
    assert read == 3


def test_progress_counts_the_files_up_to_all_of_them(
    new_corpus,
) -> None:
    calls: list[tuple[int, int]] = []
    files = found(new_corpus(dict.fromkeys(("a.txt", "b.txt"), "Some words.")))
    updated_documents(
        files, None, {}, "", lambda done, total: calls.append((done, total))
    )

    assert calls == [(0, 2), (1, 2), (2, 2)]
