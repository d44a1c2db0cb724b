"""Quotes: the words of a passage that answer, with exact offsets in the document.

A quote is one sentence, two when the second completes the first, a list with the
sentence that introduces it, a table that answers in no row more than in another, or the
whole passage when it was the heading above it that matched the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.lists import last_introduced
from chatbot.answering.ranking import Ranking
from chatbot.answering.sentences import SentenceScores, score_sentences
from chatbot.answering.tables import span_of_rows, tables_in
from chatbot.documents.document import Passage, Span
from chatbot.documents.outline import WHITE_SPACE
from chatbot.documents.punctuation import COLONS, QUESTION_MARKS
from chatbot.index.corpus_index import CorpusIndex
from chatbot.language.kinds import kinds_of

QUOTED_PASSAGES = 10
"""Passages, best first, in which the answering sentence is looked for."""

MOST_QUOTES = 5
COMPLETING_SHARE = 0.25
"""A neighbouring sentence that adds this share of the question is quoted as well."""

CLOSE_SCORE = 0.1
"""So is one whose own score is as near as this to the best sentence's."""

_QUOTE_MARKS = f"{WHITE_SPACE}>"


@dataclass(frozen=True, slots=True)
class Quote:
    """A slice of a document: `document.text[start:end] == text`, always.

    `line` is the line on which the quote starts; `passage` is the passage that it was
    taken from.
    """

    text: str
    passage: Passage
    line: int
    start: int
    end: int

    @property
    def source(self) -> str:
        """The document's path inside the corpus."""
        return self.passage.source

    @property
    def title(self) -> str:
        """The document's title."""
        return self.passage.title

    @property
    def heading(self) -> str:
        """The innermost heading that the quote stands under, or an empty string."""
        return self.passage.heading

    def to_dict(self) -> dict[str, Any]:
        """The quote as plain dictionaries, strings and numbers, ready for JSON."""
        return {
            "text": self.text,
            "source": self.source,
            "title": self.title,
            "heading": self.heading,
            "line": self.line,
            "start": self.start,
            "end": self.end,
            "url": self.passage.url,
            "passage": {
                "id": self.passage.id,
                "text": self.passage.text,
                "line": self.passage.line,
                "start": self.passage.start,
                "end": self.passage.end,
            },
        }


@dataclass(frozen=True, slots=True)
class ScoredQuote:
    """A quote with its score, which orders quotes, and its place in the evidence."""

    quote: Quote
    score: float
    place: int


def choose_quotes(ranking: Ranking, index: CorpusIndex) -> list[ScoredQuote]:
    """The quotes that answer best, at most one a passage, best first."""
    places = ranking.order[:QUOTED_PASSAGES]
    if not len(places):
        return []
    sentences = score_sentences(ranking, places, index)
    scores = sentences.scores.tolist()
    bounds = list(pairwise(sentences.first_rows.tolist()))
    best = [max(range(*rows), key=scores.__getitem__) for rows in bounds]
    order = sorted(range(len(best)), key=lambda number: -scores[best[number]])
    chosen = []
    for number in order[:MOST_QUOTES]:
        place = int(places[number])
        passage = index.store.passage(int(ranking.evidence.passages[place]))
        span = _quoted(sentences, bounds[number], best[number], passage, ranking)
        quote = quote_of(passage, *span)
        chosen.append(ScoredQuote(quote, scores[best[number]], place))
    return chosen


def quote_of(passage: Passage, start: int, end: int) -> Quote:
    """The quote of a passage that spans start:end of the document."""
    text = passage.text[start - passage.start : end - passage.start]
    return Quote(text, passage, passage.line_at(start), start, end)


def _quoted(
    sentences: SentenceScores,
    rows: tuple[int, int],
    row: int,
    passage: Passage,
    ranking: Ranking,
) -> Span:
    """The span to quote of a passage.

    `rows` are those of the passage's sentences and `row` the best one's.
    """
    number = row - rows[0]
    start, end = passage.sentences[number]
    introduces = passage.text[: end - passage.start].endswith(COLONS)
    for table in tables_in(passage):
        if number in table.rows or (introduces and number + 1 == table.rows[0]):
            own = slice(rows[0] + table.rows.start, rows[0] + table.rows.stop)
            quoted = _best_rows(table.rows, sentences.scores[own], sentences.own[own])
            first, last = span_of_rows(passage, quoted)
            return (min(start, first) if quoted == table.rows else first), last
    if introduces and row + 1 < rows[1]:
        return start, passage.sentences[last_introduced(passage, number)][1]
    first, last = _completed(sentences, rows, row, passage, ranking)
    return passage.sentences[first][0], passage.sentences[last][1]


def _best_rows(
    rows: range, scores: NDArray[np.float64], own: NDArray[np.float64]
) -> range:
    """The best row of a table, or all when it holds no more of the question."""
    best = int(scores.argmax())
    return rows[best : best + 1] if own[best] > own.min() else rows


def _completed(
    sentences: SentenceScores,
    rows: tuple[int, int],
    row: int,
    passage: Passage,
    ranking: Ranking,
) -> tuple[int, int]:
    """The first and last sentence of a passage to quote: the best one and a neighbour.

    `rows` are those of the passage's sentences and `row` the best one's. The sentence
    before comes along when this one begins by pointing at it, the one after when this
    one asks for it. Otherwise a neighbour does that holds the wanted kind
    of answer when this one does not, or the question's other half, or that is nearly
    as good by itself. No item of a list and no row of a table completes another.
    """
    start, end = rows[0], rows[1] - 1
    question = ranking.question
    span = passage.sentences[row - start]
    text = passage.text[span[0] - passage.start : span[1] - passage.start]
    neighbours = [
        near
        for near in (row + 1, row - 1)
        if start <= near <= end and _in_one_item(passage, min(row, near) - start)
    ]
    if row - 1 in neighbours and kinds_of(question.language).points_back(text):
        chosen = row - 1
    elif row < end and text.endswith(QUESTION_MARKS):
        chosen = row + 1
    else:
        chosen = _completing(sentences, row, neighbours)
    return min(row, chosen) - start, max(row, chosen) - start


def _in_one_item(passage: Passage, number: int) -> bool:
    """Whether white space, or the marks of a quote, part a sentence from the next."""
    end, start = passage.sentences[number][1], passage.sentences[number + 1][0]
    between = passage.text[end - passage.start : start - passage.start]
    return not between.strip(_QUOTE_MARKS)


def _completing(sentences: SentenceScores, row: int, neighbours: list[int]) -> int:
    """The neighbour that completes a sentence, or the sentence itself."""
    if not neighbours:
        return row
    scores = sentences.scores
    if sentences.asks_for_kind and not sentences.holds_kind[row]:
        holding = [near for near in neighbours if sentences.holds_kind[near]]
        if holding:
            return max(holding, key=lambda near: scores[near])
    joint = {row - 1: sentences.before[row], row + 1: sentences.after[row]}
    other_half = max(neighbours, key=lambda near: joint[near])
    if joint[other_half] - sentences.own[row] >= COMPLETING_SHARE:
        return other_half
    nearest = max(neighbours, key=lambda near: scores[near])
    return nearest if scores[nearest] >= scores[row] - CLOSE_SCORE else row
