"""What the bot says back: an answer, "not found", a question back, or small talk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from chatbot.answering.interpretation import Interpretation
from chatbot.answering.quoting import Quote

ReplyKind = Literal["answer", "clarify", "not_found", "small_talk"]


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the bot.

    `text` is what to show a person; of an answer it is the first quote's words.
    `confidence` is 0 to 1. `quotes` stand best first. `suggestions` are questions or
    headings worth trying next; of a question back (“clarify”) they are the headings to
    choose from, and the next message may be one of them or its number from 1.
    `conversation` is the id to pass with the next message; `notice` says what became of
    the one that was passed, when it does not go on. `interpretation` says how the
    message was read.
    """

    kind: ReplyKind
    text: str
    conversation: str
    confidence: float = 0.0
    quotes: tuple[Quote, ...] = ()
    suggestions: tuple[str, ...] = ()
    interpretation: Interpretation = field(default_factory=Interpretation)
    notice: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The reply as plain lists, dictionaries, strings and numbers."""
        return {
            "kind": self.kind,
            "text": self.text,
            "confidence": round(self.confidence, 4),
            "quotes": [quote.to_dict() for quote in self.quotes],
            "suggestions": list(self.suggestions),
            "interpretation": self.interpretation.to_dict(),
            "conversation": self.conversation,
            "notice": self.notice,
        }
