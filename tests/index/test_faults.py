"""An index that is damaged, removed or cut short never gives a wrong quote."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.bot import Chatbot
from chatbot.errors import IndexStorageError

ROOT = Path(__file__).parents[2]
QUESTION = "When does the ferry leave?"
FERRY = "The ferry leaves the harbour at noon."
STORM = "# Storm\n\nIn a storm all ships stay in the harbour until noon.\n"

Damage = Callable[[Path], None]


@pytest.fixture
def corpus(new_corpus) -> Path:
    """A corpus with an index."""
    folder = new_corpus({"ferry.txt": FERRY, "storm.md": STORM})
    Chatbot.open(folder)
    return folder


def arrays_of(corpus: Path) -> list[Path]:
    (generation,) = (corpus / ".index").glob("generation-*")
    return sorted(generation.glob("*.npy"))


def flip(path: Path, place: int, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)


def flip_one_of(arrays: list[Path], place: tuple[int, int, int]) -> None:
    """Flip a bit of one of the arrays."""
    flip(arrays[place[0] % len(arrays)], *place[1:])


places = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 7))


@given(places)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_byte_flipped_before_it_is_opened_costs_a_build(
    corpus: Path, place: tuple[int, int, int]
) -> None:
    flip_one_of(arrays_of(corpus), place)

    bot = Chatbot.open(corpus)

    assert bot.report.read == 2
    assert any("damaged" in notice for notice in bot.report.notices)
    assert bot.reply(QUESTION).text == FERRY


@given(places)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("_large")
def test_a_byte_flipped_in_a_large_index_is_found_before_the_first_answer(
    corpus: Path, place: tuple[int, int, int]
) -> None:
    gc.collect()  # each mapped array takes a file descriptor
    arrays = arrays_of(corpus)
    flip_one_of(arrays, place)

    try:
        bot = Chatbot.open(corpus)
    except IndexStorageError:
        bot = Chatbot.open(corpus)

    assert bot.reply(QUESTION).text == FERRY
    assert not arrays[0].parent.exists()


@pytest.mark.usefixtures("_large")
def test_a_language_that_there_is_not_costs_a_build(corpus: Path) -> None:
    languages = arrays_of(corpus)[0].with_name("document_languages.npy")
    flip(languages, languages.stat().st_size - 1, 0)

    bot = Chatbot.open(corpus)

    assert bot.report.read == 2
    assert bot.reply(QUESTION).text == FERRY


@pytest.mark.parametrize("lines", [0, 60])
@given(places)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("_large")
def test_an_update_takes_nothing_from_a_damaged_index(
    corpus: Path, lines: int, place: tuple[int, int, int]
) -> None:
    """Whether all is written anew, or what changed behind what there was."""
    gc.collect()
    (corpus / "ferry.txt").write_text("\n".join([FERRY, *["Ships sail."] * lines]))
    Chatbot.open(corpus)
    flip_one_of(arrays_of(corpus), place)
    with (corpus / "storm.md").open("a") as file:
        file.write("And at night.\n")

    bot = Chatbot.open(corpus)

    assert bot.report.read == 2
    document = bot.document("ferry.txt")
    assert document is not None
    assert document.text.startswith(FERRY)
    assert bot.reply(QUESTION).text == FERRY


@pytest.mark.usefixtures("_large")
def test_a_damaged_index_that_cannot_be_written_is_refused(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for array in arrays_of(corpus):
        if array.name == "text.npy":
            flip(array, 200, 0)

    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    bot = Chatbot.open(corpus)
    monkeypatch.setattr(Path, "unlink", refuse)

    for _ in range(2):
        with pytest.raises(IndexStorageError, match="delete it before"):
            bot.reply(QUESTION)


def _remove_the_index(corpus: Path) -> None:
    shutil.rmtree(corpus / ".index")


def _remove_the_generation(corpus: Path) -> None:
    shutil.rmtree(arrays_of(corpus)[0].parent)


def _remove_what_names_it(corpus: Path) -> None:
    (corpus / ".index" / "current").unlink()


def _cut_all_files_short(corpus: Path) -> None:
    for path in (*arrays_of(corpus), corpus / ".index" / "current"):
        os.truncate(path, 0)


def _fill_all_files_with_zeros(corpus: Path) -> None:
    for path in arrays_of(corpus):
        path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize(
    "damage",
    [
        _remove_the_index,
        _remove_the_generation,
        _remove_what_names_it,
        _cut_all_files_short,
        _fill_all_files_with_zeros,
    ],
)
def test_what_is_served_goes_on_being_served(corpus: Path, damage: Damage) -> None:
    bot = Chatbot.open(corpus)

    damage(corpus)

    assert bot.reply(QUESTION).text == FERRY
    bot.reload()
    bot.warm_up()
    assert bot.reply(QUESTION).text == FERRY
    (corpus / "ferry.txt").write_text("The ferry leaves at midnight, at last.")
    bot.reload()
    assert bot.reply(QUESTION).text == "The ferry leaves at midnight, at last."


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize("damage", [_remove_the_index, _remove_the_generation])
def test_a_large_index_is_served_on_when_it_is_removed(
    corpus: Path, damage: Damage
) -> None:
    bot = Chatbot.open(corpus)
    bot.warm_up()

    damage(corpus)

    assert bot.reply(QUESTION).text == FERRY


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 2 MB, to be filled."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def ask(corpus: Path, index: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-m", "chatbot"),
            *("--corpus", str(corpus), "--index", str(index)),
            *("ask", QUESTION),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )


def test_on_a_full_disk_the_old_index_goes_on_serving(
    corpus: Path, small_disk: Path
) -> None:
    bot = Chatbot.open(corpus, small_disk)
    (corpus / "more.jsonl").write_text(
        "".join(f'{{"text": "Ship {n} has {n * n} sails."}}\n' for n in range(20_000))
    )
    before = {path.name for path in small_disk.iterdir()}

    with pytest.raises(IndexStorageError, match="Free some space or set CHATBOT_INDEX"):
        bot.reload()

    assert bot.reply(QUESTION).text == FERRY
    assert {path.name for path in small_disk.iterdir()} == before
    done = ask(corpus, small_disk)
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    (corpus / "more.jsonl").unlink()
    assert ask(corpus, small_disk).stdout.startswith(FERRY)


def test_on_a_read_only_disk_the_old_index_goes_on_serving(
    corpus: Path, small_disk: Path
) -> None:
    bot = Chatbot.open(corpus, small_disk)
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    if subprocess.run(remount, capture_output=True).returncode:
        pytest.skip("the disk cannot be made read-only here")
    assert ask(corpus, small_disk).stdout.startswith(FERRY)
    (corpus / "ferry.txt").write_text("The ferry leaves at midnight, at last.")

    with pytest.raises(IndexStorageError, match="Set CHATBOT_INDEX to a folder that"):
        bot.reload()

    assert bot.reply(QUESTION).text == FERRY
    done = ask(corpus, small_disk)
    assert done.returncode == 2
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr
