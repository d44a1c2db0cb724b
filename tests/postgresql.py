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
from collections.abc import Iterator
from pathlib import Path

import pytest

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
"""Where Debian and Ubuntu keep a version's programs, which are not on the path."""

_OWNER = "postgres"
"""Who runs it for root, as it refuses to run as root."""


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of an empty database, gone when the tests are over."""
    programs = _programs()
    owner = _owner()
    with tempfile.TemporaryDirectory(prefix="chatbot-postgresql-") as name:
        folder, data = Path(name), Path(name) / "data"
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        port = _free_port()
        options = f"-c listen_addresses=127.0.0.1 -p {port} -c fsync=off"
        _run(
            owner, programs / "initdb", "-D", data, "-A", "trust", "-U", "chatbot",
            "-E", "UTF8", "--no-sync",
        )  # fmt: skip
        control = (owner, programs / "pg_ctl", "-D", data)
        _run(
            *control, "start", "-w", "-l", folder / "log",
            "-o", f"{options} -c unix_socket_directories={folder}",
        )  # fmt: skip
        try:
            yield f"postgresql://chatbot@127.0.0.1:{port}/postgres"
        finally:
            _run(*control, "stop", "-m", "immediate")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of each kind of database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/chatbot.sqlite"
    url: str = request.getfixturevalue("postgresql_url")
    return url


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
