"""Which files are documents, by how their names end."""

from __future__ import annotations

from chatbot.documents.document import RECORD_SUFFIX

PLAIN_TEXT_SUFFIXES = (".txt", ".text")
MARKDOWN_SUFFIXES = (".md", ".markdown")

RECORD_SUFFIXES = (RECORD_SUFFIX,)
"""Suffixes of the files that hold a record on each line and are read as a stream."""

SUFFIXES = (*PLAIN_TEXT_SUFFIXES, *MARKDOWN_SUFFIXES, *RECORD_SUFFIXES)
