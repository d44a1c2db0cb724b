"""A corpus folder to an opened index: what is built, read again and reported."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.errors import CorpusError, IndexStorageError, SettingsError
from chatbot.index import extending, opening
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.generation_writer import new_generation
from chatbot.index.kernels import FEWEST_PASSAGES
from chatbot.index.opening import open_index
from chatbot.index.report import IndexReport, Reading
from chatbot.settings import Settings

ROOT = Path(__file__).parents[2]
FILES = {
    "coffee.txt": "Coffee is roasted here. It is sold by the pound.",
    "milk.md": "# Milk\n\nMilk comes from the valley.\n",
    "tea.txt": "Tea is grown in the hills. It is dried in the sun.",
}
NAMES = ("a.txt", "b.md", "z.jsonl")
CONTENTS = (
    "One cup of tea.",
    "Two cup of tea.",
    "# Tea\n\nA cup of tea (COT) and milk.\n\n## Milk\n\nNone.",
    '{"text": "A cup", "title": "Größe"}\n{"text": "日本語。"}\nno record',
    "Der Tee wächst in den Hügeln und wird in der Sonne getrocknet (DTS).",
    "茶叶在山上种植，在阳光下晒干。",
    "",
)
CHANGES = st.dictionaries(
    st.sampled_from(NAMES), st.none() | st.sampled_from(CONTENTS), min_size=1
)


def opened(corpus: Path, **values: object) -> tuple[CorpusIndex, IndexReport]:
    return open_index(Settings(corpus=str(corpus), **values))


def report_of(corpus: Path, **values: object) -> IndexReport:
    return opened(corpus, **values)[1]


def passages_of(index: CorpusIndex) -> list[str]:
    return [index.store.passage(number).text for number in range(len(index))]


def settle(corpus: Path) -> None:
    """Make the files of a corpus an hour old."""
    for path in corpus.iterdir():
        modified = path.stat().st_mtime_ns - 3600 * 10**9
        os.utime(path, ns=(modified, modified))


@pytest.fixture
def corpus(new_corpus) -> Path:
    """Three files, an hour old, without an index."""
    folder = new_corpus(FILES)
    settle(folder)
    return folder


@pytest.fixture(scope="module")
def built(new_corpus) -> Path:
    folder = new_corpus(FILES)
    settle(folder)
    opened(folder)
    return folder


@pytest.fixture
def indexed(built: Path, tmp_path: Path) -> Path:
    """Three files, an hour old, with an index that is up to date."""
    return shutil.copytree(built, tmp_path / "corpus")


def test_a_missing_index_is_built_inside_the_corpus(corpus: Path) -> None:
    index, report = opened(corpus)

    assert (corpus / ".index" / "current").is_file()
    assert (report.files, report.passages, report.read) == (3, 3, 3)
    assert report.terms == index.held_terms > 0
    assert report.seconds > 0
    assert report.skipped == report.notices == ()


def test_nothing_is_read_or_written_the_second_time(corpus: Path) -> None:
    first = report_of(corpus)
    pointer = (corpus / ".index" / "current").read_bytes()
    index, report = opened(corpus)

    assert report.read == 0
    assert (report.files, report.passages) == (3, 3)
    assert report.terms == first.terms == index.held_terms
    assert (corpus / ".index" / "current").read_bytes() == pointer


def test_what_is_served_is_given_back_while_the_corpus_stays_as_it_was(
    indexed: Path,
) -> None:
    settings = Settings(corpus=str(indexed))
    index, _ = open_index(settings)
    again, report = open_index(settings, serving=index)
    assert again is index
    assert report.read == 0

    shutil.rmtree(indexed / ".index")
    assert open_index(settings, serving=index)[0] is index
    assert not (indexed / ".index").exists()

    (indexed / "photo.png").write_bytes(b"")
    again, report = open_index(settings, serving=index)
    assert again is index
    assert [entry.source for entry in report.skipped] == ["photo.png"]

    _change(indexed)
    changed, report = open_index(settings, serving=index)
    assert changed is not index
    assert report.generation.parent == indexed / ".index"


def test_the_index_can_be_kept_elsewhere(corpus: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new" / "index"

    assert report_of(corpus, index=str(elsewhere)).read == 3
    assert report_of(corpus, index=str(elsewhere)).read == 0
    assert (elsewhere / "current").is_file()
    assert not (corpus / ".index").exists()


def test_an_index_folder_inside_the_corpus_holds_no_documents(corpus: Path) -> None:
    inside = corpus / "index"

    assert report_of(corpus, index=str(inside)).read == 3
    assert report_of(corpus, index=str(inside)).skipped == ()


def _change(corpus: Path) -> None:
    (corpus / "tea.txt").write_text("Tea is grown by the sea.")


def _add(corpus: Path) -> None:
    (corpus / "juice.txt").write_text("Juice is pressed in autumn.")


def _rename(corpus: Path) -> None:
    (corpus / "tea.txt").rename(corpus / "black tea.txt")


@pytest.mark.parametrize("change", [_change, _add, _rename])
def test_only_the_file_that_changed_is_read(
    indexed: Path, change: Callable[[Path], None]
) -> None:
    change(indexed)
    index, report = opened(indexed)

    assert report.read == 1
    assert report.notices == ()
    texts = {path.read_text() for path in indexed.glob("*.txt")}
    assert set(passages_of(index)) == texts | {"Milk comes from the valley."}
    assert report_of(indexed).read == 0


def test_a_deleted_file_is_gone_and_no_other_is_read(indexed: Path) -> None:
    (indexed / "tea.txt").unlink()
    index, report = opened(indexed)

    assert report.read == 0
    assert report.files == 2
    assert not any("hills" in text for text in passages_of(index))


def test_touching_a_file_reads_nothing(indexed: Path) -> None:
    for path in indexed.glob("*.txt"):
        path.touch()

    assert report_of(indexed).read == 0


def test_a_file_rewritten_at_once_with_the_same_size_is_noticed(new_corpus) -> None:
    corpus = new_corpus({"a.txt": "Tea is green."})
    opened(corpus)
    modified = (corpus / "a.txt").stat().st_mtime_ns
    (corpus / "a.txt").write_text("Tea is black.")
    os.utime(corpus / "a.txt", ns=(modified, modified))
    index, report = opened(corpus)

    assert report.read == 1
    assert passages_of(index) == ["Tea is black."]


@pytest.fixture
def _always_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """No generation goes on with the one before."""
    monkeypatch.setattr(extending, "MOST_CHANGED", -1)


@given(st.lists(CHANGES, min_size=1, max_size=3))
@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@pytest.mark.usefixtures("_always_whole")
def test_an_index_that_is_written_anew_has_the_same_bytes_as_a_fresh_one(
    new_corpus, array_bytes, changes: list[Mapping[str, str | None]]
) -> None:
    updated = new_corpus({"middle.txt": "What stays. Milk, tea and sugar (MTS)."})
    for change in changes:
        for name, content in change.items():
            if content is None:
                (updated / name).unlink(missing_ok=True)
            else:
                (updated / name).write_text(content, encoding="utf-8")
        opened(updated)
    fresh = new_corpus({})
    for path in updated.glob("[!.]*"):
        shutil.copy(path, fresh)
    opened(fresh)

    assert array_bytes(updated / ".index") == array_bytes(fresh / ".index")


def test_a_damaged_index_is_rebuilt_with_the_reason(indexed: Path) -> None:
    (array,) = indexed.glob(".index/generation-*/terms_content.npy")
    content = bytearray(array.read_bytes())
    content[-1] ^= 1
    array.write_bytes(content)
    index, report = opened(indexed)

    assert report.read == 3
    assert report.notices == (
        "The index is built anew: it is damaged (terms_content.npy has other "
        "contents).",
    )
    assert len(index) == 3
    assert report_of(indexed).notices == ()


def test_a_manifest_without_what_is_needed_is_damage(indexed: Path) -> None:
    generation = opening.open_generation(indexed / ".index")
    assert generation is not None
    manifest = {**generation.manifest, "sources": [{"source": "tea.txt"}]}
    with new_generation(indexed / ".index", manifest) as writer:
        for name, array in generation.arrays.items():
            writer.write(name, [array])
    report = report_of(indexed)

    assert report.read == 3
    assert "it is damaged" in report.notices[0]


def test_an_index_of_another_language_is_rebuilt_with_the_reason(
    indexed: Path,
) -> None:
    report = report_of(indexed, language="german")

    assert report.read == 3
    assert report.notices == (
        "The index is built anew: it was built with other settings.",
    )
    assert report_of(indexed, language="german").read == 0


def test_each_document_is_in_the_language_that_it_is_written_in(new_corpus) -> None:
    corpus = new_corpus({**FILES, "tee.txt": "Der Tee wächst in den grünen Hügeln."})
    detected, set_for_all = opened(corpus)[0], opened(corpus, language="german")[0]

    assert [detected.store.document(n).language for n in (0, 3)] == [
        "english",
        "german",
    ]
    assert detected.languages == ["english", "german"]
    assert set_for_all.languages == ["german"]


def test_an_unknown_language_is_refused(corpus: Path) -> None:
    with pytest.raises(SettingsError, match="klingon"):
        opened(corpus, language="klingon")


def test_what_is_skipped_is_reported_whether_or_not_anything_is_built(
    corpus: Path,
) -> None:
    (corpus / "binary.txt").write_bytes(b"\0\1\2")
    (corpus / "faq.jsonl").write_text('{"text": "A record."}\nno record\n')
    (corpus / "photo.jpg").touch()
    built, loaded = report_of(corpus), report_of(corpus)

    assert (built.read, loaded.read) == (5, 0)
    assert built.files == loaded.files == 4
    assert built.skipped == loaded.skipped
    assert sorted(map(str, loaded.skipped)) == [
        "skipped binary.txt: it is binary (it holds NUL bytes)",
        "skipped faq.jsonl: line 2: it is not JSON",
        "skipped photo.jpg: files of this kind are not read, only .txt, .text, .md, "
        ".markdown, .jsonl",
    ]


@pytest.mark.parametrize("language", ["", "afrikaans"])
def test_a_corpus_of_nothing_but_punctuation_can_be_opened(
    new_corpus, language: str
) -> None:
    """Even in a language that no word is known of."""
    names = (f"{number}.txt" for number in range(FEWEST_PASSAGES))
    corpus = new_corpus(dict.fromkeys(names, "!!! ???\n\n… — ...\n"))
    for content in ("... !!!", "???"):
        (corpus / "0.txt").write_text(content)
        index, report = opened(corpus, language=language)
        index.warm_up()

        assert report.terms == 0
        assert report.passages > FEWEST_PASSAGES
        assert len(index.kernels.search({}, 9).passages) == 0


def test_a_corpus_with_nothing_to_answer_from_is_an_error_with_the_reasons(
    new_corpus,
) -> None:
    corpus = new_corpus({"empty.txt": "", "photo.jpg": ""})

    for _ in range(2):
        with pytest.raises(CorpusError, match="holds no document to answer") as error:
            opened(corpus)
        assert "skipped empty.txt: it is empty" in str(error.value)
        assert "skipped photo.jpg: files of this kind" in str(error.value)


def test_a_corpus_whose_last_file_is_deleted_holds_nothing(indexed: Path) -> None:
    for name in FILES:
        (indexed / name).unlink()

    with pytest.raises(CorpusError):
        opened(indexed)


def test_a_missing_corpus_is_an_error_that_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="There is no folder"):
        opened(tmp_path / "missing")

    assert not (tmp_path / "missing").exists()


def test_progress_is_told_while_files_are_read_and_only_then(corpus: Path) -> None:
    calls: list[Reading] = []
    configured = Settings(corpus=str(corpus))
    open_index(configured, calls.append)
    assert calls[-1].files == calls[-1].all_files == 3

    calls.clear()
    open_index(configured, calls.append)
    assert calls == []


def test_a_build_that_fails_lets_the_next_one_begin(indexed: Path) -> None:
    _change(indexed)
    (indexed / ".index" / "current").unlink()
    (indexed / ".index" / "current").mkdir()

    with pytest.raises(IndexStorageError) as error:
        opened(indexed)

    assert error.value.__traceback__
    with FileLock(indexed / ".index" / "building.lock", timeout=0):
        pass


def test_waiting_for_another_builder_is_said_and_comes_to_an_end(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(opening, "_SILENT_WAIT_SECONDS", 0)
    monkeypatch.setattr(opening, "_LONGEST_WAIT_SECONDS", 0)
    (corpus / ".index").mkdir()
    with (
        FileLock(corpus / ".index" / "building.lock"),
        pytest.raises(IndexStorageError, match="Another process has been building"),
    ):
        opened(corpus)

    assert f"building {corpus / '.index'}; waiting" in caplog.text
    assert report_of(corpus).read == 3


OPEN_AT_A_SIGN = """
import sys
import chatbot.index.building, chatbot.index.matrix, nltk.tokenize.punkt
from chatbot.index.kernels import FEWEST_PASSAGES
from chatbot.index.opening import open_index
from chatbot.index.generation_writer import new_generation
from chatbot.index.report import Reading
from chatbot.settings import Settings

print("ready", flush=True)
sys.stdin.readline()
index, report = open_index(Settings(corpus=sys.argv[1]))
print(report.read, [index.store.document(n).text for n in range(report.files)])
print(open(sys.argv[1] + "/.index/current").read())
"""


def test_two_processes_that_open_a_stale_corpus_at_once_build_it_once(
    indexed: Path,
) -> None:
    _change(indexed)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_AT_A_SIGN, str(indexed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    answers, generations = zip(*map(str.splitlines, outputs), strict=True)

    documents = [(indexed / name).read_text() for name in sorted(FILES)]
    assert sorted(answers) == [f"{read} {documents}" for read in (0, 1)]
    assert set(generations) == {(indexed / ".index" / "current").read_text()}
    assert len(list(indexed.glob(".index/generation-*"))) == 1


@pytest.fixture
def shared(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A corpus that everybody may read, and a home that everybody may write to."""
    base = Path(tempfile.mkdtemp())
    base.chmod(0o755)
    corpus, home = base / "corpus", base / "home"
    shutil.copytree(indexed, corpus, ignore=shutil.ignore_patterns(".index"))
    corpus.chmod(0o755)
    home.mkdir()
    home.chmod(0o777)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    yield corpus
    corpus.chmod(0o755)
    shutil.rmtree(base)


@contextmanager
def read_only(corpus: Path, mode: int = 0o555) -> Iterator[None]:
    """Closes a corpus folder to writers, and gives up the rights of root, if any."""
    is_root = os.geteuid() == 0
    if is_root and not hasattr(os, "setresuid"):
        pytest.skip("root cannot be an ordinary user for a while on this system")
    corpus.chmod(mode)
    if is_root:
        os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        if is_root:
            os.setresuid(0, 0, 0)
        corpus.chmod(0o755)


def test_the_index_of_a_read_only_corpus_is_kept_in_the_users_cache(
    shared: Path,
) -> None:
    with read_only(shared):
        built, loaded = report_of(shared), report_of(shared)

    (folder,) = (shared.parent / "home").rglob("corpus-*")
    assert (folder / "current").is_file()
    assert built.notices == (f"{shared} is read-only: its index is kept in {folder}.",)
    assert loaded.notices == built.notices
    assert (built.read, loaded.read) == (3, 0)
    assert not (shared / ".index").exists()


def test_an_up_to_date_index_in_a_read_only_corpus_is_used_as_it_is(
    shared: Path,
) -> None:
    opened(shared)
    with read_only(shared):
        report = report_of(shared)

    assert report.read == 0
    assert report.notices == ()
    assert list((shared.parent / "home").iterdir()) == []


def test_a_stale_index_in_a_read_only_corpus_is_replaced_in_the_cache(
    shared: Path,
) -> None:
    opened(shared)
    _change(shared)
    with read_only(shared):
        index, report = opened(shared)

    assert "read-only" in report.notices[0]
    assert "Tea is grown by the sea." in passages_of(index)


def test_two_corpora_of_one_name_have_indexes_of_their_own(
    shared: Path,
) -> None:
    other = shared.parent / "more" / shared.name
    other.mkdir(parents=True)
    (other / "a.txt").write_text("Another corpus.")
    with read_only(shared):
        opened(shared)
    with read_only(other):
        index, _ = opened(other)

    assert passages_of(index) == ["Another corpus."]
    assert len(list((shared.parent / "home").rglob("corpus-*"))) == 2


def test_a_corpus_that_can_be_listed_but_not_entered_is_an_error(
    shared: Path,
) -> None:
    with (
        read_only(shared, mode=0o444),
        pytest.raises(CorpusError, match="permission denied"),
    ):
        opened(shared)


def test_an_index_folder_that_was_asked_for_is_not_replaced_by_another(
    shared: Path,
) -> None:
    asked = shared / "index"
    with (
        read_only(shared),
        pytest.raises(IndexStorageError, match="CHATBOT_INDEX") as error,
    ):
        opened(shared, index=str(asked))

    assert str(asked) in str(error.value)
    assert list((shared.parent / "home").iterdir()) == []
