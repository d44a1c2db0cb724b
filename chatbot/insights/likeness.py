"""Questions that ask for the same thing, put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from chatbot.language.languages import DEFAULT_LANGUAGE, STEMMED_LANGUAGES
from chatbot.language.terms import Analyzer

LEAST_LIKENESS = 80.0
"""Of the 100 that two questions with the same terms have."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it was worded, how often, and when last (UTC seconds)."""

    text: str
    count: int
    last_asked: int


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that are alike, the most frequent wording first."""

    questions: tuple[AskedQuestion, ...]

    @property
    def text(self) -> str:
        """The wording that stands for all of them."""
        return self.questions[0].text

    @property
    def count(self) -> int:
        return sum(question.count for question in self.questions)

    @property
    def last_asked(self) -> int:
        return max(question.last_asked for question in self.questions)


def group_questions(questions: Iterable[AskedQuestion]) -> list[QuestionGroup]:
    """The groups of questions that are alike, the most frequent first.

    Each question, the most frequent first, joins the group whose first question is
    nearest to it: by the edit distance of their terms in alphabetical order, the words
    of grammar aside. The same questions give the same groups, in whatever order.
    """
    ordered = sorted(questions, key=lambda q: (-q.count, q.text))
    groups: list[list[AskedQuestion]] = []
    first_keys: list[str] = []
    for question, key in zip(ordered, _keys([q.text for q in ordered]), strict=True):
        nearest = process.extractOne(
            key, first_keys, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS
        )
        if nearest:
            groups[nearest[2]].append(question)
        else:
            groups.append([question])
            first_keys.append(key)
    made = [QuestionGroup(tuple(group)) for group in groups]
    return sorted(made, key=lambda group: (-group.count, group.text))


def _keys(texts: Sequence[str]) -> Iterator[str]:
    """The terms of each text, in alphabetical order; its words if it has no others.

    A text is in the language of which it has most words of grammar, those of a language
    counting by how many of them all of the texts have.
    """
    analyzers = _analyzers()
    words = [analyzers[0].words(text.replace("-", " ")) for text in texts]
    counts = [
        [sum(word in one.stop_words for word in row) for one in analyzers]
        for row in words
    ]
    totals = [sum(column) for column in zip(*counts, strict=True)]
    for text, row, of_text in zip(texts, words, counts, strict=True):
        scores = [n * total for n, total in zip(of_text, totals, strict=True)]
        analyzer = analyzers[scores.index(max(scores))]
        telling = [word for word in row if word not in analyzer.stop_words]
        yield " ".join(sorted(set(analyzer.terms(telling or row)))) or text


@cache
def _analyzers() -> tuple[Analyzer, ...]:
    """Of the languages whose words of grammar are known; the default one first."""
    others = (name for name in STEMMED_LANGUAGES if name != DEFAULT_LANGUAGE)
    analyzers = map(Analyzer, (DEFAULT_LANGUAGE, *others))
    return tuple(analyzer for analyzer in analyzers if analyzer.stop_words)
