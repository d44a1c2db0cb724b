"""Opens the files of a corpus for reading, and nothing that lies outside of it."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path, PurePosixPath

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def open_inside(corpus: Path, source: str) -> BufferedReader:
    """Open a file by its path inside the corpus folder.

    The path may end in a link to another file of the corpus. What has become a link out
    of it, a pipe or a device since the file was found is not read, and opening never
    waits. Raises `OSError`, with the reason as its `strerror`.
    """
    try:
        return _open(corpus, PurePosixPath(source))
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
    root, target = Path(os.path.realpath(corpus)), os.path.realpath(corpus / source)
    if root not in Path(target).parents:
        raise OSError(errno.ELOOP, "it is a link out of the corpus", source)
    return _open(root, PurePosixPath(target).relative_to(root))


def _open(corpus: Path, path: PurePosixPath) -> BufferedReader:
    """Open a file below a folder, following no link below that."""
    folder = os.open(corpus, _FOLDER)
    try:
        for name in path.parts[:-1]:
            below = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = below
        file = os.open(path.name, _FILE | os.O_NOFOLLOW, dir_fd=folder)
    finally:
        os.close(folder)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError(
            errno.EINVAL, "it is a folder, a pipe, a socket or a device", str(path)
        )
    return open(file, "rb")
