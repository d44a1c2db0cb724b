"""The files of a corpus: which are documents, and why the others are not."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from chatbot.documents.corpus_files import open_inside
from chatbot.documents.document import Skipped, is_of_records
from chatbot.documents.formats import SUFFIXES
from chatbot.errors import CorpusError

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
"""Characters that no address of a page takes."""

SYNONYMS_FILE = "synonyms.txt"
"""The owner's synonyms: no document when it stands in the corpus folder itself."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read as a document.

    `source` is its path inside the folder `corpus`, with forward slashes; `modified` is
    its time of modification in nanoseconds.
    """

    source: str
    corpus: Path
    size: int
    modified: int

    @property
    def path(self) -> Path:
        """Where it stands, to tell of it; `open` is the way to read it."""
        return self.corpus / self.source

    def open(self) -> BufferedReader:
        """Open it for reading, as `open_inside` does."""
        return open_inside(self.corpus, self.source)


class _NotServedError(Exception):
    """The file or folder is not read; the message is the reason."""


def find_files(
    corpus: Path, index_folder: Path | None, max_bytes: int
) -> tuple[list[SourceFile], list[Skipped]]:
    """The files to read below a folder, and those skipped, each ordered by source.

    Hidden files and folders, the index folder and the synonyms at the top are passed
    over without a word; links to folders are not followed. JSON Lines files may be
    larger than `max_bytes`. Raises `CorpusError` when the corpus is not a folder that
    can be read.
    """
    files: list[SourceFile] = []
    skipped: list[Skipped] = []
    root = os.path.realpath(corpus)
    index = os.path.realpath(index_folder) if index_folder else None
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(os.path.join(corpus, folder)) as listed:
                entries = list(listed)
        except OSError as error:
            if not folder:
                raise CorpusError(_unusable(corpus, error)) from None
            skipped.append(Skipped(folder, _unreadable(error)))
            continue
        for entry in entries:
            source = f"{folder}/{entry.name}" if folder else entry.name
            is_ours = os.path.join(root, source) == index or source == SYNONYMS_FILE
            if entry.name.startswith(".") or is_ours:
                continue
            try:
                file = _source_file(corpus, source, entry, root, index)
                if file is None:
                    folders.append(source)
                else:
                    _check_size(file, max_bytes)
                    files.append(file)
            except _NotServedError as error:
                skipped.append(Skipped(_printable(source), str(error)))
    files.sort(key=lambda file: file.source)
    skipped.sort(key=lambda notice: notice.source)
    return files, skipped


def _source_file(
    corpus: Path,
    source: str,
    entry: os.DirEntry[str],
    root: str,
    index: str | None,
) -> SourceFile | None:
    """The file to read at a path, or None when there is a folder to walk."""
    if not _is_utf8(source):
        raise _NotServedError("its name is not valid UTF-8; rename it")
    if _CONTROL.search(source):
        raise _NotServedError("its name has a line break or the like; rename it")
    try:
        status = entry.stat()
    except FileNotFoundError:
        raise _NotServedError("it is a link to nothing, or was removed") from None
    except OSError as error:
        raise _NotServedError(_unreadable(error)) from None
    is_link = entry.is_symlink()
    if stat.S_ISDIR(status.st_mode):
        if is_link:
            raise _NotServedError("it is a link to a folder; move the folder here")
        return None
    if not stat.S_ISREG(status.st_mode):
        raise _NotServedError("it is a pipe, a socket or a device, not a file")
    if is_link:
        target = os.path.realpath(entry.path)
        if not _is_inside(target, root) or _is_inside(target, index):
            raise _NotServedError("it is a link out of the corpus; copy the file here")
    if _suffix(source) not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        raise _NotServedError(f"files of this kind are not read, only {kinds}")
    return SourceFile(source, corpus, status.st_size, status.st_mtime_ns)


def _check_size(file: SourceFile, max_bytes: int) -> None:
    if file.size > max_bytes and not is_of_records(file.source):
        raise _NotServedError(
            f"it has {file.size:,} bytes, more than the {max_bytes:,} that "
            "CHATBOT_MAX_FILE_MB allows; split it or raise the setting"
        )


def _suffix(source: str) -> str:
    return os.path.splitext(source)[1].lower()


def _is_inside(path: str, folder: str | None) -> bool:
    """Whether a path is the folder or below it; both without links."""
    return folder is not None and os.path.commonpath([path, folder]) == folder


def _is_utf8(source: str) -> bool:
    try:
        source.encode()
    except UnicodeEncodeError:
        return False
    return True


def _printable(path: Path | str) -> str:
    """A path with its undecodable bytes written as `\\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _unreadable(error: OSError) -> str:
    return f"it cannot be read: {(error.strerror or type(error).__name__).lower()}"


def _unusable(corpus: Path, error: OSError) -> str:
    name = _printable(corpus)
    if isinstance(error, FileNotFoundError):
        problem = f"There is no folder {name}"
    elif isinstance(error, NotADirectoryError):
        problem = f"The corpus {name} is not a folder"
    else:
        problem = f"The corpus folder {name}: {_unreadable(error)}"
    return f"{problem}. Give a folder of documents with --corpus or CHATBOT_CORPUS."
