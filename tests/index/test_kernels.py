"""The inner loops of an index: compiled where that pays, with the same answers."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from chatbot import Chatbot
from chatbot.index.kernels import FEWEST_PASSAGES, FEWEST_QUESTIONS, LOADING_THREAD

TOPICS = ("anchors", "bridges", "castles", "deserts", "engines", "forests", "glaciers")
VERBS = ("need", "carry", "outlive", "resemble", "protect")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A passage more than compiled loops are loaded for."""
    folder = tmp_path_factory.mktemp("corpus")
    lines = (
        f"Old {TOPICS[n % 7]} {VERBS[n % 5]} {TOPICS[n // 7 % 7]}. "
        f"Most of them were built in {1500 + n} by {n % 13} people of the coast."
        for n in range(FEWEST_PASSAGES + 1)
    )
    (folder / "text.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


QUESTIONS = (
    "Which bridges outlive castles?",
    "Who built the old engines in 1510?",
    "Do glaciers protect forests by the coast?",
    "How many peple built anchors?",
    "of the by in",
    "zebras",
)


def test_compiled_loops_change_no_reply(corpus: Path) -> None:
    fast = Chatbot.open(corpus)
    fast.warm_up()
    for question in QUESTIONS:
        first_asked = Chatbot.open(corpus).reply(question, "test:same")
        named = f"test:{question}"
        assert fast.reply(question, named).to_dict() == {
            **first_asked.to_dict(),
            "conversation": named,
        }


def run(code: str, corpus: Path) -> str:
    """What a fresh interpreter prints that runs the code with the corpus."""
    program = textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-c", program, str(corpus)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_few_questions_load_nothing_that_compiles(corpus: Path) -> None:
    Chatbot.open(corpus)
    code = f"""
        import sys
        from chatbot import Chatbot
        bot = Chatbot.open(sys.argv[1])
        for number in range({FEWEST_QUESTIONS - 1}):
            bot.reply("Which bridges outlive castles?" + number * "?")
        print("numba" in sys.modules)
    """
    assert run(code, corpus) == "False"


def test_more_questions_load_it_in_the_background(corpus: Path) -> None:
    Chatbot.open(corpus)
    code = f"""
        import sys, threading
        from chatbot import Chatbot
        bot = Chatbot.open(sys.argv[1])
        for number in range({FEWEST_QUESTIONS}):
            bot.reply("Which bridges outlive castles?" + number * "?")
        for thread in threading.enumerate():
            if thread.name == "{LOADING_THREAD}":
                thread.join()
        print("numba" in sys.modules, bot.reply("Which bridges?").kind)
    """
    assert run(code, corpus) == "True answer"


def test_once_loaded_no_question_waits_for_the_compiler(corpus: Path) -> None:
    Chatbot.open(corpus)
    code = f"""
        import sys
        from numba.core.dispatcher import Dispatcher
        from chatbot import Chatbot
        bot = Chatbot.open(sys.argv[1])
        bot.warm_up()
        from chatbot.index import compiled_forward, pruned_search
        loops = (*vars(compiled_forward).values(), *vars(pruned_search).values())
        loops = [loop for loop in loops if isinstance(loop, Dispatcher)]
        compiled = [len(loop.signatures) for loop in loops]
        for question in {QUESTIONS}:
            bot.reply(question)
        print(sum(compiled) > 0, compiled == [len(loop.signatures) for loop in loops])
    """
    assert run(code, corpus) == "True True"


def test_a_small_corpus_never_loads_it(tmp_path: Path) -> None:
    (tmp_path / "small.txt").write_text("Bridges outlive castles.\n", encoding="utf-8")
    Chatbot.open(tmp_path)
    code = """
        import sys
        from chatbot import Chatbot
        bot = Chatbot.open(sys.argv[1])
        bot.warm_up()
        for number in range(20):
            bot.reply("Which bridges outlive castles?" + number * "?")
        print("numba" in sys.modules)
    """
    assert run(code, tmp_path) == "False"


def test_without_the_compiler_questions_are_answered_all_the_same(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "chatbot.index.pruned_search", None)
    bot = Chatbot.open(corpus)
    bot.warm_up()
    assert bot.reply("Which bridges outlive castles?").kind == "answer"
    assert "requirements.txt" in caplog.text
