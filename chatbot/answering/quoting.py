"""Quotes: the words of a passage that answer, with exact offsets in the document.

A quote is one sentence, two when the second completes the first, or the whole passage
when it was the heading above it that matched the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from chatbot.answering.answer_type import AnswerKind, holds_kind, wanted_kinds
from chatbot.answering.features import importance
from chatbot.answering.ranking import Ranking
from chatbot.documents.document import Passage
from chatbot.documents.readers.text_lines import COLONS, QUESTION_MARKS
from chatbot.index.corpus_index import CorpusIndex

QUOTED_PASSAGES = 10
"""Passages, best first, in which the answering sentence is looked for."""

PASSAGE_WEIGHT = 0.5
KIND_WEIGHT = 0.1
NEIGHBOUR_WEIGHT = 0.25
HEADING_CREDIT = 0.35
COMPLETING_SHARE = 0.25
"""A neighbouring sentence that adds this share of the question is quoted as well."""

_LEANS_ON_PREVIOUS = regex.compile(
    r"(?:this|these|that|those|it|they|he|she|such|his|her|its|their)\b",
    regex.IGNORECASE,
)
_INTRODUCES_NEXT = (*COLONS, *QUESTION_MARKS)


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
    kinds = wanted_kinds(ranking.question.text)
    shares = importance(ranking.question)
    chosen = [
        _choose(ranking, place, index, kinds, shares)
        for place in ranking.order[:QUOTED_PASSAGES].tolist()
    ]
    chosen.sort(key=lambda scored: -scored.score)
    return chosen


def quote_of(passage: Passage, start: int, end: int) -> Quote:
    """The quote of a passage that spans start:end of the document."""
    text = passage.text[start - passage.start : end - passage.start]
    return Quote(text, passage, passage.line_at(start), start, end)


def _choose(
    ranking: Ranking,
    place: int,
    index: CorpusIndex,
    kinds: Sequence[AnswerKind],
    shares: NDArray[np.float64],
) -> ScoredQuote:
    """The quote of one candidate; `shares` (K,) are those of the concepts.

    What the headings above it hold, every sentence is taken to hold in part, so that
    the rest of the question has more say in which sentence it is.
    """
    evidence = ranking.evidence
    passage = index.store.passage(int(evidence.passages[place]))
    rows = slice(*evidence.first_sentences[place : place + 2].tolist())
    above = HEADING_CREDIT * evidence.heading_credit[place]
    credit = np.maximum(evidence.sentence_credit[rows], above)
    own = credit @ shares
    joint = _joint_shares(credit, shares)
    texts = [
        passage.text[a - passage.start : b - passage.start]
        for a, b in passage.sentences
    ]
    kind = np.array([holds_kind(text, kinds) for text in texts], dtype=np.float64)
    scores = own + NEIGHBOUR_WEIGHT * (joint.max(axis=0) - own) + KIND_WEIGHT * kind
    sentence = int(scores.argmax())
    first, last = _completed(sentence, own, joint, texts)
    quote = quote_of(passage, passage.sentences[first][0], passage.sentences[last][1])
    score = PASSAGE_WEIGHT * float(ranking.scores[place]) + float(scores[sentence])
    return ScoredQuote(quote, score, place)


def _joint_shares(
    credit: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The share of the question in each sentence with the one before and after it.

    `credit` is (S, K); the result is (2, S), the first row with the sentence before.
    """
    pairs = np.maximum(credit[:-1], credit[1:]) @ shares
    own = credit @ shares
    return np.vstack([np.append(own[:1], pairs), np.append(pairs, own[-1:])])


def _completed(
    sentence: int,
    own: NDArray[np.float64],
    joint: NDArray[np.float64],
    texts: Sequence[str],
) -> tuple[int, int]:
    """The first and last sentence to quote: the best one and what it leans on.

    The sentence before comes along when this one begins by pointing at it, the one
    after when this one introduces or asks for it; either when it holds the question's
    other half.
    """
    gains = joint[:, sentence] - own[sentence]
    if sentence > 0 and _LEANS_ON_PREVIOUS.match(texts[sentence]):
        return sentence - 1, sentence
    if sentence + 1 < len(texts) and texts[sentence].endswith(_INTRODUCES_NEXT):
        return sentence, sentence + 1
    if gains.max() < COMPLETING_SHARE:
        return sentence, sentence
    return (
        (sentence, sentence + 1) if gains[1] >= gains[0] else (sentence - 1, sentence)
    )
