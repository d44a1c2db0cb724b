import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.documents.document import Passage
from chatbot.documents.outline import Outline
from chatbot.documents.readers import json_records
from chatbot.documents.readers.json_lines import read_json_lines

Cut = Callable[[Outline], tuple[Passage, ...]]


def read(*lines: object) -> tuple[Outline, list[str]]:
    """The outline of lines that are given as bytes or as what they hold."""
    data = b"\n".join(
        line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
    )
    outline, skipped = read_json_lines(io.BytesIO(data), "the file")
    return outline, list(skipped.notices)


def notices(*lines: object) -> list[str]:
    return read(*lines)[1]


def test_a_record_is_a_passage_with_its_own_id(cut: Cut):
    record = {
        "id": "r-1",
        "title": "Returns",
        "text": "Within 30 days. Unworn.",
        "url": "https://example.org/returns",
    }
    outline, skipped = read(record)

    (passage,) = cut(outline)
    assert passage.id == "r-1"
    assert passage.text == "Within 30 days. Unworn."
    assert passage.title == passage.heading == "Returns"
    assert passage.url == "https://example.org/returns"
    assert len(passage.sentences) == 2
    assert outline.text == "Returns\nWithin 30 days. Unworn.\n\n"
    assert outline.title == "the file"
    assert skipped == []


def test_ids_may_be_integers_and_default_to_the_line(cut: Cut):
    outline, _ = read({"id": 17, "text": "One."}, b"", {"text": "Two."})

    assert [(passage.id, passage.line) for passage in cut(outline)] == [
        ("17", 1),
        ("3", 3),
    ]


def test_records_without_a_title_have_the_files(cut: Cut):
    (passage,) = cut(read({"title": None, "text": "One."})[0])

    assert (passage.title, passage.headings) == ("the file", ())


def test_a_title_that_consecutive_records_share_is_written_once(cut: Cut):
    outline, _ = read(
        {"title": "A", "text": "One."},
        {"title": " A\n", "text": "Two."},
        {"text": "Three."},
        {"title": "A", "text": "Four."},
    )

    assert outline.text == "A\nOne.\n\nTwo.\n\nThree.\n\nA\nFour.\n\n"
    assert [(heading.text, heading.line) for heading in outline.headings] == [
        ("A", 1),
        ("A", 4),
    ]
    assert [passage.heading for passage in cut(outline)] == ["A", "A", "", "A"]


def test_line_ends_in_a_text_end_sentences(cut: Cut):
    (passage,) = cut(read({"text": "One\r\ntwo\n\n three"})[0])

    assert passage.text == "One\ntwo\n\n three"
    sentences = [passage.text[start:end] for start, end in passage.sentences]
    assert sentences == ["One", "two", "three"]


def test_a_byte_order_mark_is_passed_over(cut: Cut):
    (passage,) = cut(read(b'\xef\xbb\xbf{"text": "One."}')[0])

    assert passage.text == "One."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"nothing", "it is not JSON"),
        (b'{"text": "cut', "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b'{"id": ' + b"1" * 5000 + b', "text": "x"}', "it is not JSON"),
        (b'{"text": "\xff"}', "it is not UTF-8 text (byte 0xff)"),
        ([], "it is not a JSON object"),
        (None, "it is not a JSON object"),
        (b"NaN", "it is not a JSON object"),
        ({}, "it has no “text”"),
        ({"text": " \ufeff\n"}, "it has no “text”"),
        ({"text": 5}, "its “text” is not a string"),
        ({"text": "x", "title": ["y"]}, "its “title” is not a string"),
        ({"text": "x", "url": 1.5}, "its “url” is not a string"),
        ({"text": "x", "id": True}, "its “id” is neither a string nor an integer"),
        (
            {"text": "x", "id": float("nan")},
            "its “id” is neither a string nor an integer",
        ),
        ({"text": "\ud800"}, "it holds half of a surrogate pair (\\ud800 to \\udfff)"),
    ],
)
def test_a_line_that_is_no_record_costs_that_line_only(
    cut: Cut, line: object, reason: str
):
    outline, skipped = read({"text": "One."}, line, {"text": "Two."})

    assert [passage.text for passage in cut(outline)] == ["One.", "Two."]
    assert skipped == [f"line 2: {reason}"]


def test_numbers_that_are_none_are_passed_over_in_other_fields(cut: Cut):
    assert len(cut(read(b'{"text": "One.", "score": NaN}')[0])) == 1


def test_many_bad_lines_are_counted_not_listed():
    assert notices(*[b"x"] * 1239) == [
        *(f"line {number}: it is not JSON" for number in range(1, 6)),
        "and 1,234 more lines",
    ]


def test_a_single_further_line_is_counted_in_the_singular():
    assert notices(*[b"x"] * 6)[-1] == "and 1 more line"


def test_a_line_without_end_is_skipped(monkeypatch: pytest.MonkeyPatch, cut: Cut):
    monkeypatch.setattr(json_records, "LINE_BYTES", 40)
    outline, skipped = read({"text": "x" * 200}, {"text": "Two."})

    assert [(passage.text, passage.line) for passage in cut(outline)] == [("Two.", 2)]
    assert skipped == ["line 1: it is longer than 40 bytes"]


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.text(), st.integers(), st.none(), st.floats(), st.booleans()
)
RECORDS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("id", "title", "text", "url"), VALUES)
)


@settings(deadline=None)
@given(st.lists(st.one_of(RECORDS, VALUES, st.binary()), max_size=8))
def test_offsets_hold_for_any_lines(cut: Cut, lines: list[object]):
    outline, skipped = read(*lines)
    passages = cut(outline)

    assert all(passage.id for passage in passages)
    assert len(outline.blocks) == len(passages)
    assert len(skipped) <= 6
