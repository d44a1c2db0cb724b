import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.readers.json_records import LineError, records_in

NUMBER_BETWEEN_LINES = b"9007199254740993"

values = st.one_of(st.text(), st.integers(), st.none(), st.floats(), st.booleans())
texts = st.text(min_size=1)
records = st.fixed_dictionaries(
    {"text": texts},
    optional={
        "id": st.one_of(texts, st.integers(), st.none()),
        "title": st.one_of(st.sampled_from(["", "A", " A\n", "B"]), st.none()),
        "url": st.one_of(texts, st.none()),
    },
)
others = st.one_of(
    st.dictionaries(st.sampled_from(["id", "title", "text", "url"]), values),
    values,
    st.lists(records, max_size=2),
)
written = st.builds(
    lambda value, ascii_: json.dumps(value, ensure_ascii=ascii_).encode(
        "utf-8", "surrogatepass"
    ),
    st.one_of(records, records, records, others),
    st.booleans(),
)


def read(lines: list[bytes]) -> list[tuple[int, object]]:
    """What stands on the lines, a reason for each that is no record."""
    found = records_in(io.BytesIO(b"\n".join(lines)), math.inf, 1)
    return [
        (number, str(record) if isinstance(record, LineError) else record)
        for number, record in found
    ]


def read_alone(lines: list[bytes]) -> list[tuple[int, object]]:
    """The same, each line read by itself."""
    return [
        (number, str(record) if isinstance(record, LineError) else record)
        for number, line in enumerate(lines, 1)
        for _, record in records_in(io.BytesIO(line), math.inf, number)
    ]


@given(st.lists(written, min_size=2, max_size=6))
def test_lines_that_are_read_together_are_what_each_is(lines: list[bytes]):
    assert read(lines) == read_alone(lines)


@pytest.mark.parametrize(
    "lines",
    [
        [b'{"text": "a"},{"text": "b"', b"}"],
        [b'{"text": "a"},{"text": "b"}', b'{"text": "c", "more": [1', b"2]}"],
        [b'{"text": "a"},%s,{"text": "b"}' % NUMBER_BETWEEN_LINES, b'{"a": [', b"]}"],
        [b'{"text": "a", "id": 9007199254740993}', b'{"text": "b"}'],
        [b'{"text": "a"},9007199254740993.0,{"text": "b"}', b'{"a": [0', b"0]}"],
        [b'{"text": "a"}]', b'[{"text": "b"}'],
        [b'{"text": "a\\ud800"}', b'{"text": "b"}'],
        [b'{"text": "a\\u0000"}', b'{"text": "b\\r"}'],
        [b'{"text": "a\xff"}', b'{"text": "b"}'],
        [b"", b'{"text": "a"}', b"  "],
    ],
)
def test_no_line_changes_what_another_is(lines: list[bytes]):
    assert read(lines) == read_alone(lines)
