"""The same corpus and question give the same bytes, in any process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

ASK = """
import hashlib, json, sys
from pathlib import Path
from chatbot.bot import Chatbot

corpus, index = sys.argv[1:]
bot = Chatbot.open(corpus, index)
for question in sys.stdin.read().splitlines():
    reply = bot.reply(question, conversation="test:one")
    print(json.dumps(reply.to_dict(), ensure_ascii=False))
    print([(hit.passage.id, hit.score) for hit in bot.search(question)])
for path in sorted(Path(index).glob("generation-*/*.npy")):
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""
QUESTIONS = """\
What if I'm the only member of the executive team?
How much do they earn?
how can ships be orgnised
Where is the Chief Harbour Officer (CHO)?
and on Sundays?
How do I bake bread?
thank you
"""
HARBOUR = """\
# The harbour

## Who leads it?

The Chief Harbour Officer (CHO) leads the harbour. The CHO and the HM share an office.

## Opening hours

- On weekdays from 8 to 6.
- On Sundays from 10 to 12.

Ships are organised by length; the wages of pilots and the salary of the crew differ.
"""
FAQ = '{"id": "1", "title": "Größe", "text": "Ships of up to 90 metres may enter."}\n'


def test_replies_and_arrays_are_the_same_under_any_hash_seed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(ROOT / "corpus" / "head-of-product.txt", corpus)
    (corpus / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (corpus / "faq.jsonl").write_text(FAQ, encoding="utf-8")
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(corpus), str(tmp_path / seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        )
        for seed in ("0", "1")
    ]
    outputs = [process.communicate(QUESTIONS.encode())[0] for process in processes]

    assert [process.returncode for process in processes] == [0, 0]
    assert outputs[0].count(b'"kind": "answer"') >= 3
    assert outputs[0].count(b".npy ") > 20
    assert outputs[1] == outputs[0]
