"""Measures a bot: questions with known answers, and whole collections of them."""

from chatbot.evaluation.question_file import (
    Dialogue,
    Evaluation,
    Judgement,
    Turn,
    evaluate,
    judge,
    read_questions,
)

__all__ = [
    "Dialogue",
    "Evaluation",
    "Judgement",
    "Turn",
    "evaluate",
    "judge",
    "read_questions",
]
