"""Segments to the documents, passages and words of one index, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.index.segments import PARTS, Segment
from chatbot.index.string_table import StringTable, opened_table

Block = NDArray[Any]
Blocks = Iterator[Block]


Ends = Mapping[str, int]
"""The last entry of each array of offsets that is gone on with, by name; 0 without."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a segment's rows come to stand.

    `firsts` are, by level, the numbers of its first rows; `characters` are those of its
    first document that stand in the segments before. `words` gives what is written for
    each of its words.
    """

    firsts: Mapping[str, int]
    characters: int
    words: NDArray[np.int32]


def is_offsets(name: str) -> bool:
    """Whether an array of a `PassageStore` has an entry more than there are rows."""
    return name in PARTS or name.endswith("_offsets")


def merged(
    segments: Sequence[Segment],
    words: Sequence[NDArray[np.int32]],
    languages: Sequence[str],
    after: Ends,
) -> Iterator[tuple[str, Blocks]]:
    """The rows of a `PassageStore` over all segments, by the array's name, in blocks.

    Arrays of offsets lack the first entry. `words` gives, for each segment, what is
    written for each of its words; `languages` are those that documents are numbered
    by.
    """
    placed = list(zip(segments, _places(segments, words, after), strict=True))
    for name, array in _documents(segments, languages, after).items():
        yield name, iter([array])
    for name, (level, _) in PARTS.items():
        if level != "documents":
            offsets = (segment.offsets(name) for segment in segments)
            yield name, _joined_ends(offsets, after.get(name, 0))
    for name, (level, change) in _COLUMNS.items():
        yield name, _changed(placed, name, level, change)
    for name, level in _TABLES.items():
        tables = [segment.strings(name, level) for segment in segments]
        yield f"{name}_content", (_content(table) for table in tables)
        offsets = (table.offsets for table in tables)
        ends = after.get(f"{name}_offsets", 0)
        yield f"{name}_offsets", _joined_ends(offsets, ends)


def _places(
    segments: Sequence[Segment], words: Sequence[NDArray[np.int32]], after: Ends
) -> Iterator[_Place]:
    firsts = {part: after.get(name, 0) for name, (_, part) in PARTS.items()}
    characters = 0
    for segment, own_words in zip(segments, words, strict=True):
        if not segment.continues:
            characters = 0
        yield _Place(dict(firsts), characters, own_words)
        for part in firsts:
            firsts[part] += len(segment.rows[part])
        last = segment.documents[-1]
        characters += int(segment.arrays["document_characters"][last])


def _moved_spans(spans: Block, segment: Segment, place: _Place) -> Block:
    return spans + place.characters


def _moved_bytes(spans: Block, segment: Segment, place: _Place) -> Block:
    return spans + (place.firsts["text"] - segment.rows["text"].start)


def _moved_headings(numbers: Block, segment: Segment, place: _Place) -> Block:
    shift = place.firsts["headings"] - segment.rows["headings"].start
    return np.where(numbers < 0, numbers, numbers + shift).astype(np.int32)


def _renumbered(words: Block, segment: Segment, place: _Place) -> Block:
    return place.words[words]


def _unchanged(rows: Block, segment: Segment, place: _Place) -> Block:
    return rows


_Change = Callable[[Block, Segment, _Place], Block]

_COLUMNS: Mapping[str, tuple[str, _Change]] = {
    "text": ("text", _unchanged),
    "heading_parents": ("headings", _moved_headings),
    "heading_levels": ("headings", _unchanged),
    "heading_lines": ("headings", _unchanged),
    "heading_spans": ("headings", _moved_spans),
    "heading_words": ("heading_words", _renumbered),
    "passage_headings": ("passages", _moved_headings),
    "passage_spans": ("passages", _moved_spans),
    "passage_bytes": ("passages", _moved_bytes),
    "passage_lines": ("passages", _unchanged),
    "sentence_spans": ("sentences", _moved_spans),
    "sentence_words": ("sentence_words", _renumbered),
    "sentence_kinds": ("sentences", _unchanged),
}
"""By name, the level of an array and what becomes of its rows."""

_LINES = ("document_acronyms", "document_capitals")
"""Tables whose strings are lines, of which no two are the same."""

_OF_DOCUMENTS = ("document_sources", "document_titles", *_LINES)

_TABLES = {
    "heading_texts": "headings",
    "passage_ids": "passages",
    "passage_titles": "passages",
    "passage_urls": "passages",
}


def _changed(
    placed: Sequence[tuple[Segment, _Place]], name: str, level: str, change: _Change
) -> Blocks:
    for segment, place in placed:
        for block in segment.blocks(name, level):
            yield change(block, segment, place)


def _joined_ends(several: Iterator[NDArray[np.int64]], total: int) -> Blocks:
    """Where each row ends: offsets that go on where those before do, from `total`."""
    for offsets in several:
        yield offsets[1:] + (total - offsets[0])
        total += int(offsets[-1] - offsets[0])


def _content(table: StringTable) -> NDArray[np.uint8]:
    return table.content[table.offsets[0] : table.offsets[-1]]


def _documents(
    segments: Sequence[Segment], languages: Sequence[str], after: Ends
) -> dict[str, Block]:
    """The arrays by document; parts of a document are counted as one."""
    numbers = {language: number for number, language in enumerate(languages)}
    strings: dict[str, list[str]] = {name: [] for name in _OF_DOCUMENTS}
    characters: list[int] = []
    language_numbers: list[int] = []
    ends: dict[str, list[int]] = {
        name: [after.get(name, 0)]
        for name, (level, _) in PARTS.items()
        if level == "documents"
    }
    for segment in segments:
        own = list(opened_table(segment.arrays, "languages"))
        rows = segment.documents
        of_rows = segment.arrays["document_languages"][rows.start : rows.stop].tolist()
        lengths = segment.arrays["document_characters"][rows.start : rows.stop].tolist()
        tables = {name: list(segment.strings(name, "documents")) for name in strings}
        if segment.continues:
            characters[-1] += lengths.pop(0)
            of_rows.pop(0)
            for name, table in tables.items():
                part = table.pop(0)
                if name in _LINES:
                    lines = {*strings[name][-1].split("\n"), *part.split("\n")} - {""}
                    strings[name][-1] = "\n".join(sorted(lines))
        characters += lengths
        language_numbers += [numbers[own[number]] for number in of_rows]
        for name, table in tables.items():
            strings[name] += table
        for name, known in ends.items():
            last = known[-1]
            if segment.continues:
                known.pop()
            offsets = segment.offsets(name)[1:].tolist()
            known += [last + offset for offset in offsets]
    return {
        "document_languages": np.array(language_numbers, dtype=np.int32),
        "document_characters": np.array(characters, dtype=np.int64),
        **{name: np.array(found[1:], dtype=np.int64) for name, found in ends.items()},
        **_string_rows(strings, after),
    }


def _string_rows(strings: Mapping[str, Sequence[str]], after: Ends) -> dict[str, Block]:
    """The rows of string tables by name, their offsets without the first entry."""
    rows: dict[str, Block] = {}
    for name, own in strings.items():
        table = StringTable.of(own)
        rows[f"{name}_content"] = table.content
        ends = table.offsets[1:] + after.get(f"{name}_offsets", 0)
        rows[f"{name}_offsets"] = ends
    return rows
