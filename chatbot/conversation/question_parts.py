"""A question to its parts: words that carry its topic, and the nouns among them.

For example:

    words = question_words("What does a product manager earn?", stop_words)
    [[word.form for word in noun] for noun in noun_phrases(words, hears)]
    # [["product", "manager"]]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import regex

from chatbot.language.words import plain_form
from chatbot.wording.table import Hears

_WORD = regex.compile(
    r"\p{L}(?:\.\p{L})+\.?|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{M}\p{N}]+)*"
)
_BREAK = regex.compile(r"[,;:!?()\[\]“”\"«»]|\.(?!\p{N})")
"""What ends a phrase between two words."""


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word of a question in plain form, and where it stands.

    `phrase` counts the breaks before it: commas and the like.
    """

    form: str
    start: int
    end: int
    is_content: bool
    phrase: int


def question_words(question: str, stop_words: Collection[str]) -> list[QuestionWord]:
    """The words of a question, in order; those with content are no stop words."""
    words: list[QuestionWord] = []
    phrase = end = 0
    for match in _WORD.finditer(question):
        phrase += _BREAK.search(question, end, match.start()) is not None
        form, end = plain_form(match.group()), match.end()
        is_content = form not in stop_words
        words.append(QuestionWord(form, match.start(), end, is_content, phrase))
    return words


def noun_phrases(
    words: Sequence[QuestionWord], hears: Hears
) -> Iterator[list[QuestionWord]]:
    """The runs of content words, without the verb that an auxiliary announces.

    In "What does a product manager earn?" that is the last word of the run, in "What do
    they earn?" all of it, in "What does the rent of a flat cost?" that of the next run.
    """
    announced = has_subject = False
    grouped = groupby(words, lambda word: (word.phrase, word.is_content))
    runs = [list(run) for _, run in grouped]
    for run, following in pairwise([*runs, []]):
        if not run[0].is_content:
            forms = {word.form for word in run}
            announced = announced or not forms.isdisjoint(hears.auxiliaries)
            has_subject = not forms.isdisjoint(hears.points_back)
        elif not announced:
            yield run
        elif len(run) > 1:
            announced = False
            yield run[:-1]
        else:
            announced = any(word.form in hears.prepositions for word in following)
            if not has_subject or announced:
                yield run
