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
    r"\p{N}+(?:[.,]\p{N}+)+|\p{L}(?:\.\p{L})+\.?"
    r"|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{M}\p{N}]+)*"
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

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.form[:1].isdecimal()


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
    they earn?" all of it, in "What does the rent of a flat cost?" that of the next run,
    and in "Do you sell beer?", where a pronoun is the subject, the first. A verb that
    is all that is asked about ("Can I swim?") counts as a noun.
    """
    announced = has_subject = verb_follows = False
    grouped = groupby(words, lambda word: (word.phrase, word.is_content))
    runs = [list(run) for _, run in grouped]
    for run, following in pairwise([*runs, []]):
        if not run[0].is_content:
            forms = [word.form for word in run]
            announced = announced or any(form in hears.auxiliaries for form in forms)
            announced = announced and not _holds_verb(forms, hears)
            verb_follows = announced and forms[-1] in hears.subjects
            has_subject = any(form in hears.points_back for form in forms)
        elif not announced:
            yield run
        elif verb_follows:
            announced = verb_follows = False
            if len(run) > 1:
                yield run[1:]
            elif not following and not has_subject:
                yield run
        elif len(run) > 1:
            announced = False
            yield run[:-1]
        else:
            announced = any(word.form in hears.prepositions for word in following)
            if not has_subject or announced:
                yield run


def _holds_verb(forms: Sequence[str], hears: Hears) -> bool:
    """Whether an auxiliary, its subject and the verb stand there ("do you have")."""
    return any(
        auxiliary in hears.auxiliaries and subject in hears.subjects
        for auxiliary, subject in pairwise(forms[:-1])
    )
