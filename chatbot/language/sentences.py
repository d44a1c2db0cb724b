"""Text to sentences: nltk's Punkt, trained on the text and told the abbreviations.

For example:

    splitter = SentenceSplitter.trained_on(text, "english")
    [text[start:end] for start, end in splitter.spans(text)]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import regex

from chatbot.language.resources import word_list

_UNSPACED_END = regex.compile(r"[。｡！？।॥؟۔።។៕။]+[\p{Pe}\p{Pf}\"']*")
"""Ends of sentences that need no space behind, with closing brackets and quotes."""

_PHRASE_END = regex.compile(r"(?<=[\p{Thai}\p{Lao}])\s+(?=[\p{Thai}\p{Lao}])")
_SENTENCE_CHARACTERS = 150
"""A Thai sentence is about as long; the space after fewer ends but a phrase."""

_WORD_CHARACTER = regex.compile(r"[\p{L}\p{N}]")
_LOWER_CASE = regex.compile(r"[\p{P}\p{S}\s]*\p{Ll}")


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
        the language are known from a list. Nor does a number go with the function word
        that happens to begin the next sentence.
        """
        from nltk.tokenize.punkt import PunktSentenceTokenizer, PunktTrainer

        trainer = PunktTrainer(text)
        parameters = trainer.get_params()
        learnt = {
            word for word in parameters.abbrev_types if len(word) == 1 or "." in word
        }
        function_words = set(word_list(language, "stop_words"))
        parameters.collocations = {
            pair for pair in parameters.collocations if pair[1] not in function_words
        }
        parameters.abbrev_types = learnt | set(word_list(language, "abbreviations"))
        return cls(PunktSentenceTokenizer(parameters))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each sentence of `text`, in order, without white space.

        A question or exclamation within a sentence, which goes on in lower case, does
        not end it, and what has no letter or digit is no sentence by itself.
        """
        found: list[tuple[int, int]] = []
        for whole in self.punkt.span_tokenize(text):
            for part in _split_unspaced(text, *whole):
                start, end = _trim(text, *part)
                if found and _goes_on(text, found[-1][1], start, end):
                    found[-1] = (found[-1][0], end)
                elif start < end:
                    found.append((start, end))
        return found


def _goes_on(text: str, previous_end: int, start: int, end: int) -> bool:
    """Whether the span start:end belongs to the sentence that ends before it."""
    if not _WORD_CHARACTER.search(text, start, end):
        return True
    goes_on = _LOWER_CASE.match(text, start, end) is not None
    return goes_on and text[previous_end - 1] != "."


def _split_unspaced(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _UNSPACED_END.finditer(text, start, end):
        yield from _split_phrases(text, start, match.end())
        start = match.end()
    yield from _split_phrases(text, start, end)


def _split_phrases(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts that end at a space of Thai or Lao, which have no full stop.

    Spaces stand there between phrases too, so that a part has a sentence's length.
    """
    for gap in _PHRASE_END.finditer(text, start, end):
        if gap.start() - start >= _SENTENCE_CHARACTERS <= end - gap.end():
            yield start, gap.start()
            start = gap.end()
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    return start, max(start, end)
