"""Files of questions with the words that their answers hold: read, asked, judged.

    evaluation = evaluate(bot, read_questions(Path("questions.jsonl")))
    len(evaluation.right) / len(evaluation.judgements)

A file of questions is JSON Lines. A line is a question by itself or a conversation:

    {"question": "What does it cost?", "expect": ["$20", "20 dollars"]}
    {"conversation": [{"question": "Hello"}, {"question": "Who …?", "expect": []}]}

`expect` lists words of which some must be found; an empty list says that the bot must
not find an answer. A turn of a conversation without `expect` is asked but not judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from chatbot.bot import Chatbot
from chatbot.errors import EvaluationError
from chatbot.evaluation.gold import holds_any
from chatbot.evaluation.lines import json_value, read_records
from chatbot.reply import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with the words that its answer holds; None: it is not judged."""

    question: str
    expected: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns that share one conversation; a question by itself is one turn."""

    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came for a question.

    `right`: the first quote's passage holds expected words, or nothing was expected and
    nothing found. `worded`: the same of the words shown, `reply.text`.
    """

    question: str
    expected: tuple[str, ...]
    reply: Reply
    right: bool
    worded: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The judgements of all questions, in the order of the file."""

    judgements: tuple[Judgement, ...]

    @property
    def right(self) -> list[Judgement]:
        return [judgement for judgement in self.judgements if judgement.right]

    @property
    def wrong(self) -> list[Judgement]:
        return [judgement for judgement in self.judgements if not judgement.right]

    @property
    def answerable(self) -> list[Judgement]:
        """The questions that expect words."""
        return [judgement for judgement in self.judgements if judgement.expected]

    @property
    def worded(self) -> list[Judgement]:
        """Those whose reply shows expected words, or is rightly “not found”."""
        return [judgement for judgement in self.judgements if judgement.worded]

    @property
    def worded_answers(self) -> list[Judgement]:
        """Those that expect words and whose reply shows them."""
        return [judgement for judgement in self.answerable if judgement.worded]


def read_questions(path: str | PathLike[str]) -> tuple[Dialogue, ...]:
    """Read a file of questions with known answers.

    Raises `EvaluationError` naming the file and the line that cannot be used.
    """
    file = Path(path)
    dialogues = read_records(file, _dialogue)
    if not any(turn.expected is not None for each in dialogues for turn in each.turns):
        raise EvaluationError(f"{file} holds no question with “expect”; add one.")
    return tuple(dialogues)


def evaluate(bot: Chatbot, questions: Iterable[Dialogue]) -> Evaluation:
    """Ask a bot all questions, each dialogue as a conversation of its own."""
    judgements = []
    for dialogue in questions:
        conversation = None
        for turn in dialogue.turns:
            reply = bot.reply(turn.question, conversation=conversation)
            conversation = reply.conversation
            if turn.expected is not None:
                judgements.append(judge(turn.question, turn.expected, reply))
    return Evaluation(tuple(judgements))


def judge(question: str, expected: tuple[str, ...], reply: Reply) -> Judgement:
    """Compare a reply with the words expected; case and kind of quotes don't matter."""
    right = worded = False
    if not expected:
        right = worded = reply.kind == "not_found"
    elif reply.kind == "answer":
        right = bool(reply.quotes) and holds_any(reply.quotes[0].passage.text, expected)
        worded = holds_any(reply.text, expected)
    return Judgement(question, expected, reply, right, worded)


def _dialogue(line: str) -> Dialogue:
    """Read one line; raises `ValueError` saying what is wrong with it."""
    record = json_value(line)
    if isinstance(record, dict) and "conversation" in record:
        turns = record["conversation"]
        if not isinstance(turns, list) or not turns:
            raise ValueError("“conversation” must be a list of questions")
        return Dialogue(tuple(_turn(turn) for turn in turns))
    turn = _turn(record)
    if turn.expected is None:
        raise ValueError("“expect” is missing; use [] where nothing is to be found")
    return Dialogue((turn,))


def _turn(record: Any) -> Turn:
    if not isinstance(record, dict):
        raise ValueError("a question must be a JSON object")
    question, expected = record.get("question"), record.get("expect")
    if not isinstance(question, str) or not question.strip():
        raise ValueError("“question” must be a text that is not empty")
    if "expect" not in record:
        return Turn(question, None)
    if not isinstance(expected, list) or not all(
        isinstance(words, str) and words.strip() for words in expected
    ):
        raise ValueError("“expect” must be a list of texts that are not empty")
    return Turn(question, tuple(expected))
