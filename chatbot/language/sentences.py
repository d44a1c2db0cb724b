"""Text to sentences: nltk's Punkt, trained on the text and told the abbreviations.

splitter = SentenceSplitter.trained_on(text, "english")
[text[start:end] for start, end in splitter.spans(text)]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import regex

from chatbot.language.resources import word_list

_UNSPACED_END = regex.compile(r"[。｡！？।॥؟۔]+[\p{Pe}\p{Pf}\"']*")
"""Ends of sentences that need no space behind, with closing brackets and quotes."""


@dataclass(frozen=True, slots=True)
class SentenceSplitter:
    """Finds the sentences of a text; `punkt` is a trained nltk sentence tokenizer."""

    punkt: Any

    @classmethod
    def trained_on(cls, text: str, language: str) -> SentenceSplitter:
        """A splitter that has learnt from `text` which words begin its sentences.

        Of the abbreviations that Punkt believes to have found, those are kept that look
        like one (a single letter, or with an inner full stop): in short texts it takes
        any word that stands only before full stops for one. The usual abbreviations of
        the language are known from a list.
        """
        from nltk.tokenize.punkt import PunktSentenceTokenizer, PunktTrainer

        trainer = PunktTrainer(text)
        parameters = trainer.get_params()
        learnt = {
            word for word in parameters.abbrev_types if len(word) == 1 or "." in word
        }
        parameters.abbrev_types = learnt | set(word_list(language, "abbreviations"))
        return cls(PunktSentenceTokenizer(parameters))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each sentence of `text`, in order, without white space."""
        return [
            trimmed
            for start, end in self.punkt.span_tokenize(text)
            for part in _split_unspaced(text, start, end)
            if (trimmed := _trim(text, *part))
        ]


def _split_unspaced(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _UNSPACED_END.finditer(text, start, end):
        yield start, match.end()
        start = match.end()
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its ends, or None when nothing is left."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    return (start, end) if start < end else None
