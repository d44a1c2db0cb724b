import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.discovery import SourceFile
from chatbot.documents.document import Document
from chatbot.documents.reading import decode, read_document
from chatbot.errors import DocumentError

Read = Callable[[str, str | bytes], Document]


def reason(read: Read, name: str, content: str | bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read(name, content)
    return str(caught.value)


def test_a_file_becomes_a_document(read: Read):
    document = read("return-policy_2.txt", "Returns\nSend it back. We pay.\n")

    assert document.source == "return-policy_2.txt"
    assert document.title == "return policy 2"
    assert [heading.text for heading in document.headings] == ["Returns"]
    (passage,) = document.passages
    assert passage.id == "return-policy_2.txt#1"
    assert passage.text == "Send it back. We pay."
    assert passage.heading == "Returns"
    assert passage.line == 2
    sentences = [document.text[start:end] for start, end in passage.sentences]
    assert sentences == ["Send it back.", "We pay."]


@pytest.mark.parametrize("name", ["a.txt", "a.TEXT", "a.md", "a.Markdown"])
def test_suffixes_choose_the_reader_whatever_their_case(read: Read, name: str):
    document = read(name, "# Heading\n\nText that is here.")

    assert bool(document.headings) is (document.passages[0].heading != "")
    assert document.passages[-1].text == "Text that is here."


def test_json_lines_are_read_as_records(read: Read):
    document = read("faq.JSONL", '{"id": "x", "text": "Words."}')

    assert document.passages[0].id == "x"


def test_the_text_is_what_the_file_reads_as(read: Read, tmp_path: Path):
    document = read("a.txt", b"\xef\xbb\xbfOne is.\r\nTwo is.\rThree is.\n")

    assert document.text == (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert [passage.text for passage in document.passages] == [
        "One is.",
        "Two is.",
        "Three is.",
    ]
    assert [passage.line for passage in document.passages] == [1, 2, 3]


def test_only_line_feeds_count_as_lines(read: Read):
    document = read("a.txt", "One\u2028is\x0bhere\x0cnow.\nTwo is.")

    assert document.passages[-1].line == 2


def test_an_empty_file_says_so(read: Read):
    assert reason(read, "a.txt", b"") == "it is empty"


@pytest.mark.parametrize("content", [" \n\t\n", "\ufeff", "Title\n=====\n", "---\n"])
def test_a_file_without_a_passage_says_so(read: Read, content: str):
    assert reason(read, "a.txt", content) == "it holds no text to answer from"


def test_markdown_of_headings_alone_says_so(read: Read):
    assert reason(read, "a.md", "# One\n\n## Two\n") == (
        "it holds no text to answer from"
    )


def test_bytes_that_are_not_utf8_are_named_with_their_place(read: Read):
    assert reason(read, "a.txt", b"One\r\nTwo\rcaf\xe9 Three") == (
        "it is not UTF-8 text (byte 0xe9 at position 12, line 3); save it as UTF-8"
    )


def test_a_binary_file_says_so(read: Read):
    assert reason(read, "a.txt", b"PK\x03\x04\0\0") == (
        "it is binary (it holds NUL bytes)"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_told_from_binary(read: Read, encoding: str):
    content = "\ufeffWords".encode(encoding)

    assert reason(read, "a.txt", content) == "it is UTF-16 text; save it as UTF-8"


def test_a_file_that_is_gone_says_so(tmp_path: Path):
    with pytest.raises(DocumentError, match="it cannot be read: no such file"):
        read_document(SourceFile("a.txt", tmp_path, 1, 0), "english")


def test_a_file_that_may_not_be_read_says_so(locked: Path):
    file = SourceFile("closed.txt", locked, 1, 0)
    with pytest.raises(DocumentError, match="it cannot be read: permission denied"):
        read_document(file, "english")


def test_lines_that_are_skipped_are_returned_with_their_file(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Words."}\nnothing\n', encoding="utf-8")

    _, skipped = read_document(SourceFile("a.jsonl", tmp_path, 1, 0), "english")

    assert list(map(str, skipped)) == ["skipped a.jsonl: line 2: it is not JSON"]


def test_records_that_are_all_unusable_say_why(read: Read):
    assert reason(read, "a.jsonl", "[]\n") == (
        "it holds no text to answer from (line 1: it is not a JSON object)"
    )


@pytest.mark.parametrize(
    ("name", "opening", "unit", "closing"),
    [
        ("a.txt", "", "It is so. ", ""),
        ("a.txt", "", "It is so, they say\nand more.\n", ""),
        ("a.txt", "", "- item\n", ""),
        ("a.md", "", "It is so. ", ""),
        ("a.md", "```\n", "# a\nb\n", ""),
        ("a.jsonl", '{"text": "', "It is so. ", '"}'),
        ("a.jsonl", '{"text": "', "One\\nTwo.\\n", '"}'),
    ],
)
def test_twice_the_text_takes_about_twice_the_time(
    read: Read, name: str, opening: str, unit: str, closing: str
):
    def seconds(size: int) -> float:
        content = opening + unit * (size // len(unit)) + closing
        times = []
        for _ in range(3):
            start = time.process_time()
            read(name, content)
            times.append(time.process_time() - start)
        return min(times)

    read(name, opening + unit + closing)
    assert seconds(40_000) < 10 * max(seconds(10_000), 0.01)


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(data: bytes):
    try:
        text = decode(data)
    except DocumentError:
        return
    assert "\r" not in text
    assert "\0" not in text
