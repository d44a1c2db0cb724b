"""What `deploy/` ships: the image holds what it runs, and runs on a read-only root."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
IMAGE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
UNIT = ROOT / "deploy" / "chatbot.service"

ON_A_READ_ONLY_ROOT = """
mount --make-rprivate / && mount -o remount,ro,bind / || exit 77
mount -t tmpfs tmpfs /mnt || exit 77
mkdir /mnt/tmp /mnt/documents
echo "Delivery takes nine days." > /mnt/documents/shop.txt
touch touched 2>/dev/null && exit 1
exec {python} -c '
from chatbot import Chatbot
from chatbot.channels.keeping import keep_in_database
from chatbot.channels.web import create_app
from chatbot.settings import Settings
import os
settings = Settings.from_environment(os.environ)
bot = Chatbot.open(settings=settings)
bot.warm_up()
client = create_app(bot, settings, keep_in_database(bot, settings)).test_client()
body = {{"message": "How long does delivery take?"}}
print(client.post("/api/chat", json=body).get_json()["text"])
print(client.get("/readyz").get_json()["status"])
'
"""


def test_the_image_gets_what_it_copies() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = re.findall(r"^COPY (?!--from)(\S+) ", IMAGE, re.MULTILINE)
    assert copied
    for path in copied:
        assert (ROOT / path).exists()
        assert f"!{path}" in ignored


def test_the_image_runs_as_nobody_in_particular_and_tells_how_it_is() -> None:
    assert re.search(r"^USER chatbot$", IMAGE, re.MULTILINE)
    assert "/readyz" in IMAGE
    assert "deploy/gunicorn.conf.py" in IMAGE


def test_the_unit_is_one_that_systemd_understands() -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    command = ["systemd-analyze", "verify", str(UNIT)]
    told = subprocess.run(command, capture_output=True, text=True).stderr
    own = [line for line in told.splitlines() if UNIT.name in line]
    assert all("is not executable" in line for line in own), own


@pytest.mark.parametrize("cache", ["/mnt/numba", "/nowhere"])
def test_it_runs_on_a_read_only_root(cache: str) -> None:
    """With a folder for compiled code, and without one."""
    if not shutil.which("unshare"):
        pytest.skip("unshare is not installed")
    environment = {
        "CHATBOT_CORPUS": "/mnt/documents",
        "CHATBOT_INDEX": "/mnt/index",
        "CHATBOT_LOG_REQUESTS": "off",
        "NUMBA_CACHE_DIR": cache,
        "TMPDIR": "/mnt/tmp",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    result = subprocess.run(
        [
            "unshare",
            "--mount",
            "sh",
            "-c",
            ON_A_READ_ONLY_ROOT.format(python=sys.executable),
        ],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    if result.returncode == 77 or "unshare failed" in result.stderr:
        pytest.skip("this user may not mount anything")
    assert result.stdout.splitlines() == ["Delivery takes nine days.", "ready"]
    assert result.stderr == ""
