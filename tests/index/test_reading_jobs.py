"""Jobs: what is read at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot.documents.discovery import SourceFile, find_files
from chatbot.documents.document import Document
from chatbot.documents.readers import Part
from chatbot.index.analysis import AnalysedDocument, analyse
from chatbot.index.reading_jobs import (
    FileOutcome,
    ReadingJob,
    jobs_for,
    run_job,
    whole_state,
)

RECORDS = [
    {"title": "Tea", "text": "Tea is grün. It is hot."},
    {"title": "Tea", "text": "Another cup."},
    {"text": "No title\nand two lines."},
]


def found(folder: Path) -> list[SourceFile]:
    return find_files(folder, None, 10**6)[0]


def lines(count: int) -> str:
    return "".join(json.dumps(RECORDS[n % 3]) + "\n" for n in range(count))


@pytest.mark.parametrize("size", [1, 50, 100, 1000, 10**6])
def test_a_file_of_records_says_the_same_in_parts(
    new_corpus, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    files = found(new_corpus({"a.jsonl": lines(9)}))
    ((whole,), _) = run_job(ReadingJob(tuple(files), "english"))
    monkeypatch.setattr("chatbot.index.reading_jobs.JOB_BYTES", size)
    parts = [part for job in jobs_for(files, "english") for part in run_job(job)[0]]

    def told(documents):
        return [
            (p.id, p.title, p.heading, p.text, p.line, len(p.sentences))
            for entry in documents
            for p in entry.document.passages
        ]

    assert told(parts) == told([whole])
    for entry in parts:
        for passage in entry.document.passages:
            text = entry.document.text[passage.start : passage.end]
            assert text == passage.text


def test_the_parts_of_a_file_are_all_of_it(
    new_corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.index.reading_jobs.JOB_BYTES", 70)
    files = found(new_corpus({"a.jsonl": lines(7) + "no record", "b.txt": "Tea."}))
    *parts, last = jobs_for(files, "english")

    cuts = [job.part for job in parts]
    assert [part.start for part in cuts[1:]] == [part.end for part in cuts[:-1]]
    assert cuts[-1].end == files[0].size
    assert sum(job.bytes for job in parts) == files[0].size
    assert last == ReadingJob((files[1],), "english")


def test_files_are_read_together_up_to_a_size(
    new_corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.index.reading_jobs.JOB_BYTES", 10)
    names = ("a.txt", "b.txt", "c.txt")
    files = found(new_corpus(dict.fromkeys(names, "Words.")))

    jobs = list(jobs_for(files, ""))
    assert [[file.source for file in job.files] for job in jobs] == [
        ["a.txt", "b.txt"],
        ["c.txt"],
    ]


def test_all_parts_are_in_the_language_of_the_beginning(
    new_corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.index.reading_jobs.JOB_BYTES", 200)
    german = "Die Fähre fährt um zwölf Uhr ab und kommt am Abend wieder zurück."
    records = json.dumps({"text": german}) + "\n"
    files = found(new_corpus({"a.jsonl": records * 5 + '{"text": "one two"}\n'}))

    assert {job.language for job in jobs_for(files, "")} == {"german"}


def test_lines_skipped_in_several_parts_are_named_and_counted_once(
    new_corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.index.reading_jobs.JOB_BYTES", 20)
    files = found(new_corpus({"a.jsonl": '{"text": "Tea."}\n' + "x\n" * 40}))
    whole = run_job(ReadingJob(tuple(files), "english"))[1]
    parts = [run_job(job)[1][0] for job in jobs_for(files, "english")]

    assert len(parts) > 2
    in_parts = whole_state(parts)
    assert in_parts.problems == whole[0].state.problems
    assert in_parts.hash == whole[0].state.hash
    assert in_parts.is_served


def test_a_file_of_which_no_part_can_be_served_is_not(
    new_corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.index.reading_jobs.JOB_BYTES", 20)
    files = found(new_corpus({"a.jsonl": "x\n" * 40}))
    (whole,) = run_job(ReadingJob(tuple(files), "english"))[1]
    parts = [run_job(job)[1][0] for job in jobs_for(files, "english")]

    state = whole_state(parts)
    assert not state.is_served
    assert state.problems == whole.state.problems


def test_jobs_and_outcomes_go_through_json(new_corpus) -> None:
    files = found(new_corpus({"a.jsonl": '{"text": "Tea."}\nx\n', "b.txt": "Tea."}))
    job = ReadingJob((files[0],), "english", Part(0, 19, 1))
    (outcome,) = run_job(job)[1]

    for original in (job, ReadingJob(tuple(files), "")):
        sent = json.loads(json.dumps(original.to_json()))
        assert ReadingJob.from_json(sent) == original
    assert FileOutcome.from_json(json.loads(json.dumps(outcome.to_json()))) == outcome


def test_a_document_that_cannot_be_analysed_costs_itself_alone(
    new_corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(document: Document) -> AnalysedDocument:
        if document.source == "a.txt":
            raise RecursionError
        return analyse(document)

    monkeypatch.setattr("chatbot.index.reading_jobs.analyse", fail)
    files = found(new_corpus({"a.txt": "Tea.", "b.txt": "Coffee."}))

    documents, outcomes = run_job(ReadingJob(tuple(files), "english"))

    assert [entry.document.source for entry in documents] == ["b.txt"]
    assert [outcome.state.is_served for outcome in outcomes] == [False, True]
    assert outcomes[0].state.problems == ("its reader gave up (RecursionError)",)
