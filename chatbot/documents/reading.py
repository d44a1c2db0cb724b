"""Files to documents: decoded, read by their format's reader, cut to passages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from chatbot.documents.discovery import SourceFile
from chatbot.documents.document import Document, Passage, Skipped, is_of_records
from chatbot.documents.outline import Outline
from chatbot.documents.passages import cut_passages
from chatbot.documents.readers import (
    TEXT_READERS,
    Part,
    SkippedLines,
    cut_lines,
    read_json_lines,
)
from chatbot.documents.records import Records, cut_records
from chatbot.errors import DocumentError
from chatbot.language.detection import detected_language
from chatbot.language.sentences import sentence_splitter

_NEWLINE = re.compile("\r\n?")

_OTHER_ENCODINGS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
"""By the mark that a text in them begins with; that of UTF-32 begins with UTF-16's."""

DETECTED_BYTES = 250_000
"""The beginning of a file of records that is read in parts tells its language."""


def read_document(file: SourceFile, language: str) -> tuple[Document, list[Skipped]]:
    """Read a file that `find_files` found.

    `language` is its language's English name; an empty string has it detected. Returns
    the document and the lines of the file that are not served. Raises `DocumentError`,
    its message the reason alone, when nothing of it can be served.
    """
    with _explained():
        outline, skipped = _outline(file)
    document = _document(file, outline, language or detected_language(_prose(outline)))
    if not document.passages:
        raise no_text(skipped)
    return document, [Skipped(file.source, notice) for notice in skipped.notices]


def parts_of(file: SourceFile, size: int) -> list[Part]:
    """A file of records, larger than `size` bytes, as parts of about that size.

    Empty for other files, which are read whole. Raises `DocumentError`.
    """
    if not is_of_records(file.source) or file.size <= size:
        return []
    with _explained(), file.open() as stream:
        return cut_lines(stream, size)


def language_of_records(file: SourceFile) -> str:
    """The language of a file of records, from its beginning. Raises `DocumentError`."""
    with _explained(), file.open() as stream:
        outline, _ = read_json_lines(stream, "", Part(0, DETECTED_BYTES, 1))
    return detected_language(_prose(outline))


def read_part(
    file: SourceFile, part: Part, language: str
) -> tuple[Document, SkippedLines]:
    """Read a part of a file of records as a document, which may have no passages.

    Raises `DocumentError` when the file cannot be read.
    """
    with _explained(), file.open() as stream:
        outline, skipped = read_json_lines(stream, _default_title(file), part)
    return _document(file, outline, language), skipped


def no_text(skipped: SkippedLines) -> DocumentError:
    """What to raise for a file of which nothing can be served."""
    reasons = f" ({'; '.join(skipped.notices)})" if skipped.count else ""
    return DocumentError(f"it holds no text to answer from{reasons}")


@contextmanager
def _explained() -> Iterator[None]:
    """Turns the system's errors into a `DocumentError`."""
    try:
        yield
    except OSError as error:
        raise DocumentError(unreadable(error)) from None


def unreadable(error: OSError) -> str:
    """Why a file is not served that the system does not let be read."""
    return f"it cannot be read: {(error.strerror or type(error).__name__).lower()}"


def _document(file: SourceFile, outline: Outline, language: str) -> Document:
    splitter, source = sentence_splitter(language), file.source
    passages: Sequence[Passage]
    if isinstance(outline.blocks, Records):
        passages = cut_records(outline, outline.blocks, source, splitter)
    else:
        passages = cut_passages(outline, source, splitter.spans)
    return Document(
        source, outline.title, outline.text, outline.headings, passages, language
    )


def _prose(outline: Outline) -> str:
    """What of a document is written in a language: all but code, if there is such."""
    blocks = outline.blocks
    spans = (
        blocks.all_prose()
        if isinstance(blocks, Records)
        else (
            span
            for block in blocks
            if block.kind != "verbatim"
            for item in block.items
            for span in item.prose
        )
    )
    prose = "\n".join(outline.text[start:end] for start, end in spans)
    return prose or outline.text


def _outline(file: SourceFile) -> tuple[Outline, SkippedLines]:
    title = _default_title(file)
    if is_of_records(file.source):
        with file.open() as stream:
            return read_json_lines(stream, title)
    reader = TEXT_READERS[file.path.suffix.lower()]
    with file.open() as stream:
        content = stream.read(file.size + 1)
    if len(content) != file.size:
        raise DocumentError("it changed while it was being read")
    return reader(decode(content), title), SkippedLines()


def _default_title(file: SourceFile) -> str:
    name = " ".join(re.sub(r"[-_]", " ", file.path.stem).split())
    return name or file.path.name


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, with `\\n` line ends.

    Raises `DocumentError` for bytes that are none or not text.
    """
    if not data:
        raise DocumentError("it is empty")
    for mark, encoding in _OTHER_ENCODINGS.items():
        if data.startswith(mark):
            raise DocumentError(f"it is {encoding} text; save it as UTF-8")
    if b"\0" in data:
        raise DocumentError("it is binary (it holds NUL bytes)")
    try:
        return _NEWLINE.sub("\n", data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = _NEWLINE.sub("\n", data[: error.start].decode()).count("\n") + 1
        raise DocumentError(
            f"it is not UTF-8 text (byte 0x{data[error.start]:02x} at position "
            f"{error.start}, line {line}); save it as UTF-8"
        ) from None
