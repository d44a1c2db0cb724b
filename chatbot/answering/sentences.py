"""How well the sentences of the best passages answer, scored for all at once.

A sentence answers well when it holds much of the question, or does so together with a
neighbour, holds the kind of thing that is asked for, is spelt like the question, and
stands in a good passage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.evidence import divided_credit
from chatbot.answering.ranking import Ranking
from chatbot.answering.tables import Table, may_hold_table, tables_in
from chatbot.index.corpus_index import CorpusIndex
from chatbot.index.ranges import spread
from chatbot.language.kinds import Kind
from chatbot.language.words import find_words

PASSAGE_WEIGHT = 0.1
NEIGHBOUR_WEIGHT = 0.5
KIND_WEIGHT = 0.3
LIKENESS_WEIGHT = 0.1
HEADING_CREDIT = 0.35
CARRIED_SHARE = 0.2
"""What the words of earlier questions count for beside those of this one."""


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """The R sentences of the best passages, and how well each answers.

    `first_rows`: intp (passages + 1,), where each passage's sentences begin. `scores`:
    float64 (R,). `own`: float64 (R,), the share of the question in each sentence;
    `before` and `after` (R,) the same together with the sentence before or after it in
    its passage. `asks_for_kind` says whether the question asks for a kind of answer
    that sentences hold, and `holds_kind`, bool (R,), which of them do.
    """

    first_rows: NDArray[np.intp]
    scores: NDArray[np.float64]
    own: NDArray[np.float64]
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    asks_for_kind: bool
    holds_kind: NDArray[np.bool_]


def score_sentences(
    ranking: Ranking, places: NDArray[np.intp], index: CorpusIndex
) -> SentenceScores:
    """Score the sentences of the candidates at these places, passage by passage.

    What the headings above a sentence hold it is taken to hold in part, so that the
    rest of the question has more say in which sentence it is. So is what the header of
    a table holds, for each row; rows have no neighbours.
    """
    evidence, question = ranking.evidence, ranking.question
    first = evidence.first_sentences
    rows, first_rows = spread(first.take(places), first.take(places + 1))
    passage_of = np.arange(len(places)).repeat(first_rows[1:] - first_rows[:-1])
    above = HEADING_CREDIT * evidence.heading_credit[places]
    credit = np.maximum(evidence.sentence_credit[rows], above[passage_of])
    held = index.store.sentence_kinds.take(evidence.sentences[rows])
    is_row = np.zeros(len(rows), dtype=np.bool_)
    for number, table in _tables(evidence.passages[places].tolist(), index):
        row = slice(*(first_rows[number] + (table.rows.start, table.rows.stop)))
        words = len(list(find_words(table.header)))
        header, own_words = divided_credit(question, evidence, rows[row.start], words)
        credit[row.start] = np.maximum(own_words, above[number])
        credit[row] = np.maximum(credit[row], HEADING_CREDIT * header)
        held[row] |= held[row.start]
        is_row[row] = True
    shares = question.importance
    if question.own is not question:
        shares = shares.copy()
        shares[question.asked :] *= CARRIED_SHARE
    own = credit @ shares
    before, after = own.copy(), own.copy()
    is_together = (passage_of[1:] == passage_of[:-1]) & ~(is_row[1:] | is_row[:-1])
    together = is_together.nonzero()[0]
    joint = np.maximum(credit[together], credit[together + 1]) @ shares
    after[together] = joint
    before[together + 1] = joint
    wanted = question.wanted
    holds_kind = (held & wanted.value) > 0
    scores = (
        own
        + NEIGHBOUR_WEIGHT * (np.maximum(before, after) - own)
        + KIND_WEIGHT * holds_kind
        + LIKENESS_WEIGHT * ranking.likeness.sentences.take(rows)
        + PASSAGE_WEIGHT * ranking.scores.take(places).take(passage_of)
    )
    asks = wanted not in (Kind.NONE, Kind.YES_NO)
    return SentenceScores(first_rows, scores, own, before, after, asks, holds_kind)


def _tables(numbers: list[int], index: CorpusIndex) -> Iterator[tuple[int, Table]]:
    """The tables of some passages, each with the place of its passage."""
    for place, number in enumerate(numbers):
        if may_hold_table(index.store.text_of(number, number)):
            yield from ((place, t) for t in tables_in(index.store.passage(number)))
