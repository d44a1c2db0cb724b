"""A real PostgreSQL for the tests that need one, in a temporary folder, on a free port.

A test that takes `postgresql_url` is skipped, saying why, where none is installed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData

from chatbot.database import open_database

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
"""Where Debian and Ubuntu keep a version's programs, which are not on the path."""

_OWNER = "postgres"
"""Who runs it for root, as it refuses to run as root."""


class Postgresql:
    """A server whose data lies in a folder; `url` is the address of its database."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._owner, programs = folder, _owner(), _programs()
        if self._owner:
            os.chown(folder, self._owner.pw_uid, self._owner.pw_gid)
        port = _free_port()
        self._options = (
            f"-c listen_addresses=127.0.0.1 -p {port} -c fsync=off"
            f" -c unix_socket_directories={folder}"
        )
        self._control = programs / "pg_ctl", "-D", folder / "data"
        self.url = f"postgresql://chatbot@127.0.0.1:{port}/postgres"
        _run(
            self._owner, programs / "initdb", "-D", folder / "data", "-A", "trust",
            "-U", "chatbot", "-E", "UTF8", "--no-sync",
        )  # fmt: skip

    def start(self) -> None:
        """Start it, and return when it can be asked."""
        log = self._folder / "log"
        _run(self._owner, *self._control, "start", "-w", "-l", log, "-o", self._options)

    def stop(self) -> None:
        """End it as a fault would: whoever is connected is cut off."""
        _run(self._owner, *self._control, "stop", "-m", "immediate")


@contextmanager
def running_postgresql() -> Iterator[Postgresql]:
    """A server with an empty database, gone when the block is left."""
    with tempfile.TemporaryDirectory(prefix="chatbot-postgresql-") as name:
        server = Postgresql(Path(name))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of an empty database, gone when the tests are over."""
    with running_postgresql() as server:
        yield server.url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of each kind of database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/chatbot.sqlite"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def engine_of(database: str) -> Iterator[Callable[[MetaData], Engine]]:
    """Opens that database with some tables, which are gone after the test."""
    with ExitStack() as stack:

        def opened(tables: MetaData) -> Engine:
            engine = open_database(database, tables)
            stack.callback(engine.dispose)
            stack.callback(tables.drop_all, engine)
            return engine

        yield opened


def _programs() -> Path:
    """The folder of PostgreSQL's programs; skips the test where there is none."""
    found = shutil.which("initdb")
    folders = [*_PROGRAMS, *([Path(found).parent] if found else [])]
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    pytest.skip("PostgreSQL is not installed (Debian's package is `postgresql`)")


def _owner() -> pwd.struct_passwd | None:
    """The account that runs it, where that is not the one that runs the tests."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(_OWNER)
    except KeyError:
        pytest.skip(f"PostgreSQL does not run as root, and there is no user {_OWNER}")


def _run(owner: pwd.struct_passwd | None, *command: str | Path) -> None:
    result = subprocess.run(
        command,
        cwd="/",
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
