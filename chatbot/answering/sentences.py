"""How well the sentences of the best passages answer, scored for all at once.

A sentence answers well when it holds much of the question, or does so together with a
neighbour, holds the kind of thing that is asked for, is spelt like the question, and
stands in a good passage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.evidence import divided_credit
from chatbot.answering.ranking import Ranking
from chatbot.answering.tables import Rows, rows_in
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
    is_row = _spread_headers(credit, held, places, first_rows, ranking, index)
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


def _spread_headers(
    credit: NDArray[np.float64],
    held: NDArray[np.uint16],
    places: NDArray[np.intp],
    first_rows: NDArray[np.intp],
    ranking: Ranking,
    index: CorpusIndex,
) -> NDArray[np.bool_]:
    """Give every row of a table what its header holds, and tell which rows are such.

    It is taken from the first row, whose sentence the header is in. `credit` (R, K) and
    the kinds `held` (R,) change; returns (R,).
    """
    evidence = ranking.evidence
    is_row = np.zeros(len(credit), dtype=np.bool_)
    above = HEADING_CREDIT * evidence.heading_credit[places]
    for place, number in enumerate(evidence.passages[places].tolist()):
        for found in rows_in(number, index.store):
            first, end = first_rows[place] + (found.rows.start, found.rows.stop)
            header, first_row = _credit_of_header(found, ranking)
            if found.begins == number:
                credit[first] = np.maximum(first_row, above[place])
                held[first:end] |= held[first]
            credit[first:end] = np.maximum(credit[first:end], HEADING_CREDIT * header)
            is_row[first:end] = True
    return is_row


def _credit_of_header(rows: Rows, ranking: Ranking) -> NDArray[np.float64]:
    """How far the header of a table, and its first row, hold each concept, (2, K).

    Nothing when the table begins in no candidate.
    """
    evidence = ranking.evidence
    begins = np.flatnonzero(evidence.passages == rows.begins)
    if not len(begins):
        return np.zeros((2, len(ranking.question.concepts)))
    sentence = int(evidence.first_sentences[begins[0]]) + rows.table.rows.start
    words = len(list(find_words(rows.table.header)))
    return divided_credit(ranking.question, evidence, sentence, words)
