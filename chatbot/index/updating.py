"""Files to analysed documents, reading only those that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chatbot.documents.discovery import SourceFile
from chatbot.documents.reading import read_document
from chatbot.errors import DocumentError
from chatbot.index.analysis import AnalysedDocument, analyse
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.file_states import FileState, is_unchanged
from chatbot.index.report import Progress


def updated_documents(
    files: Sequence[SourceFile],
    previous: CorpusIndex | None,
    states: Mapping[str, FileState],
    language: str,
    progress: Progress | None,
) -> tuple[list[AnalysedDocument], list[FileState], int]:
    """The documents of a corpus, those of unchanged files taken from `previous`.

    `states` are the files as `previous` took them in; `language` is that of all, or
    empty to have each file's detected. Returns the documents in corpus
    order, the state of every file, and how many files were read.
    """
    words = list(previous.words) if previous else []
    documents: list[AnalysedDocument] = []
    new_states: list[FileState] = []
    read = 0
    for done, file in enumerate(files):
        if progress:
            progress(done, len(files))
        state = states.get(file.source)
        if previous and state and is_unchanged(file, state):
            if state.is_served:
                number = previous.store.document_number(file.source)
                assert number is not None
                documents.append(previous.store.analysed(number, words))
        else:
            read += 1
            document, state = _read(file, language)
            if document:
                documents.append(document)
        new_states.append(state)
    if progress:
        progress(len(files), len(files))
    return documents, new_states, read


def _read(file: SourceFile, language: str) -> tuple[AnalysedDocument | None, FileState]:
    try:
        state = FileState.of(file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        unread = FileState(file.source, file.size, file.modified, 0, "")
        return None, replace(unread, is_served=False, problems=(reason,))
    try:
        document, skipped = read_document(file, language)
    except DocumentError as error:
        return None, replace(state, is_served=False, problems=(str(error),))
    problems = tuple(entry.reason for entry in skipped)
    return analyse(document), replace(state, problems=problems)
