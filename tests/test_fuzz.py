"""Garbled documents, indexes and questions: no crash, no hang, and quotes are exact.

`CHATBOT_FUZZ_SECONDS` sets for how long each test looks for trouble and
`CHATBOT_FUZZ_SEED` where; a failure names the seed of its case.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from chatbot import Chatbot
from chatbot.documents.discovery import find_files
from chatbot.documents.document import Document
from chatbot.documents.reading import decode, read_document
from chatbot.errors import CorpusError, DocumentError
from chatbot.index import generations

SECONDS = float(os.environ.get("CHATBOT_FUZZ_SECONDS", "7.5"))
SEED = int(os.environ.get("CHATBOT_FUZZ_SEED", "1"))
HANGING_SECONDS = 20
"""A case that takes longer hangs."""

CORPUS = Path(__file__).parent / "corpora" / "brightwater"
GENUINE = [path.read_bytes() for path in sorted(CORPUS.iterdir())]
SUFFIXES = (".txt", ".md", ".jsonl")
MOST_BYTES = 2**20

TOKENS = (
    *(b"# ", b"\n\n", b"```\n", b"| a | b |\n|---|---|\n", b"> ", b"- ", b"1. ", b"\t"),
    *(b"[", b"](", b"![", b"<!--", b"<div>", b"&amp;", b"***", b"~~~", b"\\", b"==="),
    *(b'{"text": "', b'"}\n', b'{"id": 1}\n', b"null\n", b"\\ud800", b"[" * 500),
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"\r", b"\x85"),
    *("\u2028\u202e\u200b\ufdfa\u0345" * 3).encode().split(b" "),
    *"\N{ZERO WIDTH JOINER}👩👧 e\u0301 ﬁ ß İ ı Ａ １ ٣ 中文没有空格".encode().split(),
    *(
        b"a" * 9000,
        b". " * 300,
        b"A.B.C.D.E.",
        b"-" * 400,
        b"https://x.y/?q=",
        b"What?",
    ),
)


class Fuzzer:
    """Makes garbled material by chance, the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)

    def document(self) -> bytes:
        """A genuine file with some of it changed, doubled, cut out or put in."""
        data = bytearray(self.chance.choice(GENUINE))
        if self.chance.random() < 0.2:
            data = data[: self.chance.randrange(200)]
        for _ in range(self.chance.choice((1, 3, 10, 40))):
            self._garble(data)
        return bytes(data[:MOST_BYTES])

    def _garble(self, data: bytearray) -> None:
        start = self.chance.randrange(len(data) + 1)
        end = min(len(data), start + self.chance.choice((1, 5, 60, 900)))
        match self.chance.randrange(6):
            case 0:
                data[start:end] = self.chance.randbytes(end - start)
            case 1:
                del data[start:end]
            case 2:
                data[start:start] = data[start:end] * self.chance.choice((1, 2, 50))
            case 3:
                other = self.chance.choice(GENUINE)
                place = self.chance.randrange(len(other))
                data[start:end] = other[place : place + self.chance.randrange(2000)]
            case _:
                token = self.chance.choice(TOKENS)
                data[start:start] = token * self.chance.choice((1, 1, 1, 2, 30))

    def message(self, texts: list[str]) -> str:
        """A question of pieces of the documents, of tokens and of chance."""
        pieces = []
        for _ in range(self.chance.choice((1, 1, 2, 3, 8))):
            text = self.chance.choice(texts)
            start = self.chance.randrange(len(text) + 1)
            token = self.chance.choice(TOKENS).decode("utf-8", "replace")
            odd = "".join(map(chr, self.chance.choices(range(0x3000), k=8)))
            piece = text[start : start + self.chance.choice((5, 40, 200))]
            pieces.append(self.chance.choice((piece, piece, piece, token, odd)))
        begins = self.chance.choice(("", "", "What is ", "and ", "no, I meant ", "2"))
        return begins + " ".join(pieces) + self.chance.choice(("", "?"))


def try_cases(name: str, attempt: Callable[[Fuzzer], None]) -> None:
    """Attempt one case after another until the time is up; none of them may hang."""
    ends = time.monotonic() + SECONDS
    for number in count():
        began = time.monotonic()
        if began >= ends:
            return
        seed = f"{name} {SEED} {number}"
        try:
            attempt(Fuzzer(seed))
            assert time.monotonic() - began < HANGING_SECONDS
        except BaseException as error:
            error.add_note(f"The case is {seed!r}.")
            raise


def read(corpus: Path) -> list[Document]:
    """The documents of a folder; what is refused says why."""
    documents = []
    for file in find_files(corpus, None, MOST_BYTES)[0]:
        try:
            document, skipped = read_document(file, "english")
        except DocumentError:
            continue
        assert all(notice.reason for notice in skipped)
        documents.append(document)
    return documents


def check(document: Document, data: bytes) -> None:
    """All that a document says of where its words stand is so."""
    text = document.text
    is_of_records = document.source.endswith(".jsonl")
    if not is_of_records:
        assert text == decode(data)
    end = 0
    for passage in document.passages:
        assert end <= passage.start < passage.end
        assert text[passage.start : passage.end] == passage.text
        end = place = passage.start
        for first, last in passage.sentences:
            assert place <= first < last <= passage.end
            place = last
        if not is_of_records:
            assert passage.line == text.count("\n", 0, passage.start) + 1
        for heading in passage.headings:
            assert is_of_records or heading.text
        end = passage.end


def test_any_bytes_are_a_document_or_refused(tmp_path: Path) -> None:
    def attempt(fuzzer: Fuzzer) -> None:
        data = fuzzer.document()
        path = tmp_path / f"document{fuzzer.chance.choice(SUFFIXES)}"
        path.write_bytes(data)
        for document in read(tmp_path):
            check(document, data)
        path.unlink()

    try_cases("documents", attempt)


def test_questions_to_garbled_documents_get_exact_quotes(tmp_path: Path) -> None:
    def attempt(fuzzer: Fuzzer) -> None:
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        for number in range(fuzzer.chance.randrange(1, 4)):
            name = f"{number}{fuzzer.chance.choice(SUFFIXES)}"
            (tmp_path / name).write_bytes(fuzzer.document())
        try:
            bot = Chatbot.open(tmp_path)
        except CorpusError:
            return
        documents = [bot.document(source) for source, _ in bot.documents()]
        texts = {document.source: document.text for document in documents if document}
        conversation = None
        for _ in range(fuzzer.chance.randrange(1, 6)):
            reply = bot.reply(fuzzer.message([*texts.values()]), conversation)
            conversation = reply.conversation
            assert reply.text
            for quote in reply.quotes:
                passage, text = quote.passage, texts[quote.source]
                assert text[quote.start : quote.end] == quote.text
                assert text[passage.start : passage.end] == passage.text

    try_cases("questions", attempt)


def garble_files(fuzzer: Fuzzer, folder: Path) -> None:
    """Remove, cut, lengthen or change some of the files below a folder."""
    chance = fuzzer.chance
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in chance.sample(files, chance.choice((1, 1, 2, 9))):
        data = bytearray(path.read_bytes())
        place = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                path.unlink()
                continue
            case 1:
                del data[place:]
            case 2:
                data[place:place] = chance.randbytes(chance.randrange(99))
            case _:
                for _ in range(min(len(data), chance.choice((1, 1, 8)))):
                    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)


@pytest.mark.parametrize("held_bytes", [generations._HELD_BYTES, 0])
def test_a_garbled_index_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held_bytes: int
) -> None:
    monkeypatch.setattr(generations, "_HELD_BYTES", held_bytes)
    corpus, sound, index = tmp_path / "corpus", tmp_path / "sound", tmp_path / "index"
    corpus.mkdir()
    (corpus / "ferry.md").write_text("# Ferry\n\nThe ferry leaves the quay at noon.\n")
    (corpus / "storm.txt").write_text("In a storm all ships stay in the harbour.\n")
    question = "When does the ferry leave?"
    expected = Chatbot.open(corpus, sound).reply(question)

    def attempt(fuzzer: Fuzzer) -> None:
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(sound, index)
        garble_files(fuzzer, index)
        bot = Chatbot.open(corpus, index)
        assert bot.reply(question).quotes == expected.quotes

    try_cases(f"index {held_bytes}", attempt)
