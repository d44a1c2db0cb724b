"""Text to sentences: nltk's Punkt, told what it would otherwise have to learn.

For example:

    splitter = sentence_splitter("english")
    [text[start:end] for start, end in splitter.spans(text)]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any

import regex

from chatbot.language.resources import word_list
from chatbot.language.words import plain_form

_INNER_END = re.compile(r"[.?!][^\w,]")
"""Only where this is found can a text have more than one sentence for Punkt."""

_PLAIN_END = re.compile(r"(?:(?<=[ \t\n])|^)([^\W\d_]{2,})[.?!]([ \t\n]+)(?=[^\W\d_])")
"""A word of letters alone, a mark, and white space before another word.

Unless the word is an abbreviation, a sentence ends there.
"""

_UNSPACED_END = regex.compile(r"[。｡！？।॥؟۔።។៕။]+[\p{Pe}\p{Pf}\"']*")
"""Ends of sentences that need no space behind, with closing brackets and quotes."""

_PHRASE_END = regex.compile(r"(?<=[\p{Thai}\p{Lao}])\s+(?=[\p{Thai}\p{Lao}])")
_SENTENCE_CHARACTERS = 150
"""A Thai sentence is about as long; the space after fewer ends but a phrase."""

STRETCH_CHARACTERS = 20_000
"""Punkt is given no more at a time; a text that is no longer is one stretch."""

_CLOSING = regex.compile(r"(?:[\p{Pe}\p{Pf}\p{Pi}\"'*_~`]|\[\^?\w{1,3}\])+(?!\S)")
"""Quotes, brackets, mark-up and notes that close behind a mark, before white space."""

_DATE = regex.compile(r"\p{Nd}{1,2}\.\s\p{Nd}{1,2}\.\s\p{Nd}{4}")
_DATE_CHARACTERS = len("31. 12. 2024")
_WORD_CHARACTERS = 20
_LAST_WORD = regex.compile(r"(?<!\p{L})\p{L}{1,20}(?=\.$)")
_DIGIT = regex.compile(r"\p{Nd}")
_WORD_CHARACTER = regex.compile(r"[\p{L}\p{N}]")
_LOWER_CASE = regex.compile(r"[\p{P}\p{S}\s]*\p{Ll}")


class SentenceSplitter:
    """Finds the sentences of texts in one language; it depends on nothing else.

    Punkt can learn from a text which words are abbreviations and which begin sentences;
    in texts as short as most documents it learns too much that is not so. It is told
    both instead: the language's usual abbreviations, and its function words as those
    that begin a sentence even behind an abbreviation.
    """

    def __init__(self, language: str) -> None:
        """`language` is an English name."""
        self._language = language

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each sentence of `text`, in order, without white space.

        What begins in lower case goes on with the sentence before it, unless a full
        stop ends that and most sentences of the text begin so. What has no letter or
        digit is no sentence by itself.
        """
        parts = [
            _trim(text, *part)
            for whole in _closed(text, self._wholes(text))
            for part in ([whole] if text.isascii() else _split_unspaced(text, *whole))
        ]
        parts = [(start, end) for start, end in parts if start < end]
        small = [_LOWER_CASE.match(text, *part) is not None for part in parts]
        is_in_lower_case = 2 * sum(small) > len(small)
        found = parts[:1]
        for (start, end), is_small in zip(parts[1:], small[1:], strict=True):
            previous, last = found[-1]
            full_stop = text[last - 1] == "."
            if (
                (is_small and not (full_stop and is_in_lower_case))
                or not _WORD_CHARACTER.search(text, start, end)
                or (full_stop and self._numbers(text, previous, last, start))
            ):
                found[-1] = previous, end
            else:
                found.append((start, end))
        return found

    def _numbers(self, text: str, previous: int, last: int, start: int) -> bool:
        """Whether a number at `start` is of the sentence previous:last before it.

        It is after words such as "Art." and within a date such as "31. 12. 2024".
        """
        if not _DIGIT.match(text, start):
            return False
        word = _LAST_WORD.search(text[max(previous, last - _WORD_CHARACTERS) : last])
        if word is not None:
            return word[0].lower() in self._before_numbers
        begin = max(previous, start - _DATE_CHARACTERS)
        dates = _DATE.finditer(text, begin, start + _DATE_CHARACTERS)
        return any(date.start() < start < date.end() for date in dates)

    def _wholes(self, text: str) -> Iterable[tuple[int, int]]:
        """What Punkt takes for sentences; it is asked only when that is not plain."""
        ends = len(_INNER_END.findall(text))
        if not ends:
            return [(0, len(text))]
        plain = list(_PLAIN_END.finditer(text))
        if len(plain) < ends or any(m[1].lower() in self.abbreviations for m in plain):
            return self._asked(text)
        starts = [0, *(match.end() for match in plain)]
        return zip(starts, [*(m.start(2) for m in plain), len(text)], strict=True)

    def _asked(self, text: str) -> Iterator[tuple[int, int]]:
        """What Punkt takes for sentences, of some thousand characters at a time.

        It gives up on what takes it longer than some seconds. A sentence at the end of
        a stretch is looked at again in the next one.
        """
        start = 0
        while len(text) - start > STRETCH_CHARACTERS:
            stretch = text[start : start + STRETCH_CHARACTERS]
            *complete, (last, _) = self._punkt.span_tokenize(stretch)
            if not complete:
                last = stretch.rfind(" ") + 1 or len(stretch)
                complete = [(0, last)]
            yield from ((start + first, start + end) for first, end in complete)
            start += last
        for first, end in self._punkt.span_tokenize(text[start:]):
            yield start + first, start + end

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Words in lower case whose full stop does not end a sentence by itself."""
        return frozenset(self._listed("abbreviations"))

    @cached_property
    def _before_numbers(self) -> frozenset[str]:
        return frozenset(self._listed("before_numbers"))

    @cached_property
    def _punkt(self) -> Any:
        from chatbot.language.punkt import Punkt

        functional = {plain_form(word) for word in self._listed("stop_words")}
        return Punkt(
            abbreviations=self.abbreviations,
            beginnings=functional,
            after_ordinals=self._listed("after_ordinals"),
        )

    def _listed(self, name: str) -> set[str]:
        return set(word_list(self._language, name))


@cache
def sentence_splitter(language: str) -> SentenceSplitter:
    """The splitter of a language, by its English name."""
    return SentenceSplitter(language)


def _closed(text: str, wholes: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, joined where no white space is between; each with what closes it."""
    spans = iter(wholes)
    start, end = next(spans, (0, 0))
    for first, last in spans:
        if first == end and not text[end - 1].isspace():
            closing = _CLOSING.match(text, first, last)
            first = closing.end() if closing else last
            end = first
        if first < last:
            yield start, end
            start, end = first, last
    yield start, end


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
