"""A corpus folder to an opened index: built when missing, updated when stale."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import Stemmer
from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from chatbot.documents.discovery import SourceFile, find_files
from chatbot.documents.document import Skipped
from chatbot.errors import CorpusError, IndexStorageError, SettingsError
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.file_states import FileState, is_unchanged
from chatbot.index.generations import new_generation, open_generation, scratch_folder
from chatbot.index.owner_synonyms import OwnerSynonyms, read_owner_synonyms
from chatbot.index.report import BuildProgress, IndexReport
from chatbot.language.languages import LANGUAGES
from chatbot.settings import Settings

ANALYSIS_VERSION = 13
"""Raised whenever reading, cutting or analysing gives other results than before."""

INDEX_FOLDER = ".index"
_LOCK = "building.lock"
_SILENT_WAIT_SECONDS = 2
_LONGEST_WAIT_SECONDS = 600
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What an index folder holds: an index that can be used or the reason it cannot."""

    index: CorpusIndex | None
    states: dict[str, FileState]
    is_current: bool
    reason: str = ""


def open_index(
    settings: Settings, progress: BuildProgress | None = None
) -> tuple[CorpusIndex, IndexReport]:
    """Open the index of the settings' corpus, building or updating it first if need be.

    Raises `CorpusError` when the corpus is missing or holds nothing to answer from,
    `IndexStorageError` when no index can be written, and `SettingsError` for a language
    that is not known.
    """
    started = time.perf_counter()
    corpus = settings.corpus_folder
    language = _checked(settings.language)
    folder = settings.index_folder or corpus / INDEX_FOLDER
    max_bytes = int(settings.max_file_megabytes * 2**20)
    files, skipped = find_files(corpus, folder, max_bytes)
    synonyms = read_owner_synonyms(corpus)
    notices: tuple[str, ...] = ()
    attempt = _attempt(folder, files, language, synonyms)
    if not attempt.is_current and not settings.index and not _is_writable(folder):
        folder = _cache_folder(corpus)
        notices = (f"{corpus} is read-only: its index is kept in {folder}.",)
        attempt = _attempt(folder, files, language, synonyms)
    read = 0
    if not attempt.is_current:
        if attempt.reason:
            notices = (*notices, f"The index is built anew: {attempt.reason}.")
        megabytes = settings.build_memory_megabytes
        attempt, read = _built(folder, files, language, synonyms, megabytes, progress)
    skipped = [*skipped, *synonyms.skipped, *_skipped(attempt.states.values())]
    if attempt.index is None or not len(attempt.index):
        raise CorpusError(_nothing_to_answer_from(corpus, skipped))
    return attempt.index, IndexReport(
        files=sum(state.is_served for state in attempt.states.values()),
        passages=len(attempt.index),
        terms=attempt.index.held_terms,
        read=read,
        seconds=time.perf_counter() - started,
        skipped=tuple(skipped),
        notices=notices,
    )


def _attempt(
    folder: Path, files: list[SourceFile], language: str, synonyms: OwnerSynonyms
) -> _Attempt:
    """Open what an index folder holds and compare it with the files of the corpus."""
    try:
        generation = open_generation(folder)
        if generation is None:
            return _Attempt(None, {}, is_current=False)
        if generation.manifest["analysis"] != _fingerprint(language):
            raise IndexStorageError("it was built with other settings")
        index = CorpusIndex(generation)
        noted = [FileState.from_json(entry) for entry in generation.manifest["sources"]]
    except IndexStorageError as error:
        return _Attempt(None, {}, is_current=False, reason=str(error))
    except (KeyError, TypeError, ValueError) as error:
        reason = f"it is damaged ({error!r})"
        return _Attempt(None, {}, is_current=False, reason=reason)
    states = {state.source: state for state in noted}
    has_same_files = len(files) == len(states) and all(
        file.source in states and is_unchanged(file, states[file.source])
        for file in files
    )
    has_same_synonyms = generation.manifest.get("synonyms") == synonyms.hash
    return _Attempt(index, states, has_same_files and has_same_synonyms)


def _built(
    folder: Path,
    files: list[SourceFile],
    language: str,
    synonyms: OwnerSynonyms,
    megabytes: float,
    progress: BuildProgress | None,
) -> tuple[_Attempt, int]:
    """Build under the folder's lock, unless another process has done so meanwhile."""
    from chatbot.index.building import write_arrays
    from chatbot.index.readers import Readers
    from chatbot.index.scratch import Scratch
    from chatbot.index.updating import updated_segments

    with _locked(folder):
        attempt = _attempt(folder, files, language, synonyms)
        if attempt.is_current:
            return attempt, 0
        with scratch_folder(folder) as spare:
            scratch = Scratch(spare)
            update = updated_segments(
                files,
                attempt.index,
                attempt.states,
                language,
                Readers(scratch, megabytes),
                progress,
            )
            if not update.segments:
                noted = {state.source: state for state in update.states}
                return _Attempt(None, noted, is_current=False), update.read
            manifest = {
                "analysis": _fingerprint(language),
                "synonyms": synonyms.hash,
                "sources": [state.to_json() for state in update.states],
            }
            with new_generation(folder, manifest) as writer:
                write_arrays(update.segments, synonyms.rules, writer, scratch)
        return _attempt(folder, files, language, synonyms), update.read


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock that lets one process at a time build in an index folder.

    Waits for another builder, saying so, as long as a large build may take.
    """
    lock = FileLock(folder / _LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=_SILENT_WAIT_SECONDS)
        except Timeout:
            _log.warning("Another process is building %s; waiting for it.", folder)
            lock.acquire(timeout=_LONGEST_WAIT_SECONDS)
    except Timeout as error:
        raise IndexStorageError(
            f"Another process has been building {folder} for too long. Stop it, or set "
            "CHATBOT_INDEX to another folder."
        ) from error
    except OSError as error:
        raise IndexStorageError(
            f"The index folder {folder} cannot be written: {error.strerror}. "
            "Set CHATBOT_INDEX to a folder that can."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _fingerprint(language: str) -> dict[str, Any]:
    """What besides the files decides what an index holds."""
    return {
        "version": ANALYSIS_VERSION,
        "language": language,
        "stemmer": Stemmer.version(),
    }


def _checked(language: str) -> str:
    """The language that is set for all documents; empty when each is detected."""
    if language and language not in LANGUAGES:
        raise SettingsError(
            f"CHATBOT_LANGUAGE is {language!r}; leave it empty to have each document's "
            f"language detected, or set it to one of: {', '.join(LANGUAGES)}."
        )
    return language


def _is_writable(folder: Path) -> bool:
    existing = next(p for p in (folder, *folder.parents) if os.path.exists(p))
    return os.access(existing, os.W_OK | os.X_OK)


def _cache_folder(corpus: Path) -> Path:
    """The folder in the user's cache that belongs to a corpus folder."""
    digest = hashlib.sha256(str(corpus.resolve()).encode("utf-8", "surrogateescape"))
    return user_cache_path("chatbot") / f"{corpus.name}-{digest.hexdigest()[:16]}"


def _skipped(states: Iterable[FileState]) -> list[Skipped]:
    return [
        Skipped(state.source, problem) for state in states for problem in state.problems
    ]


def _nothing_to_answer_from(corpus: Path, skipped: Sequence[Skipped]) -> str:
    reasons = "".join(f"\n  {entry}" for entry in skipped[:10])
    return (
        f"{corpus} holds no document to answer from. Put text files (.txt), Markdown "
        f"(.md) or JSON Lines (.jsonl) into it.{reasons}"
    )
