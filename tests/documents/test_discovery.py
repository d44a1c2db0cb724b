import os
import socket
from pathlib import Path

import pytest

from chatbot.documents.discovery import SourceFile, find_files
from chatbot.errors import CorpusError

LIMIT = 1000


def write(path: Path, text: str = "Some words.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def sources(corpus: Path, index: Path | None = None) -> list[str]:
    return [file.source for file in find_files(corpus, index, LIMIT)[0]]


def reasons(corpus: Path) -> dict[str, str]:
    return {
        notice.source: notice.reason for notice in find_files(corpus, None, LIMIT)[1]
    }


def test_files_are_found_in_all_folders_in_order_of_their_source(tmp_path: Path):
    for name in ("b.txt", "a/z.md", "a.jsonl", "a/b/c.markdown", "d.text", "E.TXT"):
        write(tmp_path / name)

    found = ["E.TXT", "a.jsonl", "a/b/c.markdown", "a/z.md", "b.txt", "d.text"]
    assert sources(tmp_path) == found


def test_a_file_comes_with_its_size_and_time_of_modification(tmp_path: Path):
    path = write(tmp_path / "a.txt", "1234")

    (file,), _ = find_files(tmp_path, None, LIMIT)

    assert file == SourceFile("a.txt", tmp_path, 4, path.stat().st_mtime_ns)


def test_hidden_files_and_folders_are_not_mentioned(tmp_path: Path):
    write(tmp_path / ".hidden.txt")
    write(tmp_path / ".git/config")

    assert find_files(tmp_path, None, LIMIT) == ([], [])


@pytest.mark.parametrize("index", ["index", "deep/index"])
def test_the_index_folder_is_never_read(tmp_path: Path, index: str):
    write(tmp_path / "a.txt")
    write(tmp_path / index / "texts.txt")

    assert sources(tmp_path, tmp_path / index) == ["a.txt"]


def test_the_index_folder_is_known_through_a_link(tmp_path: Path):
    write(tmp_path / "corpus/index/texts.txt")
    (tmp_path / "link").symlink_to(tmp_path / "corpus")

    assert sources(tmp_path / "link", tmp_path / "corpus/index") == []
    assert sources(tmp_path / "corpus", tmp_path / "link/index") == []


def test_a_file_of_an_unknown_kind_is_skipped_naming_the_kinds(tmp_path: Path):
    write(tmp_path / "sub/a.pdf")
    write(tmp_path / "README")

    kinds = "files of this kind are not read, only .txt, .text, .md, .markdown, .jsonl"
    assert reasons(tmp_path) == {"README": kinds, "sub/a.pdf": kinds}


def test_a_file_over_the_limit_is_skipped_naming_the_setting(tmp_path: Path):
    write(tmp_path / "a.txt", "x" * 1001)
    write(tmp_path / "b.txt", "x" * 1000)

    assert sources(tmp_path) == ["b.txt"]
    assert reasons(tmp_path)["a.txt"] == (
        "it has 1,001 bytes, more than the 1,000 that CHATBOT_MAX_FILE_MB allows; "
        "split it or raise the setting"
    )


def test_json_lines_may_be_over_the_limit(tmp_path: Path):
    write(tmp_path / "a.jsonl", "x" * 1001)

    assert sources(tmp_path) == ["a.jsonl"]


def test_a_link_to_a_file_of_the_corpus_is_read(tmp_path: Path):
    write(tmp_path / ".data/real.txt")
    (tmp_path / "a.txt").symlink_to(".data/real.txt")

    assert sources(tmp_path) == ["a.txt"]


def test_links_that_lead_elsewhere_are_skipped(tmp_path: Path):
    corpus = tmp_path / "corpus"
    write(corpus / "folder/a.txt")
    outside = write(tmp_path / "outside.txt")
    (corpus / "out.txt").symlink_to(outside)
    (corpus / "up").symlink_to(corpus)
    (corpus / "gone.txt").symlink_to("nowhere.txt")
    (corpus / "loop.txt").symlink_to("loop.txt")

    assert sources(corpus) == ["folder/a.txt"]
    found = reasons(corpus)
    assert found["out.txt"] == "it is a link out of the corpus; copy the file here"
    assert found["up"] == "it is a link to a folder; move the folder here"
    assert found["gone.txt"] == "it is a link to nothing, or was removed"
    assert found["loop.txt"].startswith("it cannot be read: ")


def test_pipes_and_sockets_are_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    os.mkfifo(tmp_path / "pipe.txt")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")

        reason = "it is a pipe, a socket or a device, not a file"
        assert reasons(tmp_path) == {"pipe.txt": reason, "socket.txt": reason}


def test_a_name_that_is_not_utf8_is_skipped_and_can_be_printed(tmp_path: Path):
    try:
        write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")))
        write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xe9/a.txt")))
    except OSError:
        pytest.skip("this file system takes no such name")

    (folder, file) = find_files(tmp_path, None, LIMIT)[1][::-1]

    assert (file.source, folder.source) == ("caf\\xe9.txt", "d\\xe9")
    assert str(file).encode() == (
        b"skipped caf\\xe9.txt: its name is not valid UTF-8; rename it"
    )


def test_a_name_with_a_line_break_is_skipped(tmp_path: Path):
    write(tmp_path / "new\nline.txt")

    (files, (skipped,)) = find_files(tmp_path, None, LIMIT)

    assert files == []
    assert skipped.reason == "its name has a line break or the like; rename it"


def test_a_folder_that_cannot_be_read_costs_one_notice(locked: Path):
    assert sources(locked) == ["a.txt", "closed.txt"]
    assert reasons(locked) == {"closed": "it cannot be read: permission denied"}


def test_a_corpus_that_cannot_be_read_is_an_error(locked: Path):
    with pytest.raises(CorpusError, match="it cannot be read: permission denied"):
        find_files(locked / "closed", None, LIMIT)


def test_a_missing_corpus_is_an_error_that_says_what_to_do(tmp_path: Path):
    message = "There is no folder .*nowhere. Give a folder .* CHATBOT_CORPUS"
    with pytest.raises(CorpusError, match=message):
        find_files(tmp_path / "nowhere", None, LIMIT)


def test_a_corpus_that_is_a_file_is_an_error(tmp_path: Path):
    with pytest.raises(CorpusError, match="is not a folder"):
        find_files(write(tmp_path / "a.txt"), None, LIMIT)
