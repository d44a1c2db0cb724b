"""Which files are documents, by how their names end."""

from __future__ import annotations

from chatbot.documents.document import RECORD_SUFFIX

PLAIN_TEXT_SUFFIXES = (".txt", ".text")
MARKDOWN_SUFFIXES = (".md", ".markdown")

SUFFIXES = (*PLAIN_TEXT_SUFFIXES, *MARKDOWN_SUFFIXES, RECORD_SUFFIX)
