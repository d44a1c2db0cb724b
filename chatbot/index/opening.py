"""A corpus folder to an opened index: built when missing, updated when stale."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import Stemmer

from chatbot.documents.discovery import SourceFile, find_files
from chatbot.documents.document import Skipped
from chatbot.errors import CorpusError, IndexStorageError, SettingsError
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.file_states import FileState, is_unchanged
from chatbot.index.generations import Generation, open_generation
from chatbot.index.owner_synonyms import OwnerSynonyms, read_owner_synonyms
from chatbot.index.report import BuildProgress, IndexReport
from chatbot.language.languages import LANGUAGES
from chatbot.settings import Settings

ANALYSIS_VERSION = 20
"""Raised whenever reading, cutting or analysing gives other results than before."""

_LOCK = "building.lock"
_SILENT_WAIT_SECONDS = 2
_LONGEST_WAIT_SECONDS = 600
_log = logging.getLogger(__name__)

Build = Callable[[Path, Settings, BuildProgress | None], int]
"""Brings an index folder up to date; the number of files that were read."""


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What a corpus folder holds now."""

    files: list[SourceFile]
    skipped: list[Skipped]
    synonyms: OwnerSynonyms


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What an index folder holds: an index that can be used or the reason it cannot."""

    index: CorpusIndex | None
    states: dict[str, FileState]
    is_current: bool
    reason: str = ""


def open_index(
    settings: Settings,
    progress: BuildProgress | None = None,
    serving: CorpusIndex | None = None,
    build: Build | None = None,
) -> tuple[CorpusIndex, IndexReport]:
    """Open the index of the settings' corpus, building or updating it first if need be.

    `serving` is an index opened earlier with these settings: it is given back when the
    corpus is still as it was then, whatever the index folder holds now. `build` does
    the building in place of `build_index`. Raises `CorpusError` when the corpus is
    missing or holds nothing to answer from, `IndexStorageError` when no index can be
    written, and `SettingsError` for a language that is not known.
    """
    started = time.perf_counter()
    corpus = settings.corpus_folder
    language = _checked(settings.language)
    folder = settings.index_folder
    found = _found(settings)
    notices: tuple[str, ...] = ()
    attempt = None
    if serving and serving.is_sound:
        attempt = _compared(serving, _states(serving), found)
    if attempt is None or not attempt.is_current:
        attempt = _attempt(folder, found, language)
    if not attempt.is_current and not settings.index and not _is_writable(folder):
        folder = _cache_folder(corpus)
        notices = (f"{corpus} is read-only: its index is kept in {folder}.",)
        attempt = _attempt(folder, found, language)
    read = 0
    if not attempt.is_current:
        if attempt.reason:
            notices = (*notices, f"The index is built anew: {attempt.reason}.")
        read = (build or build_index)(folder, settings, progress)
        attempt = _opened(folder, language)
    states = attempt.states.values()
    if attempt.reason:
        raise IndexStorageError(
            f"The index {folder} cannot be used as soon as it is built: "
            f"{attempt.reason}. Set CHATBOT_INDEX to a folder on another disk."
        )
    if attempt.index is None or not len(attempt.index):
        raise _nothing_to_answer_from(settings, found, states)
    return attempt.index, IndexReport(
        files=sum(state.is_served for state in states),
        passages=len(attempt.index),
        terms=attempt.index.held_terms,
        read=read,
        seconds=time.perf_counter() - started,
        generation=attempt.index.folder,
        skipped=tuple(_skipped(found, states)),
        notices=notices,
    )


def _found(settings: Settings) -> _Corpus:
    corpus = settings.corpus_folder
    max_bytes = int(settings.max_file_megabytes * 2**20)
    files, skipped = find_files(corpus, settings.index_folder, max_bytes)
    return _Corpus(files, skipped, read_owner_synonyms(corpus))


def _attempt(folder: Path, found: _Corpus, language: str) -> _Attempt:
    """Open what an index folder holds and compare it with the files of the corpus."""
    attempt = _opened(folder, language)
    if attempt.index is None:
        return attempt
    return _compared(attempt.index, attempt.states, found)


def _opened(folder: Path, language: str) -> _Attempt:
    """Open what an index folder holds, whatever the corpus holds now."""
    try:
        generation = open_generation(folder)
        if generation is None:
            return _Attempt(None, {}, is_current=False)
        if generation.manifest["analysis"] != _fingerprint(language):
            raise IndexStorageError("it was built with other settings")
        index = CorpusIndex(generation)
        return _Attempt(index, _states(index), is_current=False)
    except IndexStorageError as error:
        return _Attempt(None, {}, is_current=False, reason=str(error))
    except (LookupError, TypeError, ValueError, MemoryError) as error:
        reason = f"it is damaged ({error!r})"
        return _Attempt(None, {}, is_current=False, reason=reason)


def _compared(
    index: CorpusIndex, states: dict[str, FileState], found: _Corpus
) -> _Attempt:
    """Compare what an index took in with what the corpus holds."""
    has_same_files = len(found.files) == len(states) and all(
        file.source in states and is_unchanged(file, states[file.source])
        for file in found.files
    )
    has_same_synonyms = index.manifest.get("synonyms") == found.synonyms.hash
    return _Attempt(index, states, has_same_files and has_same_synonyms)


def _states(index: CorpusIndex) -> dict[str, FileState]:
    """The files as an index took them in, by their paths."""
    noted = map(FileState.from_json, index.manifest["sources"])
    return {state.source: state for state in noted}


def build_index(
    folder: Path, settings: Settings, progress: BuildProgress | None
) -> int:
    """Bring an index folder up to date under its lock; the number of files read.

    It is 0 when another process has done so meanwhile. The corpus is looked through
    anew, as it may have changed while the lock was waited for. Raises `CorpusError`
    and `IndexStorageError` as `open_index` does.
    """
    from chatbot.index.compared_arrays import DamagedArrayError, compared_beside

    with _locked(folder):
        found = _found(settings)
        attempt = _attempt(folder, found, settings.language)
        if attempt.is_current:
            return 0
        if attempt.index:
            with (
                suppress(DamagedArrayError),
                compared_beside(attempt.index.generation) as previous,
            ):
                return _write(
                    folder, settings, found, previous, attempt.states, progress
                )
        return _write(folder, settings, found, None, {}, progress)


def _write(
    folder: Path,
    settings: Settings,
    found: _Corpus,
    previous: Generation | None,
    states: Mapping[str, FileState],
    progress: BuildProgress | None,
) -> int:
    """Write the next generation for what was found; the number of files read.

    `states` are the files as the `previous` generation took them in.
    """
    from chatbot.index.generation_writer import scratch_folder
    from chatbot.index.next_generation import write_generation
    from chatbot.index.readers import Readers
    from chatbot.index.scratch import Scratch
    from chatbot.index.updating import updated_segments

    with scratch_folder(folder) as spare:
        scratch = Scratch(spare)
        update = updated_segments(
            found.files,
            previous.arrays if previous else None,
            states,
            settings.language,
            Readers(scratch, settings.build_memory_megabytes),
            progress,
        )
        if not update.segments:
            raise _nothing_to_answer_from(settings, found, update.states)
        manifest = {
            "analysis": _fingerprint(settings.language),
            "synonyms": found.synonyms.hash,
            "sources": [state.to_json() for state in update.states],
        }
        rules = found.synonyms.rules
        write_generation(folder, manifest, previous, update, rules, scratch)
    return update.read


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock that lets one process at a time build in an index folder.

    Waits for another builder, saying so, as long as a large build may take.
    """
    from filelock import FileLock, Timeout

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
    from platformdirs import user_cache_path

    digest = hashlib.sha256(str(corpus.resolve()).encode("utf-8", "surrogateescape"))
    return user_cache_path("chatbot") / f"{corpus.name}-{digest.hexdigest()[:16]}"


def _skipped(found: _Corpus, states: Iterable[FileState]) -> list[Skipped]:
    """What is not served: files passed over, files and lines that cannot be read."""
    problems = (
        Skipped(state.source, problem) for state in states for problem in state.problems
    )
    return [*found.skipped, *found.synonyms.skipped, *problems]


def _nothing_to_answer_from(
    settings: Settings, found: _Corpus, states: Iterable[FileState]
) -> CorpusError:
    reasons = "".join(f"\n  {entry}" for entry in _skipped(found, states)[:10])
    return CorpusError(
        f"{settings.corpus_folder} holds no document to answer from. Put text files "
        f"(.txt), Markdown (.md) or JSON Lines (.jsonl) into it.{reasons}"
    )
