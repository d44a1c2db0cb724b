"""One file to one document: decoded, read by its format's reader, cut to passages."""

from __future__ import annotations

import codecs
import re

from chatbot.documents.discovery import SourceFile
from chatbot.documents.document import Document, Skipped
from chatbot.documents.outline import Outline
from chatbot.documents.passages import cut_passages
from chatbot.documents.readers import RECORD_SUFFIXES, TEXT_READERS, read_json_lines
from chatbot.errors import DocumentError
from chatbot.language.detection import detected_language
from chatbot.language.sentences import sentence_splitter

_NEWLINE = re.compile("\r\n?")


def read_document(file: SourceFile, language: str) -> tuple[Document, list[Skipped]]:
    """Read a file that `find_files` found.

    `language` is its language's English name; an empty string has it detected. Returns
    the document and the lines of the file that are not served. Raises `DocumentError`,
    its message the reason alone, when nothing of it can be served.
    """
    try:
        outline, notices = _outline(file)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentError(f"it cannot be read: {reason.lower()}") from None
    language = language or detected_language(_prose(outline))
    split_sentences = sentence_splitter(language).spans
    passages = cut_passages(outline, file.source, split_sentences)
    if not passages:
        reasons = f" ({'; '.join(notices)})" if notices else ""
        raise DocumentError(f"it holds no text to answer from{reasons}")
    document = Document(
        file.source,
        outline.title,
        outline.text,
        outline.headings,
        passages,
        language,
    )
    return document, [Skipped(file.source, notice) for notice in notices]


def _prose(outline: Outline) -> str:
    """What of a document is written in a language: all but code, if there is such."""
    spans = (
        span
        for block in outline.blocks
        if block.kind != "verbatim"
        for item in block.items
        for span in item.prose
    )
    prose = "\n".join(outline.text[start:end] for start, end in spans)
    return prose or outline.text


def _outline(file: SourceFile) -> tuple[Outline, list[str]]:
    title = " ".join(re.sub(r"[-_]", " ", file.path.stem).split()) or file.path.name
    suffix = file.path.suffix.lower()
    if suffix in RECORD_SUFFIXES:
        with file.path.open("rb") as stream:
            return read_json_lines(stream, title)
    return TEXT_READERS[suffix](decode(file.path.read_bytes()), title), []


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, with `\\n` line ends.

    Raises `DocumentError` for bytes that are none or not text.
    """
    if not data:
        raise DocumentError("it is empty")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DocumentError("it is UTF-16 text; save it as UTF-8")
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
